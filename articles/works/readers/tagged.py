"""Lines of tag and value, as RIS and MEDLINE have them: continued, spaced at will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Values = dict[str, list[str]]


class Tagged(NamedTuple):
    tag: str
    value: str


@dataclass(slots=True)
class Block:
    """The lines of one record, each with what continues it; `line` is the first."""

    line: int
    _rows: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def rows(self) -> list[Tagged]:
        return [Tagged(tag, " ".join(filter(None, parts))) for tag, parts in self._rows]

    @property
    def last_tag(self) -> str:
        return self._rows[-1][0] if self._rows else ""

    def add(self, row: Tagged) -> None:
        self._rows.append((row.tag, [row.value]))

    def extend(self, text: str) -> None:
        if self._rows:
            self._rows[-1][1].append(text)

    def values(self) -> Values:
        """The values of every tag, in the order of the lines."""
        found: Values = {}
        for tag, value in self.rows:
            found.setdefault(tag, []).append(value)
        return found


def numbered(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"), start=1)


def take(values: Values, *tags: str) -> list[str]:
    """What stands under these tags, which is thereby understood."""
    found = [values.pop(tag, []) for tag in tags]
    return [value.strip() for listed in found for value in listed if value.strip()]


def take_first(values: Values, *tags: str) -> str:
    """The first of them; the others stay to be looked at."""
    for tag in tags:
        listed = [value for value in values.get(tag, []) if value.strip()]
        if listed:
            values[tag] = listed[1:]
            return listed[0].strip()
    return ""


def left_over(values: Values, *, not_kept: frozenset[str]) -> Mapping[str, list[str]]:
    return {
        tag: listed for tag, listed in values.items() if listed and tag not in not_kept
    }
