"""What the house does by the clock: remind people, replace who stays silent."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from articles.states import VersionState
from editorial import people, rules, workflow
from editorial.actions import inviting
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from reviews import reminders
from reviews.models import Assignment
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

SILENT = "No answer came in time."
LATE = "The review was ten days overdue, and an alternate stood by."
NOBODY = "No alternate can step in."


def remind(assignment_id: int) -> None:
    """
    Send the reminder that is due, to the reviewer or, at the end, to the editor.

    Whoever is reminded of an invitation late, after an outage, has a day to answer.
    """
    system = people.system()
    assignment = Assignment.objects.get(pk=assignment_id)
    overdue = reminders.slot(assignment) == reminders.OVERDUE
    if overdue and _is_replaced(assignment):
        return
    step = workflow.REPORT_OVERDUE if overdue else workflow.REMIND
    noted = Noted()
    with taking(step, assignment_id, by=system, noted=noted) as locked:
        locked.last_reminder = reminders.slot(locked)
        noted.facts["day"] = locked.last_reminder
        if locked.due_at is None:
            a_day_from_now = timezone.now() + reminders.A_DAY
            locked.respond_by = max(locked.respond_by, a_day_from_now)


def _is_replaced(assignment: Assignment) -> bool:
    """Whether an alternate took the place of somebody ten days late."""
    if not assignment.version.alternates.exists():
        return False
    try:
        lapse(assignment.pk)
    except Refused:
        return False
    return True


def lapse(assignment_id: int) -> None:
    """End what nobody waits for any longer, and let the next alternate step in."""
    system, noted = people.system(), Noted()
    with taking(workflow.LAPSE, assignment_id, by=system, noted=noted) as locked:
        was_late = locked.due_at is not None
        locked.lapse(reason=LATE if was_late else SILENT)
        stepped_in = inviting.step_in(locked, noted=noted)
        if was_late and stepped_in is None:
            raise Refused(NOBODY)


def remind_authors(version_id: int) -> None:
    """Ask the authors of a returned version to go on, once its day has come."""
    with taking(workflow.REMIND_AUTHORS, version_id, by=people.system()):
        pass


def remind_due() -> int:
    """Do what is due by the clock, each once; returns how many deeds it took."""
    reviews = _each(lapse, _silent()) + _each(remind, [*_unanswered(), *_due()])
    return reviews + _each(remind_authors, _returned())


def _each(deed: Callable[[int], None], rows: Iterable[int]) -> int:
    done = 0
    for pk in rows:
        try:
            deed(pk)
            done += 1
        except (MovedOn, Refused):
            logger.info("What was due for %s moved on before its day", pk)
    return done


def _returned() -> list[int]:
    """Returned versions of which the authors are to be reminded by now."""
    now = timezone.now()
    first, last = reminders.AFTER_A_RETURN[0], reminders.NO_LONGER
    found = rules.waiting_for_authors().filter(
        state=VersionState.RETURNED,
        decided_at__lte=now - first * reminders.A_DAY,
        decided_at__gte=now - last * reminders.A_DAY,
    )
    rows = found.order_by("decided_at", "pk").values_list("pk", "decided_at", "told_at")
    return [pk for pk, *moments in rows if reminders.is_authors_turn(*moments)]


def _invited() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        state=AssignmentState.INVITED, version__state=VersionState.UNDER_REVIEW
    ).order_by("respond_by", "pk")


def _silent() -> list[int]:
    """Invitations whose day has passed after a reminder."""
    over = _invited().filter(
        respond_by__lte=timezone.now(), last_reminder__isnull=False
    )
    return list(over.values_list("pk", flat=True))


def _unanswered() -> list[int]:
    """Invitations whose day is near, and of which nobody has been reminded."""
    near = timezone.now() - reminders.ANSWER * reminders.A_DAY
    waiting = _invited().filter(respond_by__lte=near, last_reminder=None)
    return list(waiting.values_list("pk", flat=True))


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
        else:  # the editor has a request for more time to answer first
            come &= Q(asked_until=None) | Q(asked_until__lte=now)
        pending |= come & (Q(last_reminder=None) | Q(last_reminder__lt=day))
    found = Assignment.objects.filter(
        pending,
        state=AssignmentState.ACCEPTED,
        version__state=VersionState.UNDER_REVIEW,
    )
    return list(found.order_by("due_at", "pk").values_list("pk", flat=True))
