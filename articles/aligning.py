"""Which block of one text became which block of another, by the words they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from articles import diff, quantities
from articles.lint import blocks
from articles.lint.blocks import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from articles.lint.blocks import Block

ROW, LINE = "row", "line"
CELLS = frozenset({Kind.CELL, Kind.HEADER})

MOST_PAIRS = 2_500
"""Changed blocks of one side times changed blocks of the other; else by their order."""

ALIKE = 0.4
"""The share of words in common from which on a block counts as changed, not replaced."""


@dataclass(frozen=True)
class Unit:
    """A block of text, or a row of a table, cell by cell."""

    kind: str
    cells: tuple[str, ...]
    level: int = 0
    is_safety: bool = False

    @property
    def key(self) -> tuple[str, int, bool, tuple[str, ...]]:
        return self.kind, self.level, self.is_safety, self.cells

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(" ".join(self.cells).lower().split())

    def likeness(self, other: Unit) -> float:
        if (self.kind == ROW) != (other.kind == ROW):
            return 0.0
        mine, theirs = self.vocabulary, other.vocabulary
        return 2 * len(mine & theirs) / (len(mine) + len(theirs) or 1)


Pair = tuple[Unit | None, Unit | None]


def units(html: str) -> list[Unit]:
    """The blocks of a text in order; the cells of a row stand together."""
    found = []
    for place, run in groupby(blocks.parse(html), key=_place):
        together = list(run)
        if place[0]:
            found.append(Unit(ROW, tuple(_text(cell) for cell in together)))
        else:
            found += [_unit(block) for block in together]
    return found


def line(text: str) -> list[Unit]:
    """Text that is not markup."""
    return [Unit(LINE, (" ".join(text.split()),))] if text.strip() else []


def _place(block: Block) -> tuple[int, int]:
    return (block.table, block.row) if block.kind in CELLS else (0, 0)


def _unit(block: Block) -> Unit:
    return Unit(str(block.kind), (_text(block),), block.level, bool(block.safety))


def _text(block: Block) -> str:
    """The words with a sign at each place that cites something."""
    parts, done = [], 0
    for citation in block.citations:
        parts += [block.raw[done : citation.at], " ", quantities.cited(citation.keys)]
        done = citation.at
    return " ".join("".join([*parts, block.raw[done:]]).split())


def pairs(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Pair]:
    """Each block with what became of it, in the order in which both texts are read."""
    keys = [unit.key for unit in before], [unit.key for unit in after]
    for what, start, end, begin, stop in diff.opcodes(*keys):
        if what == "equal":
            yield from zip(before[start:end], after[begin:stop], strict=True)
        else:
            yield from _matched(before[start:end], after[begin:stop])


def _matched(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pair]:
    done, put = 0, 0
    for was, now in [*_matches(old, new), (len(old), len(new))]:
        yield from ((unit, None) for unit in old[done:was])
        yield from ((None, unit) for unit in new[put:now])
        if was < len(old):
            yield old[was], new[now]
        done, put = was + 1, now + 1


def _matches(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """The pairs that keep the order of both and have the most words in common."""
    if len(old) * len(new) > MOST_PAIRS:
        return [(place, place) for place in range(min(len(old), len(new)))]
    likeness = [[one.likeness(other) for other in new] for one in old]
    best = _best(likeness, len(new))
    found, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        here = best[row][column]
        if here == best[row + 1][column]:
            row += 1
        elif here == best[row][column + 1]:
            column += 1
        else:
            found.append((row, column))
            row, column = row + 1, column + 1
    return found


def _best(likeness: list[list[float]], width: int) -> list[list[float]]:
    """How much can be had from each pair of places on."""
    best = [[0.0] * (width + 1) for _ in range(len(likeness) + 1)]
    for row in reversed(range(len(likeness))):
        for column in reversed(range(width)):
            alike = likeness[row][column]
            both = best[row + 1][column + 1] + alike if alike >= ALIKE else 0.0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    return best
