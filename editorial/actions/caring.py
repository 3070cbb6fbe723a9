"""What the house does by the clock: remind reviewers, tell editors."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import Q
from django.utils import timezone

from articles.states import VersionState
from editorial import people, workflow
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from reviews import reminders
from reviews.models import Assignment
from reviews.states import AssignmentState

logger = logging.getLogger(__name__)


def remind(assignment_id: int) -> None:
    """Send the reminder that is due, to the reviewer or, at the end, to the editor."""
    system = people.system()
    assignment = Assignment.objects.get(pk=assignment_id)
    overdue = reminders.slot(assignment) == reminders.OVERDUE
    step = workflow.REPORT_OVERDUE if overdue else workflow.REMIND
    noted = Noted()
    with taking(step, assignment_id, by=system, noted=noted) as locked:
        locked.last_reminder = reminders.slot(locked)
        noted.facts["day"] = locked.last_reminder


def remind_due() -> int:
    """Remind of every review whose day has come and was not; returns how many."""
    sent = 0
    for pk in _due():
        try:
            remind(pk)
            sent += 1
        except (MovedOn, Refused):
            logger.info("The review %s moved on before its reminder", pk)
    return sent


def _due() -> list[int]:
    """One clause a reminder, each bound to the latest slot that its dates allow."""
    now = timezone.now()
    pending = Q()
    for day, following in zip(
        reminders.SLOTS, (*reminders.SLOTS[1:], None), strict=True
    ):
        come = Q(due_at__lte=now - dt.timedelta(days=day))
        if following is not None:
            come &= Q(due_at__gt=now - dt.timedelta(days=following))
        pending |= come & (Q(last_reminder=None) | Q(last_reminder__lt=day))
    found = Assignment.objects.filter(
        pending,
        state=AssignmentState.ACCEPTED,
        version__state=VersionState.UNDER_REVIEW,
    )
    return list(found.order_by("due_at", "pk").values_list("pk", flat=True))
