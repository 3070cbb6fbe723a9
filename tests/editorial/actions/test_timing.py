"""More time for a review: asked for, granted, and what it does to the reminders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.vocabulary import Tier
from editorial.actions import caring, handling, inviting, reviewing, timing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Notification
from reviews.models import Assignment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def a_day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


def accepted() -> Assignment:
    asked = make.under_review(tier=Tier.C).assignments.select_related("reviewer")
    return make.accepted(asked.get())


def now(asked: Assignment) -> Assignment:
    return Assignment.objects.get(pk=asked.pk)


def test_a_reviewer_asks_for_more_time_and_the_date_stays(db: None) -> None:
    asked, until = accepted(), a_day(30)

    with traces.one_event():
        timing.ask_more_time(
            asked.pk, by=make.fresh(asked.reviewer), until=until, reason="I am ill"
        )

    kept = now(asked)
    assert kept.asked_until is not None
    assert (kept.asked_until.date(), kept.due_at) == (until, asked.due_at)
    assert traces.step() == ("more_time_asked", "accepted", "accepted", "I am ill")
    assert traces.said()["facts"] == {"until": until.isoformat()}
    assert traces.told() == {
        make.article(asked.version).editor_id: "A reviewer asks for more time"
    }
    notice = Notification.objects.get(text__startswith="A reviewer asks for more time")
    assert notice.path == asked.get_absolute_url()


@pytest.mark.parametrize(
    ("ahead", "reason", "sentence"),
    [
        (30, " ", "needs a reason"),
        (13, "Ill", "That is no later than the day it is due."),
        (0, "Ill", "Name a day that is still to come."),
        (91, "Ill", "Name a day within 90 days."),
    ],
)
def test_what_cannot_be_asked_for(
    ahead: int, reason: str, sentence: str, db: None
) -> None:
    asked = accepted()

    with traces.nothing_left(Refused, sentence):
        timing.ask_more_time(
            asked.pk, by=make.fresh(asked.reviewer), until=a_day(ahead), reason=reason
        )


def test_the_editor_grants_it(db: None) -> None:
    asked, until = accepted(), a_day(30)
    by = make.fresh(asked.reviewer)
    timing.ask_more_time(asked.pk, by=by, until=until, reason="I am ill")

    with traces.one_event():
        timing.extend(asked.pk, by=make.editor(), until=until, reason="Get well")

    kept = now(asked)
    assert kept.due_at is not None
    assert (kept.due_at.date(), kept.asked_until) == (until, None)
    assert traces.step() == ("extended", "accepted", "accepted", "Get well")
    assert traces.told() == {asked.reviewer_id: "The date of your review was moved"}


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [(0, "Name a day that is still to come."), (91, "Name a day within 90 days.")],
)
def test_a_day_that_cannot_be_promised(ahead: int, sentence: str, db: None) -> None:
    asked = accepted()

    with traces.nothing_left(Refused, sentence):
        timing.extend(asked.pk, by=make.editor(), until=a_day(ahead))


def test_only_the_reviewer_asks_and_only_an_editor_grants(db: None) -> None:
    asked = accepted()
    editor, reviewer = make.editor(), make.fresh(asked.reviewer)

    with traces.nothing_left(PermissionDenied):
        timing.extend(asked.pk, by=reviewer, until=a_day(20))
    with traces.nothing_left(PermissionDenied):
        timing.ask_more_time(asked.pk, by=editor, until=a_day(20), reason="Ill")


def test_time_is_no_matter_before_accepting_or_after_reporting(db: None) -> None:
    editor = make.editor()
    asked = make.under_review(tier=Tier.C).assignments.select_related("reviewer").get()

    with traces.nothing_left(MovedOn):
        timing.extend(asked.pk, by=editor, until=a_day(20))
    make.reported(asked)
    with traces.nothing_left(MovedOn):
        timing.extend(asked.pk, by=editor, until=a_day(20))


def test_the_reminders_of_the_old_date_are_void(db: None) -> None:
    with time_machine.travel(START, tick=False) as clock:
        asked, editor = accepted(), make.editor()
        clock.shift(dt.timedelta(days=17))
        assert caring.remind_due() == 1

        timing.extend(asked.pk, by=editor, until=a_day(10))
        came = []
        for day in range(24):
            came += [day] * caring.remind_due()
            clock.shift(dt.timedelta(days=1))

    assert came == [8, 11, 14, 18, 21]
    assert now(asked).last_reminder == 10


def remind(asked: Assignment) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        caring.remind(asked.pk)


QUIET: dict[str, Callable[[Assignment], object]] = {
    "reminded by hand": lambda asked: handling.nudge(asked.pk, by=make.editor()),
    "reminded by the clock": remind,
    "given more time": lambda asked: timing.extend(
        asked.pk, by=make.editor(), until=a_day(30)
    ),
    "asked for more time": lambda asked: timing.ask_more_time(
        asked.pk, by=make.fresh(asked.reviewer), until=a_day(30), reason="Ill"
    ),
}


@pytest.mark.parametrize("deed", QUIET.values(), ids=QUIET)
def test_neither_a_reminder_nor_a_date_makes_an_open_review_stale(
    deed: Callable[[Assignment], object], db: None
) -> None:
    asked = accepted()
    seen, by = now(asked).revision, make.fresh(asked.reviewer)
    deed(asked)

    reviewing.report(
        asked.pk, by=by, findings=make.findings(), proven=make.proven(by), seen=seen
    )

    assert now(asked).state == "reported"


def test_a_reminder_leaves_an_open_invitation_as_it_was(db: None) -> None:
    asked = make.under_review(tier=Tier.C).assignments.select_related("reviewer").get()
    handling.nudge(asked.pk, by=make.editor())

    reviewing.accept(
        asked.pk,
        by=make.fresh(asked.reviewer),
        answers=make.answers(),
        seen=asked.revision,
    )

    assert now(asked).state == "accepted"


def test_a_date_is_not_moved_by_two_who_know_nothing_of_each_other(db: None) -> None:
    asked = accepted()
    seen = now(asked).revision
    timing.extend(asked.pk, by=make.editor(), until=a_day(30), seen=seen)

    with traces.nothing_left(MovedOn, "Review date moved meanwhile"):
        timing.extend(asked.pk, by=make.editor(), until=a_day(20), seen=seen)


def test_a_form_from_before_the_acceptance_stays_stale_after_a_reminder(
    db: None,
) -> None:
    asked = accepted()
    handling.nudge(asked.pk, by=make.editor())

    with traces.nothing_left(MovedOn):
        reviewing.recuse(
            asked.pk,
            by=make.fresh(asked.reviewer),
            reason="Ill",
            seen=asked.revision - 1,
        )


@pytest.mark.parametrize("answer", ["none yet", "by a day", "the day has passed"])
def test_who_waits_for_an_answer_about_more_time_is_not_replaced(
    answer: str, db: None
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        asked, chief = accepted(), make.chief()
        until, by = a_day(40), make.fresh(asked.reviewer)
        inviting.name_alternates(
            asked.version_id, by=chief, alternates=[make.reviewer().pk]
        )
        timing.ask_more_time(asked.pk, by=by, until=until, reason="I am ill")
        if answer == "by a day":
            timing.extend(asked.pk, by=chief, until=a_day(15))
        ahead = 41 if answer == "the day has passed" else 26
        clock.shift(dt.timedelta(days=ahead))
        make.declaration(chief)

        caring.remind_due()

    assert now(asked).state == ("accepted" if answer == "none yet" else "expired")
    assert asked.version.assignments.count() == (1 if answer == "none yet" else 2)
    overdue = Event.objects.filter(kind=Event.Kind.OVERDUE)
    assert not overdue.exists()
