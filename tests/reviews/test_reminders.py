"""Which reminder has come."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reviews import reminders
from reviews.models import Assignment

DUE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def slot(at: dt.datetime) -> int | None:
    with time_machine.travel(at, tick=False):
        return reminders.slot(Assignment(due_at=DUE))


@pytest.mark.parametrize(
    ("day", "before"), [(-3, None), (0, -3), (3, 0), (7, 3), (10, 7)]
)
def test_a_reminder_comes_on_its_day_and_replaces_the_one_before(
    day: int, before: int | None
) -> None:
    at = DUE + dt.timedelta(days=day)

    assert (slot(at - SECOND), slot(at)) == (before, day)


def test_nothing_comes_after_the_last() -> None:
    assert slot(DUE + dt.timedelta(days=365)) == reminders.OVERDUE == 10


def test_who_has_not_answered_is_asked_again_a_day_before() -> None:
    invited = Assignment(due_at=None, respond_by=DUE)
    day_before = DUE - dt.timedelta(days=1)

    slots = []
    for at in (day_before - SECOND, day_before):
        with time_machine.travel(at, tick=False):
            slots.append(reminders.slot(invited))

    assert slots == [None, reminders.ANSWER]


@pytest.mark.parametrize(
    ("day", "told", "is_turn"),
    [
        (14, None, True),
        (29, 14, False),
        (30, 14, True),
        (30, 29, False),
        (35, 29, False),
        (36, 29, True),
        (59, 36, False),
        (60, 36, True),
        (90, None, True),
        (91, None, False),
    ],
)
def test_authors_are_asked_on_the_latest_day_and_not_soon_again(
    day: int, told: int | None, *, is_turn: bool
) -> None:
    told_at = None if told is None else DUE + dt.timedelta(days=told)

    with time_machine.travel(DUE + dt.timedelta(days=day), tick=False):
        found = reminders.is_authors_turn(DUE, told_at)

    assert found == is_turn


def test_nobody_is_asked_to_go_on_before_the_first_day() -> None:
    with time_machine.travel(DUE + dt.timedelta(days=14) - SECOND, tick=False):
        assert not reminders.is_authors_turn(DUE, None)
