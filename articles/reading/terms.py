"""What readers are told of a term of the glossary."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
