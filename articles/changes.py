"""
What became of a text: block by block, word by word, quantities marked apart.

The work is bounded: a part that would take too long stands side by side, and says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from articles import aligning, bounded, quantities
from articles.aligning import ROW, Unit
from articles.bounded import TooMuchError, Work
from articles.quantities import Sort, Word
from articles.vocabulary import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from articles.aligning import Pair
    from articles.reading.text import Text

SAME, GONE, NEW, CHANGED, LEFT_OUT = "same", "gone", "new", "changed", "left-out"
MOVED_AWAY, MOVED_HERE = "moved-away", "moved-here"

MOST_PAIRS = 1_000_000
"""Pairs of equal words looked at, summed over all that is compared of two texts."""

MOST_PAIRS_OF_LINES = 100_000
"""The same, for one pair of lines."""

CONTEXT = 1
"""Unchanged blocks shown on either side of a change."""


class Piece(NamedTuple):
    """A run of words, and what became of it; a quantity that changed names its sort."""

    kind: str
    text: str
    sort: str = ""

    @property
    def gap(self) -> str:
        """The white space before the first word."""
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        return self.text.lstrip()


Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A block or a row and what became of it; one left out stands for several alike."""

    kind: str
    block: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def is_row(self) -> bool:
        return self.block == ROW


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text; where it is not compared, both texts stand side by side."""

    name: str
    label: str
    changes: tuple[Change, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def is_compared(self) -> bool:
        return not self.before and not self.after

    @property
    def runs(self) -> list[tuple[bool, list[Change]]]:
        """The changes, with neighbouring rows together as a table."""
        found = groupby(self.changes, key=lambda change: change.is_row)
        return [(is_table, list(run)) for is_table, run in found]


@dataclass(slots=True)
class Count:
    """The quantities found so far, and how much work may still be done."""

    work: Work
    tally: Counter[Sort] = field(default_factory=Counter)


def parts(before: Text, after: Text) -> tuple[list[Part], Counter[Sort]]:
    """The parts in which two texts differ, and how many quantities do."""
    work, tally, found = Work(MOST_PAIRS), Counter[Sort](), []
    for part in _parts(before, after):
        count = Count(work)
        if made := _part(*part, count):
            found.append(made)
            tally += count.tally if made.is_compared else Counter()
    return found, tally


def _parts(
    before: Text, after: Text
) -> Iterator[tuple[str, str, list[Unit], list[Unit]]]:
    line, units = aligning.line, aligning.units
    yield "question", "Question", line(before.question), line(after.question)
    yield "headline", "Headline", line(before.headline), line(after.headline)
    answers = units(before.key_answer), units(after.key_answer)
    yield "key_answer", "Key answer", *answers
    for audience in _audiences(before, after):
        label = f"Written for {Audience(audience).label.lower()}"
        texts = [text.bodies.get(audience, "") for text in (before, after)]
        yield audience, label, units(texts[0]), units(texts[1])


def _audiences(before: Text, after: Text) -> list[str]:
    """The main text first."""
    either = before.bodies.keys() | after.bodies.keys()
    return sorted(either, key=lambda name: (name != after.audience, name))


def _part(
    name: str, label: str, before: list[Unit], after: list[Unit], count: Count
) -> Part | None:
    if [unit.key for unit in before] == [unit.key for unit in after]:
        return None
    found = aligning.pairs(before, after)
    try:
        changes = [(pair, _change(pair, count)) for pair in found]
    except TooMuchError:
        return Part(name, label, (), _plain(before), _plain(after))
    return Part(name, label, tuple(_condensed(_moved(changes, count))))


def _plain(units: Sequence[Unit]) -> tuple[str, ...]:
    shown = (" · ".join(unit.cells) for unit in units)
    return tuple(quantities.uncited(text) for text in shown) or ("",)


def _change(pair: Pair, count: Count) -> Change:
    was, now = pair
    if was is None or now is None:
        return _one_sided(was or now, NEW if was is None else GONE)
    if was.key == now.key:
        return _whole(SAME, now)
    cells = tuple(_compared(*cell, count) for cell in _cells(was, now, count.work))
    return Change(CHANGED, now.kind, cells)


def _one_sided(unit: Unit | None, kind: str) -> Change:
    return _whole(kind, unit) if unit else Change(kind)


def _whole(kind: str, unit: Unit) -> Change:
    cells = tuple((Piece(kind, quantities.uncited(cell)),) for cell in unit.cells)
    return Change(kind, unit.kind, cells)


def _cells(was: Unit, now: Unit, work: Work) -> Iterator[tuple[str, str]]:
    """Cell by cell; where a column came or went, cells that are alike."""
    if len(was.cells) == len(now.cells):
        yield from zip(was.cells, now.cells, strict=True)
        return
    for _, start, end, begin, stop in bounded.opcodes(was.cells, now.cells, work):
        old, new = was.cells[start:end], now.cells[begin:stop]
        for place in range(max(len(old), len(new))):
            yield "".join(old[place : place + 1]), "".join(new[place : place + 1])


def _compared(before: str, after: str, count: Count) -> Cell:
    old, new = quantities.words(before), quantities.words(after)
    count.tally += quantities.tally(old, new)
    gone, come = quantities.differing(old, new)
    pieces: list[Piece] = []
    for same, was, now in _runs(old, new, count.work):
        pieces += _pieces(SAME, same, set())
        pieces += _pieces(GONE, was, gone)
        pieces += _pieces(NEW, now, come)
    return tuple(pieces)


def compared_lines(before: str, after: str) -> Cell:
    """Two lines word by word, their quantities not marked; past the bound, one, then the other."""
    if before == after:
        return (Piece(SAME, after),)
    try:
        found = _compared(before, after, Count(Work(MOST_PAIRS_OF_LINES)))
    except TooMuchError:
        return Piece(GONE, before), Piece(NEW, f" {after}")
    return tuple(piece._replace(sort="") for piece in found)


Run = tuple[list[Word], list[Word], list[Word]]


def _runs(old: list[Word], new: list[Word], work: Work) -> Iterator[Run]:
    """Words that stayed, then what went and what came; lone signs do not part these."""
    texts = [word.text for word in old], [word.text for word in new]
    same: list[Word] = []
    was: list[Word] = []
    now: list[Word] = []
    for what, start, end, begin, stop in bounded.opcodes(*texts, work):
        between = bool(was or now) and end < len(old) and _is_filling(new[begin:stop])
        if what != "equal" or between:
            was, now = was + old[start:end], now + new[begin:stop]
        else:
            if same or was or now:
                yield same, was, now
            same, was, now = new[begin:stop], [], []
    yield same, was, now


def _is_filling(words: Sequence[Word]) -> bool:
    return len(words) == 1 and words[0].is_sign


def _pieces(kind: str, words: Iterable[Word], marked: set[str]) -> Iterator[Piece]:
    """Runs of plain words, and each quantity that differs by itself."""
    known = ((word, str(word.sort) if word.sense in marked else "") for word in words)
    for sort, run in groupby(known, key=lambda pair: pair[1]):
        texts = [word.gap + word.text for word, _ in run]
        if sort:
            yield from (Piece(kind, text, sort) for text in texts)
        else:
            yield Piece(kind, "".join(texts))


def _moved(found: list[tuple[Pair, Change]], count: Count) -> list[Change]:
    """A block that went from one place and stands word for word at another has moved."""
    gone = Counter(pair[0].key for pair, _ in found if pair[0] and not pair[1])
    come = Counter(pair[1].key for pair, _ in found if pair[1] and not pair[0])
    both = gone & come
    left = {GONE: both.copy(), NEW: both.copy()}
    return [_as_moved(pair, change, left, count) for pair, change in found]


def _as_moved(
    pair: Pair,
    change: Change,
    left: dict[str, Counter[tuple[str, int, bool, tuple[str, ...]]]],
    count: Count,
) -> Change:
    if change.kind not in left:
        return change
    unit = pair[0] or pair[1]
    if unit and left[change.kind][unit.key] > 0:
        left[change.kind][unit.key] -= 1
        return replace(change, kind=MOVED_AWAY if change.kind == GONE else MOVED_HERE)
    return _counted(change, unit, count)


def _counted(change: Change, unit: Unit | None, count: Count) -> Change:
    """A whole block that went or came, with every quantity in it marked."""
    cells: list[Cell] = []
    for text in unit.cells if unit else ():
        words = quantities.words(text)
        count.tally += quantities.tally(words, [])
        marked = {word.sense for word in words if word.sort}
        cells.append(tuple(_pieces(change.kind, words, marked)))
    return replace(change, cells=tuple(cells))


def _condensed(changes: Sequence[Change]) -> list[Change]:
    """Leave out what is far from every change."""
    changed = [place for place, change in enumerate(changes) if change.kind != SAME]
    near = {place + step for place in changed for step in range(-CONTEXT, CONTEXT + 1)}
    kept: list[Change] = []
    for place, change in enumerate(changes):
        if place in near:
            kept.append(change)
        elif not kept or kept[-1].kind != LEFT_OUT:
            kept.append(Change(LEFT_OUT))
    return kept
