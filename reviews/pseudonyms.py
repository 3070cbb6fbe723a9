"""
Names for reviewers that tell nothing: a letter each, the same in the whole article.

Letters are drawn, so that neither the order of the invitations nor that of the names
shows in them.
"""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from reviews import panel
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from articles.models import Version

NAMELESS = "A reviewer"


def draw(version: Version, reviewers: Iterable[int]) -> dict[int, str]:
    """A letter for each reviewer who is asked now; who had one keeps it."""
    known = _known(version)
    for pk in reviewers:
        if pk not in known:
            known[pk] = secrets.choice(_free(set(known.values())))
    return known


def _known(version: Version) -> dict[int, str]:
    """Everybody's letter so far; of a first version, its panel knows them all."""
    if version.number == 1:
        return {a.reviewer_id: a.pseudonym for a in panel.of(version) if a.pseudonym}
    asked = Assignment.objects.filter(version__article=version.article_id)
    lettered = asked.exclude(pseudonym="")
    return dict(lettered.values_list("reviewer", "pseudonym"))


def _free(taken: set[str]) -> list[str]:
    """The letters nobody has; two together once all are given away."""
    return next(free for free in _spare(taken) if free)


def _spare(taken: set[str]) -> Iterator[list[str]]:
    letters = string.ascii_uppercase
    yield [letter for letter in letters if letter not in taken]
    pairs = [one + other for one in letters for other in letters]
    yield [pair for pair in pairs if pair not in taken]


def spelled(letter: str) -> str:
    """Such as “Reviewer K”; those who were asked before there were letters have none."""
    return f"Reviewer {letter}" if letter else NAMELESS
