"""
What is missing from a draft: findings on its text, its references and its frame.

Pure functions on what they are given. Whether a link is dead, or a passage was copied,
cannot be seen in the text, and is not looked for.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import itemgetter

from articles.lint.draft import Draft, Provenance, Reference, RegulatoryFact
from articles.lint.facts import FACTS
from articles.lint.findings import Finding, Hit, Place, Weight
from articles.lint.readability import Readability, Scores, readability_of
from articles.lint.reading import Reading
from articles.lint.registry import RULES
from articles.lint.rule import Rule
from articles.vocabulary import Audience

__all__ = [
    "FACTS",
    "RULES",
    "Draft",
    "Finding",
    "Place",
    "Provenance",
    "Readability",
    "Reference",
    "RegulatoryFact",
    "Rule",
    "Scores",
    "Weight",
    "lint",
    "readability_of",
]

MAX_PER_RULE = 100

_WEIGHTS = list(Weight)
_PARTS = ("question", "headline", "key_answer", "", "references", "article")


def lint(draft: Draft) -> list[Finding]:
    """
    Everything found, what weighs most first, then in the order of the text.

    The same draft gives the same findings; each rule says no more than a hundred times
    what it found.
    """
    reading = Reading(draft)
    found = [
        (_order(draft, hit, finding, row), finding)
        for row, rule in enumerate(RULES)
        for hit, finding in _findings(rule, reading)
    ]
    return [finding for _, finding in sorted(found, key=itemgetter(0))]


def _findings(rule: Rule, reading: Reading) -> Iterator[tuple[Hit, Finding]]:
    """The same words twice are told apart by their order alone."""
    seen: Counter[tuple[Place, str]] = Counter()
    for hit in islice(rule.check(reading), MAX_PER_RULE):
        same = (replace(hit.place, prefix="", suffix=""), hit.about)
        yield hit, rule.finding(hit, seen[same])
        seen[same] += 1


def _order(
    draft: Draft, hit: Hit, finding: Finding, row: int
) -> tuple[int, int, int, tuple[int, int], int]:
    part = hit.place.part
    place = _PARTS.index(part) if part in _PARTS else _PARTS.index("")
    main_first = 0 if part == draft.audience else 1
    audience = Audience.values.index(part) if part in Audience.values else 0
    weight = _WEIGHTS.index(finding.weight)
    return weight, place, main_first * (1 + audience), hit.order, row
