"""
Differences between two texts.

Texts are compared block by block, and changed blocks word by word. The work is bounded:
past the bound, what is left counts as replaced.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from articles import bounded
from articles.bounded import TooMuchError, Work
from articles.content import plain_text
from articles.content.citations import MARKED

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

SAME, GONE, NEW, CHANGED, LEFT_OUT = "same", "gone", "new", "changed", "left-out"

MOST_PAIRS = 1_000_000
"""Pairs of equal words looked at, summed over the blocks compared."""

MOST_BLOCK_PAIRS = 250_000
"""Pairs of equal blocks looked at."""

CONTEXT = 1
"""Unchanged blocks shown on either side of a change."""

_EDGE = re.compile(r"<(/?)(?:h[2-4]|p|ul|ol|table|blockquote|aside)(?=[ >])[^>]*>")


class Piece(NamedTuple):
    """A run of words, and whether it is the same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, and what became of its words; one left out stands for several alike."""

    kind: str
    pieces: tuple[Piece, ...]


def blocks(html: str) -> list[str]:
    """The outermost blocks of a text; what stands between them is a block too."""
    found, depth, start = [], 0, 0
    for edge in _EDGE.finditer(html):
        if edge[1]:
            depth = max(depth - 1, 0)
        elif depth == 0:
            found.append(html[start : edge.start()])
            start, depth = edge.start(), 1
            continue
        else:
            depth += 1
        if depth == 0:
            found.append(html[start : edge.end()])
            start = edge.end()
    found.append(html[start:])
    return [block.strip() for block in found if block.strip()]


def compare(before: str, after: str) -> list[Passage]:
    """What became of each block, with a block of context around every change."""
    return _condensed(list(_passages(blocks(before), blocks(after))))


def touched(base: str, *others: str) -> list[Passage]:
    """The blocks of a text that any of the others lacks, as they stand in it."""
    kept = set.intersection(*(set(blocks(other)) for other in others))
    found = [_whole(SAME if b in kept else CHANGED, b) for b in blocks(base)]
    return _condensed(found)


def words_of(block: str) -> str:
    """What a reader sees of a block; markers show the keys they cite."""
    return plain_text(MARKED.sub(r" [\1]", block))


def opcodes(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> Sequence[tuple[str, int, int, int, int]]:
    """
    As difflib's, which is asked only about what lies between the same two ends.

    Where too many blocks changed, all between is replaced at once.
    """
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    end, stop = len(before) - tail, len(after) - tail
    return [
        ("equal", 0, head, 0, head),
        *_between(before[head:end], after[head:stop], head),
        ("equal", end, len(before), stop, len(after)),
    ]


def _between(
    before: Sequence[Hashable], after: Sequence[Hashable], start: int
) -> Iterator[tuple[str, int, int, int, int]]:
    """The opcodes of two middles that both begin at `start`."""
    try:
        found = bounded.opcodes(before, after, Work(MOST_BLOCK_PAIRS))
    except TooMuchError:
        found = [("replace", 0, len(before), 0, len(after))]
    for what, *places in found:
        one, end, begin, stop = (start + place for place in places)
        yield what, one, end, begin, stop


def _shared(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """How many are the same from the beginning on."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _passages(before: list[str], after: list[str]) -> Iterator[Passage]:
    work = Work(MOST_PAIRS)
    for what, start, end, begin, stop in opcodes(before, after):
        old, new = before[start:end], after[begin:stop]
        if what == "equal":
            yield from (_whole(SAME, block) for block in old)
            continue
        pairs = min(len(old), len(new))
        for was, now in zip(old, new, strict=False):
            yield from _changed(was, now, work)
        yield from (_whole(GONE, block) for block in old[pairs:])
        yield from (_whole(NEW, block) for block in new[pairs:])


def _whole(kind: str, block: str) -> Passage:
    return Passage(kind, (Piece(kind, words_of(block)),))


def _changed(was: str, now: str, work: Work) -> tuple[Passage, ...]:
    words = words_of(was).split(), words_of(now).split()
    try:
        return (Passage(CHANGED, tuple(_pieces(*words, work))),)
    except TooMuchError:
        return _whole(GONE, was), _whole(NEW, now)


def _pieces(old: list[str], new: list[str], work: Work) -> Iterator[Piece]:
    for what, start, end, begin, stop in bounded.opcodes(old, new, work):
        if what == "equal":
            yield Piece(SAME, " ".join(old[start:end]))
            continue
        if end > start:
            yield Piece(GONE, " ".join(old[start:end]))
        if stop > begin:
            yield Piece(NEW, " ".join(new[begin:stop]))


def _condensed(passages: list[Passage]) -> list[Passage]:
    """Leave out what is far from every change."""
    changed = [place for place, passage in enumerate(passages) if passage.kind != SAME]
    near = {place + step for place in changed for step in range(-CONTEXT, CONTEXT + 1)}
    kept: list[Passage] = []
    for place, passage in enumerate(passages):
        if place in near:
            kept.append(passage)
        elif not kept or kept[-1].kind != LEFT_OUT:
            kept.append(Passage(LEFT_OUT, ()))
    return kept
