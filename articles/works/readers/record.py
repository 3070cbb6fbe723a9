"""What a reader hands on: records as they were understood, and those it could not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from articles import characters

MAX_RECORDS = 2_000
MAX_RAW_NAMES = 25
MAX_RAW_VALUES = 50
MAX_RAW_LENGTH = 500
SHOWN = 60


class Refused(NamedTuple):
    """A record that is no reference: its place, and why."""

    record: int
    line: int
    reason: str


@dataclass(slots=True)
class Draft:
    """A reference as it came, not yet clean; `key` is what the file calls it."""

    record: int
    line: int
    key: str = ""
    item: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, value: Any) -> None:
        """Unless it is empty or something better is there already."""
        if value:
            self.item.setdefault(name, value)

    def people(self, name: str, people: Iterable[dict[str, Any] | None]) -> None:
        self.put(name, [person for person in people if person])

    def listed(self, name: str, values: Iterable[str], *, most: int) -> None:
        """A list of our own; what is too much of it is told."""
        found = list(dict.fromkeys(values))
        if found:
            self.custom[name] = found[:most]
        if len(found) > most:
            self.notes.append(f"Of {len(found)} values of “{name}”, {most} were kept.")

    def keep(self, unknown: Mapping[str, list[str]]) -> None:
        """What is not understood, within bounds, for whoever looks at it next."""
        raw: dict[str, list[str]] = {}
        room = MAX_RAW_VALUES
        for name, values in list(unknown.items())[:MAX_RAW_NAMES]:
            kept = [_short(value) for value in values if value.strip()][:room]
            if kept:
                raw[name] = kept
            room -= len(kept)
        if raw:
            self.custom["raw"] = raw
            self.notes.append(f"Not understood: {', '.join(raw)}.")
        self._tell_lost(unknown, raw)

    def whole(self) -> dict[str, Any]:
        return self.item | ({"custom": self.custom} if self.custom else {})

    def _tell_lost(
        self, unknown: Mapping[str, list[str]], raw: Mapping[str, list[str]]
    ) -> None:
        there = {
            name: [value for value in unknown[name] if value.strip()]
            for name in unknown
        }
        lost = sum(map(len, there.values())) - sum(map(len, raw.values()))
        if lost:
            self.notes.append(f"{lost:,} more values were not understood and left out.")
        if any(len(value) > MAX_RAW_LENGTH for name in raw for value in there[name]):
            self.notes.append(
                f"What was not understood was cut to {MAX_RAW_LENGTH} characters a value."
            )


class Parsed(NamedTuple):
    """
    The first `MAX_RECORDS` records.

    `total` counts those that were left unread too; `problems` are about the file as a
    whole.
    """

    drafts: list[Draft]
    refused: list[Refused]
    problems: list[str]
    total: int = 0


def shown(text: str) -> str:
    """A piece of the file, short enough for a sentence."""
    line = characters.one_line(text[:200])
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _short(value: str) -> str:
    return value.strip()[:MAX_RAW_LENGTH]
