"""When a reviewer is reminded: days from the due date, and which of them has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from reviews.models import Assignment

DAYS = (-3, 0, 3, 7)
OVERDUE = 10
"""Days after which the editor is told instead."""

SLOTS = (*DAYS, OVERDUE)


def slot(assignment: Assignment) -> int | None:
    """
    The latest reminder whose day has come, as days from the due date, or None.

    After an outage the earlier ones are not made up for: one mail, not four.
    """
    if assignment.due_at is None:
        return None
    today = timezone.now()
    come = [day for day in SLOTS if assignment.due_at + dt.timedelta(days=day) <= today]
    return come[-1] if come else None
