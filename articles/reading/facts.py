"""
What a public page may say, computed elsewhere from signatures and the record.

The reading room prints these facts and decides nothing; a fact that no record
proves has no field here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from articles.reading.terms import Glossary

NO_TERMS = Glossary()


@dataclass(frozen=True, slots=True)
class Person:
    """A person as printed; `specialties` only where a board membership proves them."""

    name: str
    credentials: str = ""
    affiliation: str = ""
    specialties: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """One signature as the record prints it; anonymous reviewers have no name here."""

    printed_name: str
    role: str
    meaning: str
    statement: str
    signed_at: dt.datetime
    sha256: str
    public_key: str
    value: str
    payload: str


@dataclass(frozen=True, slots=True)
class EventFact:
    """One ledger event as the record prints it."""

    seq: int
    at: dt.datetime
    label: str
    who: str
    version: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """One version the public has seen, with who signed it; see `Trust.history`."""

    number: int
    sha256: str
    approved_at: dt.datetime
    published_at: dt.datetime
    ended_at: dt.datetime | None
    approver: str
    change_summary: str
    signatures: tuple[SignatureFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """
    A notice that was issued; `answers` is the number of the one before it.

    It holds until `ended_at`. `kind` and `after` are codes, the rest is words.
    """

    number: int
    kind: str
    label: str
    after: str
    issued_at: dt.datetime
    ended_at: dt.datetime | None
    version: int
    version_sha256: str
    words: str
    reasons: tuple[str, ...]
    stance: str
    issuer: str
    answers: int | None
    sha256: str
    signatures: tuple[SignatureFact, ...] = ()

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Approval:
    """
    What stands under an approved text.

    Who signed, and for what, comes from signatures; affiliation, specialty and whether
    a reviewer is named are as the board has them today. Those who were not in favour
    are counted `against`, those in favour on whom no approval could rest `not_counted`;
    neither are named.
    """

    approver: Person
    role: str
    approved_at: dt.datetime
    reviewers: tuple[Person, ...]
    unnamed_reviewers: int
    not_counted: int
    against: int
    next_review_due: dt.date
    policy: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """
    Everything a page may say about a version's standing.

    `review_status` is submitted, under-review or approved; `approval` is None
    exactly while no valid approval covers the text. `history` and `notices` begin with
    the newest.
    """

    standing: str
    review_status: str
    submitted_at: dt.datetime | None
    review_started_at: dt.datetime | None
    approval: Approval | None
    first_published_at: dt.datetime | None
    content_changed_at: dt.datetime | None
    reviews_in: int
    reviews_needed: int
    signatures: tuple[SignatureFact, ...]
    events: tuple[EventFact, ...]
    history: tuple[PublicVersion, ...]
    disclaimer: dict[str, str]
    demonstration: bool
    glossary: Glossary = NO_TERMS
    notices: tuple[NoticeFact, ...] = ()

    @property
    def notice(self) -> NoticeFact | None:
        """The one by which the article stands where it does, if it is there."""
        newest = next(iter(self.notices), None)
        return newest if newest and newest.after == self.standing else None
