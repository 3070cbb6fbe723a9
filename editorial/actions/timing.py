"""More time for a review: asked for by its reviewer, granted or set by an editor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from editorial import pace, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.models import Assignment

LONGEST = dt.timedelta(days=90)
"""How far ahead a review can be promised."""


def ask_more_time(
    assignment_id: int,
    *,
    by: User,
    until: dt.date,
    reason: str,
    seen: int | None = None,
) -> Assignment:
    """
    Ask the editor for a later day; nothing moves until they grant it.

    While a request is open, only one for a later day still is asked.
    """
    noted = Noted(facts={"until": until.isoformat()})
    with taking(
        workflow.ASK_MORE_TIME,
        assignment_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ) as assignment:
        asked = _end_of(until)
        if assignment.due_at is not None and asked <= assignment.due_at:
            message = "That is no later than the day it is due."
            raise Refused(message)
        if assignment.asked_until is not None and asked <= assignment.asked_until:
            message = "You asked for that already; the editor has not answered yet."
            raise Refused(message)
        pace.keep(assignment, workflow.ASK_MORE_TIME.kind)
        assignment.asked_until = asked
    return assignment


def extend(
    assignment_id: int,
    *,
    by: User,
    until: dt.date,
    reason: str = "",
    seen: int | None = None,
) -> Assignment:
    """
    Move the day a review is due.

    The reminders of the day before are void, and those of the new one begin anew.
    """
    noted = Noted(facts={"until": until.isoformat()})
    with taking(
        workflow.EXTEND, assignment_id, by=by, reason=reason, seen=seen, noted=noted
    ) as assignment:
        pace.keep(assignment, workflow.EXTEND.kind)
        assignment.due_at = _end_of(until)
        assignment.asked_until = None
        assignment.last_reminder = None
    return assignment


def last_day() -> dt.date:
    """The last day that a review can be promised for."""
    return (timezone.now() + LONGEST).date() - dt.timedelta(days=1)


def _end_of(day: dt.date) -> dt.datetime:
    """The end of a day that is still to come, and not too far."""
    if day <= timezone.localdate():
        message = "Name a day that is still to come."
        raise Refused(message)
    if day > last_day():
        message = f"Name a day within {LONGEST.days} days."
        raise Refused(message)
    return dt.datetime.combine(day, dt.time(23, 59), tzinfo=dt.UTC)
