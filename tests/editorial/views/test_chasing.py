"""What the desk says the clock will do, and that the clock then does it."""

from __future__ import annotations

import datetime as dt

import time_machine

from editorial import desk_lists
from editorial.actions import caring, timing
from editorial.models import Event
from editorial.views import chasing
from reviews.models import Assignment
from tests import make

FIRST = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def test_the_end_waits_for_the_day_until_which_more_time_is_asked(db: None) -> None:
    with time_machine.travel(FIRST, tick=False) as clock:
        asked = make.accepted(make.under_review(tier="C").assignments.get())
        by, until = make.fresh(asked.reviewer), dt.date(2027, 1, 15)
        timing.ask_more_time(asked.pk, by=by, until=until, reason="Ill")
        said = ahead(asked.pk)
        day = Assignment.objects.get(pk=asked.pk).asked_until
        assert day

        clock.move_to(day - dt.timedelta(seconds=1))
        caring.remind_due()
        before = Event.objects.filter(kind="overdue").count()
        clock.move_to(day)
        caring.remind_due()

    assert said == (
        "Reminder on 13 Nov; the editor told on 15 Jan; they ask for time until 15 Jan"
    )
    after = Event.objects.filter(kind="overdue").count()
    assert (before, after) == (0, 1)


def ahead(pk: int) -> str:
    return chasing.ahead(desk_lists.assignments([pk])[pk])
