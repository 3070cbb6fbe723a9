"""Amounts in a text: a number and what it counts, brought to one unit of each kind."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_SPELLED = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
SPELLED = "|".join(sorted(_SPELLED, key=len, reverse=True))
"""The numbers that are written as words, as alternatives of a pattern."""

_NUMBER = rf"(?:\d{{1,9}}(?:\.\d{{1,6}})?|{'|'.join(_SPELLED)})"
_DIGIT_GROUPS = re.compile(r"(?<=\d)[,\N{NO-BREAK SPACE} ](?=\d{3}(?!\d))")

_DAYS = {
    "second": 1 / 86_400,
    "minute": 1 / 1_440,
    "min": 1 / 1_440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.25 / 12,
    "year": 365.25,
}
_MICROGRAMS = {
    "mcg": 1.0,
    "µg": 1.0,
    "μg": 1.0,
    "microgram": 1.0,
    "mg": 1e3,
    "milligram": 1e3,
    "g": 1e6,
    "gram": 1e6,
    "kg": 1e9,
    "kilogram": 1e9,
}
_MILLILITRES = {
    "ml": 1.0,
    "millilitre": 1.0,
    "milliliter": 1.0,
    "l": 1e3,
    "litre": 1e3,
    "liter": 1e3,
}
_OTHERS = {"%": "%", "per cent": "%", "percent": "%", "unit": "unit", "mmhg": "mmhg"}
_UNITS = {
    **{name: ("time", size) for name, size in _DAYS.items()},
    **{name: ("mass", size) for name, size in _MICROGRAMS.items()},
    **{name: ("volume", size) for name, size in _MILLILITRES.items()},
    **{name: (kind, 1.0) for name, kind in _OTHERS.items()},
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
UNIT = f"(?:{_UNIT})"
"""The units of an amount, without the “s” of several."""

_AMOUNT = re.compile(
    rf"(?<![\w.])(?P<first>{_NUMBER})"
    rf"(?:\s?(?:-|\u2013|to|or|and)\s?(?P<last>{_NUMBER}))?[\s-]?"
    rf"(?:(?P<unit>{_UNIT})s?(?P<weight>/kg)?(?!\w)"
    r"|(?:in|out of|of|per) (?:every )?(?P<whole>10{1,6})(?![\d.,]|\s?(?:%|mg|ml|g\b)))"
)
_BARE = re.compile(r"(?<![\w.])\d{1,9}(?:\.\d{1,6})?")

_TOLERANCES = {"time": 0.09}  # a month and four weeks are the same


class Amount(NamedTuple):
    """`spread` is how far off a rounded figure may be."""

    kind: str
    size: float
    spread: float
    start: int
    end: int

    def agrees_with(self, other: "Amount") -> bool:
        if self.kind != other.kind:
            return False
        allowed = max(self.spread, other.spread)
        allowed = max(allowed, _TOLERANCES.get(self.kind, 1e-9) * other.size)
        return abs(self.size - other.size) <= allowed


def amounts(folded: str) -> Iterator[Amount]:
    """Every number with a unit; the first of a range has the unit of the last."""
    text = ungrouped(folded)
    for found in _AMOUNT.finditer(text):
        for number in filter(None, (found["first"], found["last"])):
            yield _amount(number, found)


def bare_numbers(folded: str) -> set[float]:
    """Every number, whatever it counts."""
    return {float(number) for number in _BARE.findall(ungrouped(folded))}


def unitless_numbers(folded: str) -> set[float]:
    """The numbers that stand with no unit of their own."""
    text = ungrouped(folded)
    return {float(number) for number in _BARE.findall(_AMOUNT.sub(" ", text))}


def ungrouped(folded: str) -> str:
    """As long as before, with the marks between groups of digits at the front."""
    return _GROUPED.sub(_moved, folded)


def _moved(found: re.Match[str]) -> str:
    digits = _DIGIT_GROUPS.sub("", found[0])
    return " " * (len(found[0]) - len(digits)) + digits


_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\N{NO-BREAK SPACE} ]\d{3}){1,3}(?![\d])")


def _amount(number: str, found: re.Match[str]) -> Amount:
    value = float(_SPELLED.get(number, 0) or number)
    if found["whole"]:
        share = 100 / int(found["whole"])
        return Amount("%", value * share, share / 2, *found.span())
    kind, scale = _UNITS[found["unit"]]
    spread = _rounding(number) * scale if kind == "%" else 0.0
    return Amount(kind + (found["weight"] or ""), value * scale, spread, *found.span())


def _rounding(number: str) -> float:
    decimals = len(number.partition(".")[2])
    return 0.5 * 10.0**-decimals
