"""When reviewers and authors are reminded, and which of those days has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from reviews.models import Assignment

DAYS = (-3, 0, 3, 7)
OVERDUE = 10
"""Days after which an alternate steps in, or the editor is told instead."""

SLOTS = (*DAYS, OVERDUE)

ANSWER = -1
"""An invitation is reminded of once, the day before it must be answered."""

A_DAY = dt.timedelta(days=1)

AFTER_A_RETURN = (14, 30, 60)
"""Days after which the authors of a returned version are asked to go on."""

APART = 7
"""The least days between two of these, also after an outage."""

NO_LONGER = 90
"""Days after which nobody is asked any more."""


def slot(assignment: Assignment) -> int | None:
    """
    The latest reminder whose day has come, as days from the due date, or None.

    After an outage the earlier ones are not made up for: one mail, not four.
    """
    now = timezone.now()
    if assignment.due_at is None:
        return ANSWER if assignment.respond_by + ANSWER * A_DAY <= now else None
    come = [day for day in SLOTS if assignment.due_at + day * A_DAY <= now]
    return come[-1] if come else None


def is_given_up(assignment: Assignment) -> bool:
    """
    Whether nobody waits any longer: no answer after a reminder, or ten days late.

    Whoever asked for more time is waited for until the editor has answered, or the day
    they asked for has passed.
    """
    if assignment.due_at is not None:
        return slot(assignment) == OVERDUE and not asks_for_time(assignment)
    was_reminded = assignment.last_reminder is not None
    return was_reminded and assignment.respond_by <= timezone.now()


def asks_for_time(assignment: Assignment) -> bool:
    """Whether they asked for more, nobody has answered, and that day is to come."""
    asked = assignment.asked_until
    return asked is not None and asked > timezone.now()


def ahead(assignment: Assignment) -> list[tuple[int, dt.datetime]]:
    """What the clock still does for it, as days from its date, each with its moment."""
    promised, slots = assignment.due_at, tuple[int, ...](SLOTS)
    if promised is None:
        promised, slots = assignment.respond_by, (ANSWER, 0)
    now, last = timezone.now(), assignment.last_reminder
    days = [(day, promised + day * A_DAY) for day in slots]
    if assignment.due_at and (asked := assignment.asked_until):
        days[-1] = (OVERDUE, max(days[-1][1], asked))
    return [(day, at) for day, at in days if at > now and (last is None or day > last)]


def is_authors_turn(returned_at: dt.datetime, told_at: dt.datetime | None) -> bool:
    """
    Whether authors who were last told then are to be asked now to go on.

    Of the days that have come only the latest counts, and it waits until what was told
    late of the one before lies `APART` days back.
    """
    now = timezone.now()
    days = (returned_at + day * A_DAY for day in AFTER_A_RETURN)
    due = max((at for at in days if at <= now), default=None)
    if due is None or now > returned_at + NO_LONGER * A_DAY:
        return False
    return told_at is None or (told_at < due and told_at <= now - APART * A_DAY)
