"""
A text as words, with the clinical quantities among them marked apart.

A number is one word with its unit and the other end of its range, so that a change of
one of them is a change of the whole. What is a unit or a medicine, the lint knows.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from articles.lint import amounts, patterns
from articles.lint.blocks import Block, Kind
from articles.lint.brands import MEDICINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Sort(StrEnum):
    """What is marked apart, in the words that a reader is told."""

    NONE = ""
    NUMBER = "number"
    UNIT = "unit"
    FREQUENCY = "frequency"
    NEGATION = "negation"
    COMPARISON = "comparison"
    DRUG = "drug name"


class Word(NamedTuple):
    """
    A word, a sign or a quantity, as it is written and what it says.

    `sense` is the same for two spellings of one quantity; `gap` stands before it.
    """

    text: str
    gap: str
    sort: Sort
    sense: str

    @property
    def is_sign(self) -> bool:
        return not any(map(str.isalnum, self.text))


_NUMBER = r"\d{1,9}(?:,\d{3}(?!\d)){0,3}(?:[.·]\d{1,6})?"
_SPELLED = rf"(?:{amounts.SPELLED}|half|hundred|thousand|once|twice|thrice)(?![\w-])"
_UNIT = (
    rf"(?:%|{amounts.UNIT}s?|{patterns.DOSE_UNIT}|bpm|kcal|cm|mm)"
    r"(?:\s?(?:/|per)\s?(?:kg|days?|hours?|h|min|ml|d?l|m2|m²|week|dose)){0,2}(?!\w)"
)
_AMOUNT = (
    rf"(?<![\w.])(?P<size>{_NUMBER}(?:\s?(?:-|\u2013|/|:|to)\s?{_NUMBER})?|{_SPELLED})"
    rf"(?:[\s-]?(?P<unit>{_UNIT}))?"
)
_OFTEN = r"\b(?:daily|nightly|hourly|weekly|fortnightly|monthly|yearly)\b"
_THAN = "less more fewer greater lower higher larger smaller longer shorter"
_COMPARISON = (
    rf"\b(?:no |not )?(?:{'|'.join(_THAN.split())}) than\b|\bat (?:least|most)\b|\bup to\b"
    r"|\bor (?:more|less|fewer|above|below|over|under|older|younger)\b|[<>≤≥]=?"
    r"|\b(?:above|below|higher|lower|more|less|fewer|greater)\b"
    r"|\b(?:over|under|within|exceeds|exceeding)\b(?= \d)"
    r"|\b(?:increas|decreas|reduc|rais|lower)(?:e|es|ed|ing)\b"
)
_NEGATION = (
    r"\b(?:not|no|never|none|nor|neither|without|cannot|nothing|except|unless|"
    r"avoid(?:s|ed|ing)?|contraindicated|stop(?:s|ped|ping)?)\b|\b[a-z]{2,9}n't\b"
)
_WORD = re.compile(
    rf"⟦[^⟦⟧]{{1,400}}⟧|(?P<comparison>{_COMPARISON})|(?P<negation>{_NEGATION})"
    rf"|(?P<frequency>{_OFTEN})|(?P<number>{_AMOUNT})|(?P<name>\w+(?:[-']\w+)*)|\S"
)
_SPACES = re.compile(r"\s+")
_SHOWN = str.maketrans("⟦⟧", "[]")


def cited(keys: Iterable[str]) -> str:
    """How a text that is to be read as words shows the place of a citation."""
    return f"⟦{' '.join(keys)}⟧"


def uncited(text: str) -> str:
    """The same for a reader."""
    return text.translate(_SHOWN)


def words(text: str) -> list[Word]:
    """Every word of a text, from left to right; a citation is one word too."""
    block = Block(Kind.PARAGRAPH, text)
    found, end = [], 0
    for match in _WORD.finditer(block.folded):
        written = block.text[match.start() : match.end()]
        gap = " " if match.start() > end else ""
        found.append(Word(written.translate(_SHOWN), gap, *_read(match)))
        end = match.end()
    return found


def _read(match: re.Match[str]) -> tuple[Sort, str]:
    if match["number"]:
        return Sort.NUMBER, f"{_size(match['size'])} {_unit(match['unit'] or '')}"
    if match["name"]:
        name = match["name"]
        return (Sort.DRUG if is_drug(name) else Sort.NONE), name
    for name in ("comparison", "negation", "frequency"):
        if match[name]:
            return Sort(name), match[name]
    return Sort.NONE, match[0]


@cache
def is_drug(name: str) -> bool:
    return name in MEDICINES or patterns.is_drug(name)


def _size(written: str) -> str:
    plain = _SPACES.sub("", written.replace(",", "").replace("·", "."))
    return plain.replace("to", "-").replace("\N{EN DASH}", "-")


def _unit(written: str) -> str:
    plain = _SPACES.sub("", written.replace("per cent", "%").replace("percent", "%"))
    plain = plain.replace("per", "/").replace("μg", "mcg").replace("µg", "mcg")
    return plain.removesuffix("s")


def differing(old: Iterable[Word], new: Iterable[Word]) -> tuple[set[str], set[str]]:
    """The senses of the quantities that only one side has, or has more often."""
    gone, come = _counted(old), _counted(new)
    return set(gone - come), set(come - gone)


def tally(old: Sequence[Word], new: Sequence[Word]) -> Counter[Sort]:
    """How many quantities of each sort changed; the same number in another unit is one."""
    gone, come = _counted(old), _counted(new)
    gone, come = gone - come, come - gone
    sorts = {word.sense: word.sort for word in (*old, *new)}
    sizes = _numbers(gone, sorts) & _numbers(come, sorts)
    found = Counter({Sort.UNIT: sizes.total()})
    for sort in set(sorts.values()) - {Sort.NONE}:
        counts = [
            sum(count for sense, count in side.items() if sorts[sense] is sort)
            for side in (gone, come)
        ]
        in_units = sizes.total() if sort is Sort.NUMBER else 0
        found[sort] += max(counts) - in_units
    return +found


def _counted(side: Iterable[Word]) -> Counter[str]:
    return Counter(word.sense for word in side if word.sort)


def _numbers(side: Counter[str], sorts: dict[str, Sort]) -> Counter[str]:
    found: Counter[str] = Counter()
    for sense, count in side.items():
        if sorts[sense] is Sort.NUMBER:
            found[sense.partition(" ")[0]] += count
    return found
