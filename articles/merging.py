"""Two changes of one text brought together, block by block."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from articles import diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Change(NamedTuple):
    """From where to where of a list, and what is put there."""

    start: int
    end: int
    put: tuple[str, ...]


class _Stretch(NamedTuple):
    """From where to where a list was changed, and what each side has there."""

    start: int
    end: int
    mine: list[str]
    theirs: list[str]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of one text, or None where they touch the same block."""
    was, here, there = map(diff.blocks, (base, mine, theirs))
    changes = sorted({*_changes(was, here), *_changes(was, there)})
    return None if _touch(changes) else "".join(_changed(was, changes, 0, len(was)))


def in_turn(base: str, mine: str, theirs: str) -> str:
    """Both changes of one text; where they touch the same place, theirs and then mine."""
    was = diff.blocks(base)
    result: list[str] = []
    place = 0
    for stretch in _stretches(was, diff.blocks(mine), diff.blocks(theirs)):
        result += [*was[place : stretch.start], *stretch.theirs]
        result += _left_of(stretch.mine, without=stretch.theirs)
        place = stretch.end
    return "".join([*result, *was[place:]])


def _left_of(blocks: Sequence[str], *, without: Sequence[str]) -> Iterator[str]:
    """What stands here more often than there."""
    there = Counter(without)
    for block in blocks:
        if there[block]:
            there[block] -= 1
        else:
            yield block


def _stretches(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[_Stretch]:
    """What either side changed; one that left a stretch alone has nothing there."""
    ours, others = list(_changes(base, mine)), list(_changes(base, theirs))
    for near in _neighbours(sorted([*ours, *others])):
        start, end = near[0].start, _around(near).end
        sides = (
            [change for change in side if change in near] for side in (ours, others)
        )
        here, there = (
            _changed(base, side, start, end) if side else [] for side in sides
        )
        yield _Stretch(start, end, here, there)


def _neighbours(changes: Sequence[_Change]) -> list[list[_Change]]:
    """The changes, those that touch one another together."""
    found: list[list[_Change]] = []
    for change in changes:
        if not found or not _touch([_around(found[-1]), change]):
            found.append([])
        found[-1].append(change)
    return found


def _around(near: Sequence[_Change]) -> _Change:
    """From the start of the latest change to the end of the farthest."""
    return _Change(near[-1].start, max(change.end for change in near), ())


def _changed(
    base: Sequence[str], changes: Sequence[_Change], start: int, end: int
) -> list[str]:
    """A stretch of the list with these changes made in it."""
    result: list[str] = []
    for change in changes:
        result += [*base[start : change.start], *change.put]
        start = change.end
    return [*result, *base[start:end]]


def _touch(changes: Sequence[_Change]) -> bool:
    """Whether two changes overlap, or put something into the same place."""
    return any(
        later.start < earlier.end or later.start == earlier.start
        for earlier, later in itertools.pairwise(changes)
    )


def _changes(base: Sequence[str], other: Sequence[str]) -> Iterator[_Change]:
    for what, start, end, begin, stop in diff.opcodes(base, other):
        if what != "equal":
            yield _Change(start, end, tuple(other[begin:stop]))
