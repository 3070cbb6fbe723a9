"""What the lint is told of a draft: everything it judges, and nothing it must fetch."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.vocabulary import Audience, Origin, RefType


@dataclass(frozen=True, slots=True)
class Reference:
    """A work in the reference list; `in_library` when the house has it on record."""

    key: str
    kind: str = RefType.ARTICLE
    csl: Mapping[str, Any] = field(default_factory=dict)
    retracted_on: dt.date | None = None
    in_library: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the text comes from; a machine's text names the tool and the day."""

    kind: str = Origin.HUMAN
    tool: str = ""
    date: dt.date | None = None

    @property
    def is_by_machine(self) -> bool:
        return self.kind in {Origin.MACHINE_ASSISTED, Origin.MACHINE_GENERATED}


@dataclass(frozen=True, slots=True)
class RegulatoryFact:
    """
    Something that is true by law or rule in one place, from one day to another.

    A text that has one of the phrases states the fact; `articles.phrases` says how they
    are looked for. `valid_to` is the last day on which it was true.
    """

    phrases: tuple[str, ...]
    statement: str
    jurisdiction: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str

    def is_expired(self, today: dt.date) -> bool:
        return self.valid_to is not None and self.valid_to < today


@dataclass(frozen=True, slots=True)
class Draft:
    """
    `bodies` holds the main text under `audience` and every other rendition.

    `publishers` are the names under which the house and its board are known. Where the
    tier is known to be A, what would ask for tier A is not found again.
    """

    question: str = ""
    headline: str = ""
    key_answer: str = ""
    audience: str = Audience.CLINICIAN
    bodies: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    authors: tuple[str, ...] = ()
    origin: Provenance = Provenance()
    facts: tuple[RegulatoryFact, ...] = ()
    publishers: tuple[str, ...] = ()
    tier: str = ""
    today: dt.date = dt.date.min
