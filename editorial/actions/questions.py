"""What readers ask and no article answers: taken down without an account."""

from __future__ import annotations

from articles.asking import alike
from editorial.models import Question

COMPARED = 500
"""Open questions, the newest of them, with which a new one is compared."""


def ask(words: str) -> Question:
    """Keep it for the desk, with those that ask the same."""
    return Question.objects.create(words=words, group=_asking_the_same(words))


def _asking_the_same(words: str) -> Question | None:
    waiting = list(Question.objects.filter(group=None).order_by("-pk")[:COMPARED])
    place = alike.nearest(words, [question.words for question in waiting])
    return None if place is None else waiting[place]
