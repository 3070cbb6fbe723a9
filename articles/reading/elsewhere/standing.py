"""How far a text may be relied on, in the words that machines are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from articles.states import Standing

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
_VOUCHED_IN = frozenset({Standing.PREVIEW, Standing.PUBLISHED})
"""The standings in which an approval, where there is one, still speaks for the text."""

PRINTED_IN = frozenset(
    {
        *(Standing.PUBLISHED, Standing.CONCERN, Standing.HELD),
        *(Standing.RETRACTED, Standing.ARCHIVED),
    }
)
"""The standings of a text that was published and can still be read."""


def said(trust: Trust) -> str:
    """One of a handful of sentences; never that it is approved when it is not."""
    if trust.approval is None:
        return PENDING
    return _SAID.get(Standing(trust.standing), NOT_YET_OUT)


def vouched(trust: Trust) -> Approval | None:
    """The approval that covers the text shown, while it speaks for it."""
    return trust.approval if Standing(trust.standing) in _VOUCHED_IN else None


def is_out(trust: Trust) -> bool:
    """Whether the text is published, and approved as it stands."""
    return trust.standing == Standing.PUBLISHED and vouched(trust) is not None


def is_printed(trust: Trust) -> bool:
    """
    Whether there is a PDF of the text, which carries every notice on each of its pages.

    A text that is not approved has none, nor has any in a house that makes none.
    """
    was_out = trust.approval is not None and Standing(trust.standing) in PRINTED_IN
    return was_out and bool(settings.PDF)


def last_published(trust: Trust) -> dt.datetime | None:
    """When the public text became what it is."""
    return max((seen.published_at for seen in trust.history), default=None)
