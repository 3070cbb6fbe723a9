"""The status bar and the caution, in words, from the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.reading import words
from articles.states import Standing

if TYPE_CHECKING:
    import datetime as dt

    from articles.reading.facts import PublicVersion, Trust
    from articles.reading.text import Text

_LABELS = {
    "submitted": "Submitted",
    "under-review": "Under review",
    "approved": "Approved",
}
_ORDER = tuple(_LABELS)


_NOTICES = {
    Standing.CONCERN: "The editors have doubts about this article and look into them.",
    Standing.HELD: "This article was stopped while the editors look into it.",
    Standing.RETRACTED: "The editors have taken back what this article says.",
    Standing.REMOVED: "The editors have taken this article out of the library.",
    Standing.ARCHIVED: "Nobody keeps this article up to date any more.",
}
_OLD = "What it says may be out of date; do not rely on it alone."
_UNRELIABLE = "Do not rely on any version of it."


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above a text on which nobody should rely as it is."""

    code: str
    label: str
    words: str


def notice(standing: str) -> Notice | None:
    """None while the article is as good as its approval says."""
    known = Standing(standing)
    if known not in _NOTICES:
        return None
    is_only_old = known is Standing.ARCHIVED
    said = f"{_NOTICES[known]} {_OLD if is_only_old else _UNRELIABLE}"
    return Notice(standing, str(known.label), said)


@dataclass(frozen=True, slots=True)
class Step:
    """`shape` is done, now or todo."""

    label: str
    shape: str
    words: SafeString

    @property
    def is_current(self) -> bool:
        return self.shape == "now"


@dataclass(frozen=True, slots=True)
class Status:
    """`caution` is empty exactly while an approval covers the text."""

    code: str
    steps: tuple[Step, ...]
    caution: SafeString


def of(text: Text, trust: Trust) -> Status:
    """
    Where the text stands now.

    Raises ValueError when the facts claim an approval that they do not hold.
    """
    code = trust.review_status
    if (code == "approved") != (trust.approval is not None):
        raise ValueError(f"{text.slug}: “{code}” disagrees with its approval.")
    if trust.approval:
        return _approved(text, trust.approval.approved_at)
    reached = _ORDER.index(code)
    reviews = words.reviews_in(trust.reviews_in, trust.reviews_needed)
    review = format_html("Since {}, {}", words.day(text.review_started_at), reviews)
    return Status(
        code,
        _steps(reached, (words.day(text.submitted_at), review, SafeString())),
        _waiting(text) if reached == 0 else _under_review(reviews),
    )


def of_kept(text: Text, kept: PublicVersion) -> Status:
    """Where a text stood that the public has seen and a newer one replaced."""
    return _approved(text, kept.approved_at)


def _approved(text: Text, approved_at: dt.datetime) -> Status:
    approved = words.day(approved_at)
    review = words.period(text.review_started_at, approved_at)
    version = format_html("{}, version {}", approved, text.number)
    return Status(
        "approved",
        _steps(2, (words.day(text.submitted_at), review, version)),
        SafeString(),
    )


def _steps(reached: int, said: tuple[SafeString, ...]) -> tuple[Step, ...]:
    shapes = ("done",) * reached + ("now",) + ("todo",) * (2 - reached)
    return tuple(
        Step(label, shape, SafeString("Not yet") if shape == "todo" else words_)
        for label, shape, words_ in zip(_LABELS.values(), shapes, said, strict=True)
    )


def _waiting(text: Text) -> SafeString:
    since = words.day(text.submitted_at)
    return format_html("It has waited for medical review since {}.", since)


def _under_review(reviews: str) -> SafeString:
    return format_html("It is under medical review, with {}.", reviews)
