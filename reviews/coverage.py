"""
How many of a text's cited sentences reviewers have held against the works they cite.

A claim is a sentence with a citation in it, once for each work it cites.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.lint import patterns
from articles.lint.blocks import parse
from articles.passages import KEY_ANSWER, folded
from articles.vocabulary import PROFESSIONAL, Tier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from articles.lint.blocks import Block, Sentence

LEAST_IN_C = 5
SHARE_IN_B = 0.3
SHOWN = 120
"""Characters of a claim that a refusal prints."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and one work that it cites; `part` is where it stands first."""

    key: str
    text: str
    part: str
    recommends: bool = False

    @property
    def name(self) -> tuple[str, str]:
        return self.key, self.text


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    How many claims there are and are checked, and what the tier still asks for.

    `first` is the claim that is missing first; `discounted` are checked by nobody but
    those whose checks cannot count.
    """

    checked: int
    total: int
    missing: int
    rule: str
    first: Claim | None = None
    discounted: int = 0

    @property
    def is_enough(self) -> bool:
        return self.missing == 0


RULES = {
    Tier.A: "Tier A: every claim.",
    Tier.B: "Tier B: every recommendation, and three in ten of the other claims.",
    Tier.C: f"Tier C: {LEAST_IN_C} claims, or all if there are fewer.",
}


def claims(key_answer: str, bodies: Mapping[str, str], main: str) -> list[Claim]:
    """Every claim of a text once, as it is read."""
    others = [name for name in sorted(bodies) if name != main]
    texts = [(KEY_ANSWER, main, key_answer), (main, main, bodies.get(main, ""))]
    texts += [(name, name, bodies[name]) for name in others]
    found: dict[tuple[str, str], Claim] = {}
    for part, audience, html in texts:
        for claim in _claims(part, html, professional=audience in PROFESSIONAL):
            found.setdefault(claim.name, claim)
    return list(found.values())


def _claims(part: str, html: str, *, professional: bool) -> Iterator[Claim]:
    for block in parse(html):
        known: dict[int, tuple[str, bool]] = {}  # a sentence can cite a hundred times
        sentences = block.sentences
        for citation in block.citations if sentences else ():
            at = _sentence(sentences, citation.at)
            if at not in known:
                known[at] = _read(block, sentences[at], professional=professional)
            yield from (
                Claim(key, known[at][0], part, known[at][1]) for key in citation.keys
            )


def _sentence(sentences: Sequence[Sentence], at: int) -> int:
    """The place of the one that has begun before a citation; the first where none has."""
    return max(bisect_left(sentences, at, key=lambda found: found.start) - 1, 0)


def _read(block: Block, sentence: Sentence, *, professional: bool) -> tuple[str, bool]:
    """A sentence as claims quote it, and whether it recommends something."""
    text = folded(block.raw[sentence.start : sentence.end])
    return text, patterns.is_recommendation(sentence.folded, professional=professional)


def of(
    tier: str, asked: Collection[Claim], checked: Collection[tuple[str, str]]
) -> Coverage:
    """What was checked of the claims, and how many more the tier asks for."""
    done = [claim for claim in asked if claim.name in checked]
    rule = str(RULES.get(Tier(tier), "")) if tier else ""
    missing = _missing(tier, asked, done)
    first = _first(tier, asked, checked) if missing else None
    return Coverage(len(done), len(asked), missing, rule, first)


def least(tier: str, asked: Collection[Claim]) -> int:
    """How many of these claims the tier asks for, while nobody has checked one."""
    return _missing(tier, asked, ())


def _first(
    tier: str, asked: Collection[Claim], checked: Collection[tuple[str, str]]
) -> Claim | None:
    """The first that nobody checked; in tier B a recommendation, if one is left."""
    left = [claim for claim in asked if claim.name not in checked]
    advising = [claim for claim in left if tier == Tier.B and claim.recommends]
    return next(iter(advising or left), None)


def _missing(tier: str, asked: Collection[Claim], done: Collection[Claim]) -> int:
    if tier == Tier.A:
        return len(asked) - len(done)
    if tier == Tier.B:
        return _missing_in_b(asked, done)
    if tier == Tier.C:
        return max(0, min(LEAST_IN_C, len(asked)) - len(done))
    return 0


def _missing_in_b(asked: Collection[Claim], done: Collection[Claim]) -> int:
    advising = sum(claim.recommends for claim in asked)
    advised = sum(claim.recommends for claim in done)
    rest, read = len(asked) - advising, len(done) - advised
    return (advising - advised) + max(0, math.ceil(SHARE_IN_B * rest) - read)


def objection(coverage: Coverage) -> str | None:
    """Why too few are checked, in a sentence, or None."""
    if coverage.is_enough:
        return None
    first = coverage.first
    begins = f", beginning with “{_opening(first.text)}” ({first.key})" if first else ""
    return (
        f"{coverage.checked} of {coverage.total} claims are checked against the works "
        f"they cite, and {coverage.missing} more must be{begins}: {coverage.rule}"
        f"{_beside(coverage.discounted)}"
    )


def _beside(discounted: int) -> str:
    if not discounted:
        return ""
    checked = "it" if discounted == 1 else "them"
    return (
        f" {discounted} more cannot count: whoever checked {checked} has an interest in "
        "what the text is about."
    )


def _opening(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
