"""
Two sequences compared as difflib does, with a bound on the work.

Its search takes time with every pair of equal items, and again for each match that it
finds. A bound on lengths either refuses plain prose or lets minutes pass on a text of
a few signs; so the pairs themselves are counted, before they are looked at.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


class TooMuchError(Exception):
    """A comparison would take longer than what is left."""


class Work:
    """How many pairs of equal items may still be looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, pairs: int) -> None:
        if pairs > self.left:
            raise TooMuchError
        self.left -= pairs


class _Bounded(SequenceMatcher[Any]):
    def __init__(
        self, old: Sequence[Hashable], new: Sequence[Hashable], work: Work
    ) -> None:
        work.spend(len(old) + len(new))
        super().__init__(None, old, new, autojunk=False)
        met = (1 + len(self.b2j.get(item, ())) for item in old)  # type: ignore[attr-defined]
        self._pairs = [0, *accumulate(met)]
        self._work = work

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Any:
        end = len(self._pairs) - 1 if ahi is None else ahi
        self._work.spend(self._pairs[end] - self._pairs[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def opcodes(
    old: Sequence[Hashable], new: Sequence[Hashable], work: Work
) -> list[tuple[str, int, int, int, int]]:
    """How one becomes the other; TooMuchError past the work that is left."""
    return list(_Bounded(old, new, work).get_opcodes())


def ratio(one: Sequence[Hashable], other: Sequence[Hashable], work: Work) -> float:
    """How much they share, from 0 to 1; TooMuchError past the work that is left."""
    return _Bounded(one, other, work).ratio()
