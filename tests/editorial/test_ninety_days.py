"""
Ninety days of invitations by the clock, with everything that goes wrong in them.

A third of those who are asked decline, a sixth say nothing, the scheduler is away for
nine days in the middle, and every task is delivered twice.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone

from articles.models import Version
from articles.vocabulary import Tier
from editorial import tasks
from editorial.actions import desk, inviting, reviewing, timing
from editorial.errors import Refused
from editorial.models import BoardMember, Event, Notification
from reviews.models import Assignment
from reviews.states import OPEN, AssignmentState
from tests import make, traces

if TYPE_CHECKING:
    from editorial.models import User

START = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
DAYS = 90
AWAY = range(41, 50)
"""The days on which no scheduler runs."""

BOARD = 14
EVERY = 3
"""Days between two texts that come in."""

CALLS = dt.timedelta(hours=8)
MOST_A_DAY = 3
"""Notices by the clock that nobody gets more of in a day, editors included."""

A = AssignmentState


class House:
    """An editor, a board, and what people do about what they are asked."""

    def __init__(self) -> None:
        self.chance = random.Random(20260901)  # noqa: S311  the same ninety days each time
        self.editors = [make.editor() for _ in range(2)]
        self.board = [make.reviewer() for _ in range(BOARD)]
        BoardMember.objects.update(load_cap=4)
        self.minds: dict[int, str] = {}
        self.sent: list[Version] = []

    def send(self, day: int) -> None:
        """A text comes in and goes to two whom the board can spare, with alternates."""
        editor = make.fresh(self.editors[day % 2])
        version = make.submitted()
        fit = [member.pk for member in self.spare()]
        if len(fit) < 4:
            return
        desk.send_to_review(
            version.pk,
            by=editor,
            tier=Tier.B,
            specialty=make.CARDIOLOGY,
            reviewers=fit[:2],
            alternates=fit[2:5],
        )
        self.sent.append(version)

    def spare(self) -> list[User]:
        loads = Counter(
            Assignment.objects.filter(state__in=OPEN).values_list("reviewer", flat=True)
        )
        return sorted(self.board, key=lambda person: (loads[person.pk], person.pk))

    def answer(self) -> None:
        """Each who was asked makes up their mind once, and acts on their day."""
        for asked in Assignment.objects.filter(state=A.INVITED).order_by("pk"):
            mind = self.minds.setdefault(asked.pk, self.mind())
            if mind == "silent" or timezone.now() < asked.invited_at + dt.timedelta(1):
                continue
            by = make.fresh(asked.reviewer)
            if mind == "decline":
                reviewing.decline(asked.pk, by=by, reason="No time")
            else:
                reviewing.accept(asked.pk, by=by, answers=make.answers())

    def mind(self) -> str:
        return self.chance.choice(["decline", "decline", "silent", *["accept"] * 3])

    def report(self) -> None:
        """Some in time, some late, some ask for more time, some never."""
        for asked in Assignment.objects.filter(state=A.ACCEPTED).order_by("pk"):
            key = -asked.pk
            mind = self.minds.setdefault(key, self.chance.choice(PACE))
            assert asked.due_at is not None
            late = (timezone.now() - asked.due_at).days
            by = make.fresh(asked.reviewer)
            if mind == "asks" and late >= -2:
                self.minds[key] = "late"
                until = timezone.localdate() + dt.timedelta(days=10)
                timing.ask_more_time(asked.pk, by=by, until=until, reason="A leave")
                timing.extend(asked.pk, by=make.fresh(self.editors[0]), until=until)
            elif (mind == "early" and late >= -7) or (mind == "late" and late >= 5):
                self.sign(asked, by)

    def sign(self, asked: Assignment, by: User) -> None:
        reviewing.report(
            asked.pk, by=by, findings=make.findings(), proven=make.proven(by)
        )

    def mend(self) -> None:
        """The editors do what they were told to: ask others where nobody is left."""
        told = Event.objects.filter(kind="overdue").values_list("assignment", flat=True)
        for asked in Assignment.objects.filter(pk__in=told, state=A.ACCEPTED):
            by = make.fresh(self.editors[0])
            inviting.expire(asked.pk, by=by, reason="Ten days late")
        for version in self.sent:
            standing = version.assignments.filter(state__in=[*OPEN, A.REPORTED])
            if standing.count() < 2:
                self.ask_another(version)

    def ask_another(self, version: Version) -> None:
        for person in self.spare():
            try:
                inviting.invite(
                    version.pk, by=make.fresh(self.editors[0]), reviewers=[person.pk]
                )
            except Refused:
                continue
            return


PACE = ("early", "early", "early", "late", "asks", "never")


def through(house: House, clock: time_machine.Traveller) -> None:
    for day in range(DAYS):
        if day % EVERY == 0 and day < DAYS - 30:
            house.send(day)
        for hour in range(3):
            clock.move_to(START + dt.timedelta(days=day) + hour * CALLS)
            house.answer()
            house.report()
            if day not in AWAY:
                tasks.remind()
                tasks.remind()  # delivered twice
        house.mend()


@pytest.mark.long
def test_each_reminder_comes_once_and_nobody_is_forgotten_or_flooded(
    db: None,
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        house = House()
        through(house, clock)
        end = timezone.now()

    asked = list(Assignment.objects.order_by("pk"))
    shares = Counter(a.state for a in asked)
    assert len(house.sent) == 20
    assert len(asked) > 60
    assert 0.25 < shares[A.DECLINED] / len(asked) < 0.45
    assert shares[A.EXPIRED] > 5
    reminded_once()
    nobody_forgotten(asked, end)
    nobody_flooded()
    assert traces.problems() == []


def reminded_once() -> None:
    """A reminder of a promised day never comes twice, and none after its end."""
    events = Event.objects.filter(kind__in=["reminded", "overdue", "extended"])
    seen: dict[int, list[int]] = {}
    count = 0
    for event in events.order_by("pk"):
        assert event.assignment_id is not None
        if event.kind == "extended":
            seen[event.assignment_id] = []  # a new day, with reminders of its own
            continue
        day = traces.said(event)["facts"]["day"]
        before = seen.setdefault(event.assignment_id, [])
        assert day not in before
        before.append(day)
        count += 1
    assert count > 60
    silent = Event.objects.filter(kind="expired", actor__is_machine=True)
    for event in silent.select_related("assignment"):
        assert event.assignment is not None
        if event.assignment.accepted_at is None:
            assert seen[event.assignment.pk] == [-1]


def nobody_forgotten(asked: list[Assignment], end: dt.datetime) -> None:
    """No invitation waits past its day, no review past the tenth without a word."""
    told = set(
        Event.objects.filter(kind="overdue").values_list("assignment", flat=True)
    )
    for one in asked:
        if one.state == A.INVITED:
            assert end < one.respond_by + dt.timedelta(days=1)
        if one.state == A.ACCEPTED:
            assert one.due_at is not None
            assert end < one.due_at + dt.timedelta(days=10) or one.pk in told
    places = Event.objects.filter(kind="invited", actor__is_machine=True)
    assert places.count() > 10
    for event in places:
        assert traces.said(event)["facts"]["in_place_of"]
    for version in Version.objects.filter(state="under_review"):
        standing = version.assignments.filter(state__in=[*OPEN, A.REPORTED])
        assert standing.count() >= 2


def nobody_flooded() -> None:
    a_day: Counter[tuple[int, dt.date]] = Counter()
    for recipient, at in Notification.objects.filter(
        event__actor__is_machine=True
    ).values_list("recipient", "event__at"):
        a_day[recipient, at.date()] += 1
    assert max(a_day.values()) <= MOST_A_DAY
