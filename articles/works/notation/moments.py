"""Dates as exchange formats write them, as dates of CSL-JSON, and back."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

Date = dict[str, Any]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_SEASONS = {"spring", "summer", "autumn", "fall", "winter"}
_ISO = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_INTERVAL = re.compile(f"({_ISO})/({_ISO})")
_WITH_TIME = re.compile(f"({_ISO})T[0-9].*")
_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_SLASHED = re.compile(r"([0-9]{4})/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}.*")
_RANGE = re.compile(r"\s*[-\N{EN DASH}]\s*")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+|[^\s,.]")
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_MONTH_DIGITS = 2
_YEAR_DIGITS = 4
_SHORTEST_MONTH = 3


class _Side(NamedTuple):
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def known(self) -> list[int]:
        known = []
        for part in self:
            if not part:
                break
            known.append(part)
        return known


def read_date(text: str) -> Date | None:
    """
    As much as can be read; words that are no date are kept as `literal`.

    `2018-01-27`, `2018/01/27/`, `20180127`, `2018 Jan-Feb`, `27 January 2018`,
    `2018 Spring` and intervals such as `2018-12/2019-01` are understood.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = _WITH_TIME.fullmatch(text)
    date = found[1] if found else text
    return _interval(date) or _numbers(date) or _words(date) or _kept(text)


def month_number(word: str) -> int | None:
    """`Jan`, `sept` or `January`."""
    if len(word) < _SHORTEST_MONTH:
        return None
    starts = [name.startswith(word.lower()) for name in _MONTHS]
    return starts.index(True) + 1 if any(starts) else None


def write_iso(date: Mapping[str, Any]) -> str:
    sides = ["-".join(_digits(side)) for side in date.get("date-parts", ())]
    return "/".join(sides) or _other(date)


def write_slashed(date: Mapping[str, Any]) -> str:
    """`2018/01/27/`, and what is not a number after the third slash."""
    sides = date.get("date-parts", ())
    if len(sides) > 1:
        return write_iso(date)
    digits = _digits(sides[0]) if sides else []
    return "/".join([*digits, *[""] * (3 - len(digits)), _other(date)])


def write_medline(date: Mapping[str, Any]) -> str:
    """`2018 Jan 27`, `2018 Dec-2019 Jan`, `2018 Spring`."""
    other = _other(date)
    if other and read_date(other) == date:
        return other
    sides = "-".join(map(_spoken, date.get("date-parts", ())))
    return f"{sides} {other}".strip()


def write_bibtex(date: Mapping[str, Any]) -> str:
    return write_medline(date) if _other(date) else write_iso(date)


def _interval(text: str) -> Date | None:
    found = _INTERVAL.fullmatch(text)
    ends = [_ISO_DATE.fullmatch(end) for end in found.groups()] if found else []
    parts = [_side(*end.groups()).known() for end in ends if end]
    return {"date-parts": parts} if parts else None


def _numbers(text: str) -> Date | None:
    for shape in (_ISO_DATE, _COMPACT):
        if found := shape.fullmatch(text):
            return {"date-parts": [_side(*found.groups()).known()]}
    found = _SLASHED.fullmatch(text)
    if not found:
        return _kept(text.strip("/ ")) if text.startswith("///") else None
    year, month, day, other = found.groups()
    return {"date-parts": [_side(year, month, day).known()], **_said(other or "")}


def _said(other: str) -> Date:
    other = other.strip(" /")
    if not other or _CLOCK.fullmatch(other):
        return {}
    return {"season" if other.lower() in _SEASONS else "literal": other}


def _words(text: str) -> Date | None:
    *before, last = text.split()
    if last.lower() in _SEASONS and (side := _read_side(" ".join(before))):
        return {"date-parts": [side.known()], "season": last} if side.year else None
    sides = [_read_side(side) for side in _RANGE.split(text, maxsplit=1)]
    first, second = sides[0], sides[-1]
    if not first or not second:
        return None
    first = first._replace(year=first.year or second.year)
    if len(sides) == 1:
        return {"date-parts": [first.known()]} if first.year else None
    second = _completed(second, first)
    return {"date-parts": [first.known(), second.known()]} if first.year else None


def _completed(second: _Side, first: _Side) -> _Side:
    """`Jan-Feb` and `Jan 15-31` name the year, and the month, only once."""
    if second.year:
        return second
    return _Side(first.year, second.month or first.month, second.day)


def _read_side(text: str) -> _Side | None:
    side = _Side()
    for word in _WORD.findall(text):
        month = month_number(word)
        if month and side.month is None:
            side = side._replace(month=month)
        elif word.isascii() and word.isdigit() and len(word) == _YEAR_DIGITS:
            side = side._replace(year=int(word))
        elif word.isascii() and word.isdigit() and len(word) <= _MONTH_DIGITS:
            side = side._replace(day=int(word))
        else:
            return None
    return side if any(side) else None


def _kept(text: str) -> Date | None:
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        return {"date-parts": [[int(years.pop())]], "literal": text}
    return {"literal": text} if text else None


def _side(*parts: str | None) -> _Side:
    return _Side(*(int(part) if part else None for part in parts))


def _digits(side: list[int]) -> list[str]:
    return [f"{part:0{width}}" for part, width in zip(side, (4, 2, 2), strict=False)]


def _spoken(side: list[int]) -> str:
    year, *rest = side
    month = [_MONTHS[rest[0] - 1][:3].title()] if rest else []
    return " ".join([f"{year:04}", *month, *map(str, rest[1:])])


def _other(date: Mapping[str, Any]) -> str:
    return str(date.get("season") or date.get("literal") or "")
