"""
A question and what approved texts say to it.

Full-text search finds the words of a question, vectors find its meaning; either misses
what the other sees, so what they find is weighed together. Questions that are near to
those of the best few count as well: who asks in their own words names seldom what
articles are called by, and where one article on it is found the others should be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from articles.asking import meaning, nearest
from articles.models import Passage
from articles.search import finding
from articles.search.plan import Where
from articles.states import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.asking.meaning import Vectors
    from articles.asking.nearest import Held

LOOKED_AT = 100
"""Texts that full-text search, and those that meaning may bring in."""

BY_WORDS, BY_QUESTION, BY_NEIGHBOURS = 0.5, 0.5, 2.0
"""What each counts beside the nearest passage, which counts one."""

HALVED = 10
"""The place in full-text search that counts half as much as the first would."""

NEIGHBOURS_OF, OWN = 3, 0.2
"""How many are the best few, and how much of the question stays in what they are about."""

SHOWN = 3
"""Passages, each of an article of its own, that make an answer."""


ENOUGH = 0.28
"""
How far a passage must stand out to be quoted; see `python -m bench ask`.

Chosen so that of questions whose every article had been taken out of the library about
three in four get no answer.
"""

FAR = 0.3
"""How near a text mostly is that has nothing to do with a question."""


class Ranking(NamedTuple):
    """Articles in their order, and how near the best passage of each is, as far as known."""

    articles: list[int]
    near: dict[int, float]

    def stands_out(self, article: int) -> float:
        """
        How much nearer it is than texts are that were looked at for this question.

        Nearness itself says little: short questions are near to nothing.
        """
        missing = max(LOOKED_AT - len(self.near), 0)
        usual = (sum(self.near.values()) + FAR * missing) / (len(self.near) + missing)
        return self.near.get(article, -1.0) - usual


@dataclass(frozen=True, slots=True)
class Answer:
    """The best passages, of an article each; none where nothing is good enough."""

    passages: list[Passage] = field(default_factory=list)


def answer(question: str, *, about: int | None = None) -> Answer:
    """What is quoted; first of the article that it is asked `about`, if that answers."""
    vector = meaning.vector(question)
    found = ranked(question, vector)
    best = [article for article in found.articles if article in found.near]
    if about is not None:
        found.near.update(_nearness(vector, [about]))
        best = [about, *(article for article in best if article != about)]
    good = [article for article in best[:SHOWN] if found.stands_out(article) >= ENOUGH]
    return Answer(_quoted(good, vector))


def ranked(question: str, vector: Vectors) -> Ranking:
    """The articles that may answer a question, best first."""
    held = nearest.MEMORY.held()
    worded = by_words(question)
    near = _nearness(vector, {*worded, *held.saying(vector, LOOKED_AT)})
    asked = held.how_near(held.asks, vector, near)
    worth = weighed(worded, near, asked)
    about = _about(vector, held, best_of(worth)[:NEIGHBOURS_OF])
    others = set(held.asking(about, LOOKED_AT)) - near.keys()
    said = held.how_near(held.says, vector, others)
    asked = held.how_near(held.asks, vector, others)
    worth = weighed([], said, asked) | worth
    around = held.how_near(held.asks, about, worth)
    for article, value in around.items():
        worth[article] += BY_NEIGHBOURS * value
    return Ranking(best_of(worth), near)


def by_words(question: str) -> list[int]:
    return finding.find(question, APPROVED).articles[:LOOKED_AT]


def by_meaning(vector: Vectors) -> list[int]:
    held = nearest.MEMORY.held()
    return best_of(_nearness(vector, held.saying(vector, LOOKED_AT)))


def weighed(
    worded: Sequence[int], near: dict[int, float], asked: dict[int, float]
) -> dict[int, float]:
    """What articles are worth by their places among words, and by two nearnesses."""
    worth: dict[int, float] = defaultdict(float, near)
    for place, article in enumerate(worded):
        worth[article] += BY_WORDS * HALVED / (HALVED + place)
    for article, value in asked.items():
        worth[article] += BY_QUESTION * value
    return worth


def best_of(worth: dict[int, float]) -> list[int]:
    return sorted(worth, key=lambda article: -worth[article])


def _about(vector: Vectors, held: Held, best: list[int]) -> Vectors:
    return meaning.unit(OWN * vector + (1 - OWN) * held.middle(best))


def _nearness(vector: Vectors, articles: Iterable[int]) -> dict[int, float]:
    """How near the nearest passage of each article is: from -1 to 1."""
    rows = Passage.objects.filter(entry__article__in=list(articles))
    found = list(rows.values_list("entry__article", "vector"))
    near = meaning.unpacked([held for _, held in found]) @ vector
    best: dict[int, float] = {}
    for (article, _), value in zip(found, near.tolist(), strict=True):
        best[article] = max(best.get(article, -1.0), value)
    return best


def _quoted(articles: Sequence[int], vector: Vectors) -> list[Passage]:
    """Of each article that is still public, the passage that is nearest."""
    rows = Passage.objects.filter(entry__article__in=articles).order_by("pk")
    best: dict[int, tuple[float, Passage]] = {}
    for row in rows.select_related("entry__version").defer(*UNREAD):
        value = float(np.dot(meaning.unpacked([row.vector])[0], vector))
        if value > best.get(row.entry.article_id, (-2.0, row))[0]:
            best[row.entry.article_id] = (value, row)
    return [best[article][1] for article in articles if article in best]


UNREAD = ("entry__about", "entry__body", "entry__spelt", "entry__vector")
APPROVED = Where(standing=Standing.PUBLISHED.value)
