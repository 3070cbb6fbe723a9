"""
Which texts are about what a question is about, by the vectors that a process remembers.

One statement says whether they are still those of the database; what was learned or
taken down since then is read or dropped. Whoever quotes reads the passages themselves
from the database, so that nothing is ever quoted that is not public any more.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from django.db.models import Count, Sum

from articles.asking import meaning
from articles.models import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from articles.asking.meaning import Vectors

Seal = tuple[int, int | None]

MOST_NEW = 500
"""Entries that are looked up one by one; of more, all are read."""


class Held(NamedTuple):
    """What entries ask and say, by their keys, with their articles, in one order."""

    seal: Seal
    keys: NDArray[np.int64]
    articles: NDArray[np.int64]
    asks: Vectors
    says: Vectors

    def saying(self, vector: Vectors, count: int) -> list[int]:
        """The articles whose texts are about this, nearest first."""
        return self._best(self.says @ vector, count)

    def asking(self, vector: Vectors, count: int) -> list[int]:
        """The articles whose questions are about this, nearest first."""
        return self._best(self.asks @ vector, count)

    def how_near(
        self, vectors: Vectors, vector: Vectors, articles: Iterable[int]
    ) -> dict[int, float]:
        """Of these articles, by `asks` or `says`, the nearest rendition of each."""
        rows = np.isin(self.articles, list(articles))
        values = (vectors[rows] @ vector).tolist()
        best: dict[int, float] = {}
        for article, value in zip(self.articles[rows].tolist(), values, strict=True):
            best[article] = max(best.get(article, -1.0), value)
        return best

    def middle(self, articles: list[int]) -> Vectors:
        """What lies amid the questions of these articles."""
        found = self.asks[np.isin(self.articles, articles)]
        if not len(found):
            return np.zeros(meaning.SIZE, np.float32)
        mean: Vectors = found.mean(axis=0)
        return mean

    def _best(self, near: Vectors, count: int) -> list[int]:
        if not len(near):
            return []
        most = min(count * 2, len(near))  # some articles have several renditions
        best = np.argpartition(-near, most - 1)[:most]
        ordered = best[np.argsort(-near[best], kind="stable")]
        return list(dict.fromkeys(self.articles[ordered].tolist()))[:count]


def _nothing() -> Held:
    none = np.empty(0, np.int64)
    no_vectors = np.empty((0, meaning.SIZE), np.float32)
    return Held((0, None), none, none, no_vectors, no_vectors)


class Memory:
    """The vectors of one process. What `held` gives never changes, so threads share it."""

    def __init__(self) -> None:
        self._held = _nothing()
        self._reading = Lock()

    def held(self) -> Held:
        """The vectors as they are now."""
        seal = _seal()
        if self._held.seal == seal:
            return self._held
        with self._reading:
            if self._held.seal != seal:
                self._held = _follow(self._held)
            return self._held

    def forget(self) -> None:
        self._held = _nothing()


def _quotable() -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(vector__isnull=False)


def _seal() -> Seal:
    """
    How many entries have a vector, and the sum of their keys.

    A key gets its vector once and is never given again; so for another set to look
    the same, as many must have come as went, and of the same sum.
    """
    found = _quotable().aggregate(count=Count("pk"), sum=Sum("pk"))
    return found["count"], found["sum"]


def _follow(held: Held) -> Held:
    """What there is now, of which only what is new is read."""
    now = np.fromiter(_quotable().values_list("pk", flat=True), np.int64)
    new = np.setdiff1d(now, held.keys).tolist()
    if len(new) > MOST_NEW:
        return _joined(_nothing(), _quotable())
    stays = np.isin(held.keys, now)
    kept = Held(
        held.seal,
        held.keys[stays],
        held.articles[stays],
        held.asks[stays],
        held.says[stays],
    )
    return _joined(kept, _quotable().filter(pk__in=new))


def _joined(held: Held, more: QuerySet[SearchEntry]) -> Held:
    """The seal is of what is held, so that a row missed now is found next time."""
    rows = list(more.values_list("pk", "article", "vector"))
    ids = np.array([row[:2] for row in rows], np.int64).reshape(len(rows), 2)
    keys = np.concatenate([held.keys, ids[:, 0]])
    both = meaning.unpacked([row[2] for row in rows if row[2] is not None])
    return Held(
        (len(keys), int(keys.sum()) if len(keys) else None),
        keys,
        np.concatenate([held.articles, ids[:, 1]]),
        np.concatenate([held.asks, both[0::2]]),
        np.concatenate([held.says, both[1::2]]),
    )


MEMORY = Memory()
