"""
Which questions ask the same, though in other words.

Nearness alone does not tell: what is safe for one medicine is near to what is safe for
another. So the rare words of two questions, which name what they are about, must be the
same as well. A question that stands alone costs an editor one look; one that is hidden
behind another is never answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from articles.asking import meaning
from articles.search import question as asked
from articles.search import words

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = 0.8
"""How near two questions are that ask the same; see the tests of this module."""


def folded(question: str) -> str:
    """The words of a question, by which it is known to be the very same."""
    return " ".join(words.asked(question))


def nearest(question: str, others: Sequence[str]) -> int | None:
    """The place of the one among `others` that asks the same; None where none does."""
    same = folded(question)
    for place, other in enumerate(others):
        if same and folded(other) == same:
            return place
    named = _named(question)
    for place, near in nearest_first(question, others):
        if near < NEAR:
            return None
        if _named(others[place]) == named:
            return place
    return None


def nearest_first(question: str, others: Sequence[str]) -> list[tuple[int, float]]:
    """The places of the others, each with how near it is in meaning: from -1 to 1."""
    vector = meaning.vector(question)
    near = [float(np.dot(meaning.vector(other), vector)) for other in others]
    return sorted(enumerate(near), key=lambda found: -found[1])


def _named(question: str) -> frozenset[str]:
    """What it is about: things that have names, rare words and numbers."""
    return frozenset(
        min(" ".join(term.words).removesuffix("s") for term in part.group.terms)
        for part in asked.read(question).parts
        if len(part.group.terms) > 1 or _is_rare(part.group.said)
    )


def _is_rare(word: str) -> bool:
    one = word.removesuffix("s")
    return word.isdigit() or (meaning.is_rare(word) and meaning.is_rare(one))
