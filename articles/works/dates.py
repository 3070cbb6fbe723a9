"""Dates of CSL-JSON: as much of year, month and day as is known."""

import re
from collections.abc import Mapping
from typing import Any

MAX_YEAR = 9_999
RANGE = 2

_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_INTEGER = re.compile(r"-?[0-9]{1,6}")
_LIMITS = (range(-MAX_YEAR, MAX_YEAR + 1), range(1, 13), range(1, 32))

Parts = tuple[int | None, int | None, int | None]


def known(item: Mapping[str, Any], name: str) -> Parts:
    """Year, month and day of this date of the item."""
    value = item.get(name)
    ranges = value.get("date-parts") if isinstance(value, Mapping) else None
    first = (*(ranges or [[]])[0], None, None, None)
    return first[0], first[1], first[2]


def year(item: Mapping[str, Any]) -> int | None:
    return known(item, "issued")[0]


def read_parts(given: Mapping[str, Any]) -> list[list[int]]:
    """One date or the two ends of a range; empty when it is not whole."""
    listed = given.get("date-parts")
    ranges = [_whole(part) for part in listed] if isinstance(listed, list) else []
    ranges = ranges or [_whole(_from_text(given.get("raw")))]
    return ranges[:RANGE] if all(ranges) else []


def _from_text(text: object) -> list[str]:
    found = _ISO_DATE.match(text.strip()) if isinstance(text, str) else None
    return [part for part in found.groups() if part] if found else []


def _whole(given: object) -> list[int]:
    """As many parts as make sense: a month needs a year, a day needs a month."""
    parts: list[int] = []
    for part, allowed in zip(
        given if isinstance(given, list) else [], _LIMITS, strict=False
    ):
        number = _integer(part)
        if not number or number not in allowed:
            break
        parts.append(number)
    return parts


def _integer(value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(str(value)) if _INTEGER.fullmatch(str(value)) else None
