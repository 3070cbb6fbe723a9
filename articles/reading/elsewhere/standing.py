"""How far a text may be relied on, in the words that machines are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from articles.states import READABLE, Standing

if TYPE_CHECKING:
    import datetime as dt

    from articles.reading.facts import Approval, Trust

PENDING = "Pending human review"
APPROVED = "Approved"
NOT_YET_OUT = "Approved, not yet published"

_SAID = {
    Standing.PUBLISHED: APPROVED,
    Standing.CONCERN: "Expression of concern",
    Standing.HELD: "On hold",
    Standing.RETRACTED: "Retracted",
    Standing.REMOVED: "Removed",
    Standing.ARCHIVED: "No longer maintained",
}
_MARKED = frozenset(_SAID) - {Standing.PUBLISHED}
_VOUCHED_IN = frozenset({Standing.PREVIEW, Standing.PUBLISHED})
"""The standings in which an approval, where there is one, still speaks for the text."""

PRINTED_IN = frozenset(READABLE)


def said(trust: Trust) -> str:
    """One of a handful of sentences; never that it is approved when it is not."""
    if trust.approval is None:
        return PENDING
    return said_of(trust.standing)


def said_of(standing: str) -> str:
    """The same of an article of which only the standing is known, and the approval."""
    return _SAID.get(Standing(standing), NOT_YET_OUT)


def titled(question: str, standing: str) -> str:
    """The question as every output prints it: after a word that nobody can miss."""
    return f"{prefix(standing)}{question}"


def prefix(standing: str) -> str:
    """Such as `RETRACTED: `; empty while an article is as good as its approval says."""
    return f"{_SAID[Standing(standing)].upper()}: " if standing in _MARKED else ""


def vouched(trust: Trust) -> Approval | None:
    """The approval that covers the text shown, while it speaks for it."""
    return trust.approval if Standing(trust.standing) in _VOUCHED_IN else None


def is_out(trust: Trust) -> bool:
    """
    Whether the text was published and can be read, whatever is said of it by now.

    Its files are there as long: whoever has the text from elsewhere must find the notice.
    """
    return trust.approval is not None and Standing(trust.standing) in PRINTED_IN


def is_printed(trust: Trust) -> bool:
    """
    Whether there is a PDF of the text, which carries every notice on each of its pages.

    A text that is not approved has none, nor has any in a house that makes none.
    """
    return is_out(trust) and bool(settings.PDF)


def last_published(trust: Trust) -> dt.datetime | None:
    """When the public text became what it is."""
    return max((seen.published_at for seen in trust.history), default=None)


def last_changed(trust: Trust) -> dt.datetime | None:
    """When what readers see changed last: a text, or what is said of it."""
    told = [notice.issued_at for notice in trust.notices]
    return max((*told, *(seen.published_at for seen in trust.history)), default=None)
