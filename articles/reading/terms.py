"""
The terms of the glossary on a page: where each stands first, and what it means.

Only the printed page knows of them. The text that was approved, and whatever is made
of it for machines, stays as it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.content import Spellings, explain
from articles.glossary import MOST_ON_A_PAGE


@dataclass(frozen=True, slots=True)
class Term:
    """A term as readers are told it; `approver` as the board lets them be named."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    definition: str
    source: str
    approver: str
    role: str
    approved_at: dt.datetime

    @property
    def path(self) -> str:
        return f"/glossary/#{self.slug}"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The approved terms; `number` counts the deeds on the glossary so far."""

    terms: tuple[Term, ...] = ()
    number: int = 0


class Explained(NamedTuple):
    """The parts of a page with their terms as links, and those terms in their order."""

    parts: list[SafeString]
    terms: list[Term]


def explained(parts: list[SafeString], glossary: Glossary) -> Explained:
    """Parts of one page, from top to bottom: a term is explained once on all of it."""
    if not glossary.terms:
        return Explained(parts, [])
    met: list[int] = []
    spellings = _ready(tuple((t.name, *t.spellings) for t in glossary.terms))
    html = [explain(part, spellings, met, most=MOST_ON_A_PAGE) for part in parts]
    return Explained(list(map(SafeString, html)), [glossary.terms[n] for n in met])


@lru_cache(maxsize=2)
def _ready(spellings: tuple[tuple[str, ...], ...]) -> Spellings:
    """Made once for a glossary: whoever publishes many has the same for each."""
    return Spellings(spellings)
