"""What can need a hand, as data: which rows, promised for when, and by what name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Notice, Version
from articles.states import VersionState
from editorial.models import Outbox, Question, ReaderReport
from reviews.models import Assignment
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

Topic = Outbox.Topic

TAKE_DAYS = 3
"""Days in which the desk takes what was submitted, and sends it to review."""
DECIDE_DAYS = 3
"""Working days from the last report that the quorum needed to the decision."""
SOON_DAYS = 3
GRACE = dt.timedelta(hours=1)
"""How late a publication may be before somebody is told."""

FRIDAY = 4
HELD = (Outbox.Status.UNKNOWN, Outbox.Status.PARKED)
WRITTEN = (Topic.MAIL, Topic.DIGEST, Topic.LETTER)


@dataclass(frozen=True, slots=True)
class Bucket:
    """
    Rows of one kind that wait for the same step.

    Each is promised `allowed` after its `moment`, a column by which they are read in
    order; one that is `weighed` is found among the versions longest in review and
    those reported on last.
    """

    code: str
    label: str
    model: type[Model]
    moment: str
    allowed: dt.timedelta
    where: Callable[[dt.datetime], Q]
    weighed: bool = False

    def promised(self, moment: dt.datetime) -> dt.datetime:
        if self.weighed:
            return working_days_after(moment, DECIDE_DAYS)
        return moment + self.allowed


def working_days_after(moment: dt.datetime, days: int) -> dt.datetime:
    """The moment `days` working days later; what happens on a weekend waits for Monday."""
    while moment.weekday() > FRIDAY:
        moment = _midnight(moment)
    for _ in range(days):
        moment += dt.timedelta(days=3 if moment.weekday() == FRIDAY else 1)
    return moment


def _midnight(moment: dt.datetime) -> dt.datetime:
    day = dt.datetime.combine(moment.astimezone(dt.UTC).date(), dt.time(), dt.UTC)
    return day + dt.timedelta(days=1)


def _accepted(now: dt.datetime, *, late: bool) -> Q:
    soon = now + dt.timedelta(days=SOON_DAYS)
    due = Q(due_at__lt=now) if late else Q(due_at__gte=now, due_at__lte=soon)
    return Q(state=AssignmentState.ACCEPTED) & ~_asks_for_time(now) & due


def _asks_for_time(now: dt.datetime) -> Q:
    """Until the day that was asked for; then the review is overdue as it was before."""
    return Q(asked_until__isnull=False, asked_until__gt=now)


def _submitted(*, again: bool) -> Q:
    first = {"number__gt": 1} if again else {"number": 1}
    return Q(state=VersionState.SUBMITTED, article__editor__isnull=False, **first)


def _overdue_publication(now: dt.datetime) -> Q:
    late = Q(status=Outbox.Status.PENDING, available_at__lt=now - GRACE)
    return Q(topic=Outbox.Topic.PUBLISH) & (Q(status__in=HELD) | late)


UNASSIGNED = Q(state=VersionState.SUBMITTED, article__editor=None)
NO_TIME = dt.timedelta()
TAKEN_IN = dt.timedelta(days=TAKE_DAYS)
A_DAY = dt.timedelta(days=1)
TWO_DAYS = 2 * A_DAY
THREE_DAYS = 3 * A_DAY
"""A hold is looked into by then, and ends or becomes something else."""
HALF_A_YEAR = 180 * A_DAY
"""By then a concern is lifted, or the article corrected or retracted."""
DOUBTED_FOR = HALF_A_YEAR - 30 * A_DAY
IN_FORCE = Q(issued_at__isnull=False, ended_at=None)

MORE_TIME = Bucket(
    *("more_time", "More time asked for", Assignment, "due_at", NO_TIME),
    where=lambda now: Q(state=AssignmentState.ACCEPTED) & _asks_for_time(now),
)
OVERDUE = Bucket(
    *("overdue", "Reviews overdue", Assignment, "due_at", NO_TIME),
    where=lambda now: _accepted(now, late=True),
)
DUE = Bucket(
    *("due", "Reviews due", Assignment, "due_at", NO_TIME),
    where=lambda now: _accepted(now, late=False),
)
UNANSWERED = Bucket(
    *("unanswered", "Invitations unanswered", Assignment, "respond_by", NO_TIME),
    where=lambda _: Q(state=AssignmentState.INVITED),
)
TO_ASSIGN = Bucket(
    *("unassigned", "To assign", Version, "submitted_at", TAKEN_IN),
    where=lambda _: UNASSIGNED,
)
TO_SEND = Bucket(
    *("to_send", "To send to review", Version, "submitted_at", TAKEN_IN),
    where=lambda _: _submitted(again=False),
)
REVISIONS = Bucket(
    *("revisions", "Revisions in", Version, "submitted_at", TAKEN_IN),
    where=lambda _: _submitted(again=True),
)
TO_DECIDE = Bucket(
    *("to_decide", "To decide", Version, "review_started_at", NO_TIME),
    where=lambda _: Q(state=VersionState.UNDER_REVIEW),
    weighed=True,
)
APPROVALS = Bucket(
    *("approvals", "Approvals waiting", Version, "review_started_at", NO_TIME),
    where=lambda _: Q(state=VersionState.UNDER_REVIEW),
    weighed=True,
)
PUBLISHING = Bucket(
    *("publishing", "Publishing held up", Outbox, "available_at", NO_TIME),
    where=_overdue_publication,
)
READERS = Bucket(
    *("readers", "What readers report", ReaderReport, "received_at", TAKEN_IN),
    where=lambda _: Q(closed_at=None),
)
QUESTIONS = Bucket(
    *("questions", "What readers ask", Question, "received_at", TAKEN_IN),
    where=lambda _: Q(group=None, decided_at=None),
)
TO_SIGN = Bucket(
    *("to_sign", "Notices to sign", Notice, "proposed_at", TWO_DAYS),
    where=lambda _: Q(issued_at=None, ended_at=None),
)
ON_HOLD = Bucket(
    *("on_hold", "On hold", Notice, "issued_at", THREE_DAYS),
    where=lambda _: Q(IN_FORCE, kind=Notice.Kind.HOLD),
)
DOUBTED = Bucket(
    *("doubted", "Concerns to settle", Notice, "issued_at", HALF_A_YEAR),
    where=lambda now: Q(
        IN_FORCE, kind=Notice.Kind.CONCERN, issued_at__lt=now - DOUBTED_FOR
    ),
)
MAIL = Bucket(
    *("mail", "Mail not delivered", Outbox, "available_at", A_DAY),
    where=lambda _: Q(topic__in=WRITTEN, status__in=HELD),
)

BUCKETS = (
    *(TO_ASSIGN, TO_SEND, REVISIONS, UNANSWERED, MORE_TIME, DUE, OVERDUE),
    *(TO_DECIDE, APPROVALS, PUBLISHING),
    *(TO_SIGN, ON_HOLD, DOUBTED, READERS, QUESTIONS, MAIL),
)
"""In the order in which an article passes them."""

BY_CODE = {bucket.code: bucket for bucket in BUCKETS}
RANK = {bucket.code: rank for rank, bucket in enumerate(BUCKETS)}
