"""
Phrases that editors write down, and where a text has them.

One phrase to a line. A hyphen and a space are the same, any run of spaces is one, and
“…” or three points stand for a few words of the same sentence. Editors write no
patterns of their own: a wrong one could find everything, or never end.

The words of a text are the bits of a number, so that a phrase is looked for in the
whole text by a handful of operations, however often its words are there.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

MOST_FACTS = 200
MOST_PHRASES = 30
LONGEST_PHRASE = 120
SHORTEST_PHRASE = 4
MOST_GAPS = 2
LONGEST_GAP = 12  # words

_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
_WORD = re.compile(r"\w+|[^\w\s-]")
_STOP = "."


def lines(phrases: str) -> list[str]:
    return [line for text in phrases.splitlines() if (line := " ".join(text.split()))]


def objection(phrases: str) -> str | None:
    """Why these phrases cannot be looked for, in a sentence."""
    found = lines(phrases)
    if not found:
        return "Give at least one phrase."
    if len(found) > MOST_PHRASES:
        return f"Give at most {MOST_PHRASES} phrases."
    for phrase in found:
        parts = _GAP.split(phrase)
        if len(phrase) > LONGEST_PHRASE:
            return f"Keep each phrase within {LONGEST_PHRASE} characters."
        if min(map(_letters, parts)) < 1 or _letters(phrase) < SHORTEST_PHRASE:
            return f"“{phrase}” is too short to mean anything."
        if len(parts) > MOST_GAPS + 1:
            return f"A phrase has at most {MOST_GAPS} gaps."
    return None


class Place(NamedTuple):
    """Where a phrase stands: in which sentence, and from where to where in it."""

    sentence: int
    start: int
    end: int


class _Step(NamedTuple):
    """A part of a phrase: how many words it has, and where it ends in a text."""

    length: int
    ends: int


class Words:
    """The words of some sentences; a stop, and a sentence's end, closes every gap."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.places: list[Place] = []
        self.at: dict[str, list[int]] = defaultdict(list)
        self.firsts: list[int] = []
        for number, sentence in enumerate(sentences):
            self.firsts.append(len(self.places))
            for word in _WORD.finditer(sentence):
                self.at[word[0].lower()].append(len(self.places))
                self.places.append(Place(number, *word.span()))
            self.at[_STOP].append(len(self.places))
            self.places.append(Place(number, len(sentence), len(sentence)))
        self.masks: dict[str, int] = {}
        self.open = ~self.mask(_STOP)

    def mask(self, word: str) -> int:
        """The places of a word as the bits of a number."""
        if word not in self.masks:
            bits = bytearray(len(self.places) // 8 + 1)
            for at in self.at.get(word, ()):
                bits[at >> 3] |= 1 << (at & 7)
            self.masks[word] = int.from_bytes(bits, "little")
        return self.masks[word]

    def first_in_each(self, phrases: Sequence[str]) -> Iterator[Place]:
        """Where any of the phrases ends first, in each sentence that has one."""
        found = [steps for phrase in phrases if (steps := self._steps(_parts(phrase)))]
        ends = reduce(or_, (steps[-1].ends for steps in found), 0)
        standing = [[(s.length, _bytes(s.ends)) for s in steps] for steps in found]
        for end in self._one_in_each(ends):
            here = next(one for one in standing if _has(one[-1][1], end))
            start, number = _start(here, end), bisect(self.firsts, end) - 1
            yield Place(number, self.places[start].start, self.places[end].end)

    def _steps(self, parts: tuple[tuple[str, ...], ...]) -> list[_Step]:
        """Where each part of a phrase ends behind those before it; nothing without all."""
        reached = -1
        found: list[_Step] = []
        for part in parts:
            ends = self._ends(part, reached, is_last=part is parts[-1])
            if not ends:
                return []
            found.append(_Step(len(part), ends))
            reached = self._reached(ends)
        return found

    def _ends(self, part: tuple[str, ...], reached: int, *, is_last: bool) -> int:
        """Where the words of a part end that begin at a place that was reached."""
        if any(word not in self.at for word in part[:-1]):
            return 0
        standing = reached
        for number, word in enumerate(part):
            mask = self.mask(word)
            if is_last and number == len(part) - 1:
                mask |= self.mask(f"{word}s") | self.mask(f"{word}es")
            standing = (standing << 1 if number else standing) & mask
        return standing

    def _reached(self, ends: int) -> int:
        """Where the next part may begin: within a gap, and in the same sentence."""
        step = reached = ends << 1
        for _ in range(LONGEST_GAP):
            step = (step & self.open) << 1
            reached |= step
        return reached

    def _one_in_each(self, ends: int) -> Iterator[int]:
        bits = f"{ends:b}"[::-1]
        at = bits.find("1")
        while at >= 0:
            yield at
            number = bisect(self.firsts, at)
            after = self.firsts[number] if number < len(self.firsts) else len(bits)
            at = bits.find("1", after)


def _start(steps: Sequence[tuple[int, bytes]], end: int) -> int:
    """The first word of a phrase that ends there: the nearest ends of its parts."""
    start = end - steps[-1][0] + 1
    for length, ends in steps[-2::-1]:
        end = start - 1
        while not _has(ends, end):
            end -= 1
        start = end - length + 1
    return start


def _bytes(mask: int) -> bytes:
    return mask.to_bytes(mask.bit_length() // 8 + 1, "little")


def _has(mask: bytes, at: int) -> bool:
    return at >> 3 < len(mask) and bool(mask[at >> 3] >> (at & 7) & 1)


@lru_cache(maxsize=MOST_FACTS * MOST_PHRASES)
def _parts(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_WORD.findall(part.lower())) for part in _GAP.split(phrase))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
