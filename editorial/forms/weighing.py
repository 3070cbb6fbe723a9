"""What is known of references that were read: there already, shared, or likely so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from articles import library
from articles.works import keys
from articles.works.ama import ama
from articles.works.duplicates import Twin, twins
from articles.works.listing import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BoundField

    from articles.library import Match
    from articles.models import Citation, Work
    from articles.works.reading import Found

LEAVE_OUT = "none"


class Like(NamedTuple):
    """Something that a reference may be the same as, in words, and the choice it is."""

    choice: str
    said: str
    why: str
    work: Work | None = None


@dataclass(slots=True)
class Row:
    """One reference that was read, and what is to be said of it."""

    place: int
    found: Found
    key: str
    there: str = ""
    work: Work | None = None
    like: tuple[Like, ...] = ()
    field: BoundField | None = None

    @property
    def name(self) -> str:
        return f"row-{self.place}"

    @property
    def record(self) -> int:
        return self.found.record

    @property
    def notes(self) -> tuple[str, ...]:
        return self.found.notes

    @property
    def shown(self) -> str:
        return words(ama(self.work.csl if self.work else self.found.item))


def rows(found: Sequence[Found], cited: Sequence[Citation]) -> list[Row]:
    """What is known of each reference: here already, in the library, or likely so."""
    items = [one.item for one in found]
    inside = _by_place(twins(items, items))
    here = _by_place(twins(items, [row.work.csl for row in cited]))
    numbers = {row.work_id: number for number, row in enumerate(cited, start=1)}
    taken = {row.key for row in cited}
    listed = []
    for place, (one, known) in enumerate(
        zip(found, library.matches(items), strict=True)
    ):
        row = Row(place, one, keys.free(one.key, taken))
        taken.add(row.key)
        twice = _said_twice(inside.get(place, []), found)
        _weigh(row, twice, here.get(place, []), known, numbers)
        listed.append(row)
    return listed


def _weigh(
    row: Row,
    twice: tuple[str, list[Like]],
    here: list[Twin],
    known: list[Match],
    numbers: dict[int, int],
) -> None:
    sure = next((match.work for match in known if match.is_certain), None)
    number = next((twin.present + 1 for twin in here if twin.is_certain), None)
    number = number or (numbers.get(sure.pk) if sure else None)
    if number:
        row.there = f"It is in this draft already, as reference {number}."
    elif twice[0]:
        row.there = twice[0]
    elif sure:
        row.work = sure
    else:
        row.like = (
            *twice[1],
            *(_in_draft(twin.present + 1, twin.why) for twin in here),
            *(_in_library(m) for m in known if m.work.pk not in numbers),
        )


def _said_twice(found: list[Twin], others: Sequence[Found]) -> tuple[str, list[Like]]:
    """Whether it stands in what was read before, and where it perhaps does."""
    likely = []
    for twin in found:
        record = others[twin.present].record
        if twin.is_certain:
            return f"It is the same as record {record}. {twin.why}", []
        said = f"The same as record {record}: leave it out"
        likely.append(Like(LEAVE_OUT, said, twin.why))
    return "", likely


def _in_draft(number: int, why: str) -> Like:
    said = f"The same as reference {number} of this draft: leave it out"
    return Like(LEAVE_OUT, said, why)


def _in_library(match: Match) -> Like:
    said = f"The same as this work of the library: {words(ama(match.work.csl))}"
    return Like(f"work-{match.work.pk}", said, match.why, match.work)


def _by_place(found: Iterable[Twin]) -> dict[int, list[Twin]]:
    places: dict[int, list[Twin]] = {}
    for twin in found:
        places.setdefault(twin.added, []).append(twin)
    return places
