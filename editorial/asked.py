"""Which questions of readers wait, and which of them ask the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.asking import alike
from editorial.models import Question

if TYPE_CHECKING:
    from django.db.models import QuerySet

Disposition = Question.Disposition

COMPARED = 500
"""Questions, the newest of them, with which another is compared."""

FINAL = (Disposition.NOT_CLINICAL, Disposition.OUT_OF_SCOPE, Disposition.PERSONAL)
"""With what is none of the library's business no other question waits."""


def waiting() -> QuerySet[Question]:
    """One of each group that nobody has decided on."""
    return Question.objects.filter(group=None, decided_at=None)


def asking_the_same(words: str) -> int | None:
    """The key of the question that waits and asks this; None where none does."""
    found = list(waiting().order_by("-pk")[:COMPARED])
    place = alike.nearest(words, [question.words for question in found])
    return None if place is None else found[place].pk


def like(question: Question, most: int) -> list[Question]:
    """Others that may ask the same, nearest first, of what is or will be answered."""
    others = Question.objects.filter(group=None).exclude(pk=question.pk)
    others = others.exclude(disposition__in=FINAL).exclude(words="")
    found = list(others.order_by("-pk")[:COMPARED])
    order = alike.nearest_first(question.words, [row.words for row in found])
    return [found[place] for place, _ in order[:most]]
