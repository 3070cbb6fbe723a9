"""Reminders: each once, the latest only after an outage, and at the end the editor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine

from articles.models import Version
from articles.vocabulary import Tier
from editorial.actions import authoring, caring, desk, inviting, reviewing
from editorial.errors import Refused
from editorial.models import Event, User
from reviews.models import Assignment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Iterator

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DUE = START + dt.timedelta(days=14)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def accepted() -> Assignment:
    asked = make.under_review(tier=Tier.C).assignments.select_related("reviewer")
    return make.accepted(asked.get())


def reminders() -> list[tuple[str, int]]:
    """The reminders so far: of which kind and for which day."""
    kinds = ("reminded", "overdue")
    events = Event.objects.filter(kind__in=kinds).order_by("pk")
    return [(e.kind, traces.said(e)["facts"]["day"]) for e in events]


def test_each_reminder_comes_once_and_the_last_to_the_editor(
    db: None, clock: time_machine.Traveller
) -> None:
    asked = accepted()
    came = []

    for day in range(1, 40):
        for hour in (8, 9, 10):
            clock.move_to(START + dt.timedelta(days=day, hours=hour - 9))
            before = len(reminders())
            sent = caring.remind_due()
            new = reminders()[before:]
            assert sent == len(new)
            came += [(day - 14, hour, kind) for kind, _ in new]

    assert came == [
        (-3, 9, "reminded"),
        (0, 9, "reminded"),
        (3, 9, "reminded"),
        (7, 9, "reminded"),
        (10, 9, "overdue"),
    ]
    assert reminders() == [
        ("reminded", -3),
        ("reminded", 0),
        ("reminded", 3),
        ("reminded", 7),
        ("overdue", 10),
    ]
    told = Event.objects.filter(kind__in=["reminded", "overdue"])
    *others, overdue = told.order_by("pk")
    assert [traces.told(event) for event in others] == [
        {asked.reviewer_id: "Your review is due"}
    ] * 4
    assert traces.told(overdue) == {
        make.article(asked.version).editor_id: "A review is ten days overdue"
    }


@pytest.mark.parametrize(
    ("back", "day", "kind"),
    [
        (-2, -3, "reminded"),
        (4, 3, "reminded"),
        (8, 7, "reminded"),
        (60, 10, "overdue"),
    ],
)
def test_after_an_outage_only_the_latest_reminder_comes(
    back: int, day: int, kind: str, db: None, clock: time_machine.Traveller
) -> None:
    accepted()
    clock.move_to(DUE + dt.timedelta(days=back))

    assert [caring.remind_due() for _ in range(3)] == [1, 0, 0]

    assert reminders() == [(kind, day)]


def test_two_schedulers_remind_once(db: None, clock: time_machine.Traveller) -> None:
    asked = accepted()
    clock.move_to(DUE)

    caring.remind(asked.pk)
    with traces.nothing_left(Refused, "No reminder is due"):
        caring.remind(asked.pk)

    assert reminders() == [("reminded", 0)]


def test_nobody_is_reminded_of_what_is_not_due_yet(
    db: None, clock: time_machine.Traveller
) -> None:
    asked = accepted()
    clock.move_to(DUE - dt.timedelta(days=3, seconds=1))

    assert caring.remind_due() == 0
    with traces.nothing_left(Refused, "No reminder is due"):
        caring.remind(asked.pk)


def by_the_clock(
    clock: time_machine.Traveller, asked: Assignment, *, days: range
) -> list[tuple[int, str]]:
    """What happens to an invitation, looked at every hour: how many hours after it."""
    events, came = Event.objects.filter(assignment=asked).order_by("pk"), []
    for hour in range(days.start * 24, days.stop * 24):
        clock.move_to(START + dt.timedelta(hours=hour))
        before = events.count()
        caring.remind_due()
        came += [(hour, event.kind) for event in events[before:]]
    return came


def test_who_does_not_answer_is_reminded_once_and_then_let_go(
    db: None, clock: time_machine.Traveller
) -> None:
    version = make.under_review(tier=Tier.C)
    asked = version.assignments.get()

    came = by_the_clock(clock, asked, days=range(6))

    now = Assignment.objects.get()
    assert came == [(48, "reminded"), (72, "expired")]
    assert (now.state, now.reason) == ("expired", "No answer came in time.")
    assert traces.told() == {
        asked.reviewer_id: "Your review has expired",
        make.article(version).editor_id: "A reviewer did not answer or report in time",
    }


def test_after_an_outage_there_is_a_day_to_answer_yet(
    db: None, clock: time_machine.Traveller
) -> None:
    asked = make.under_review(tier=Tier.C).assignments.get()

    came = by_the_clock(clock, asked, days=range(9, 12))

    assert came == [(9 * 24, "reminded"), (10 * 24, "expired")]


def test_who_accepts_after_a_reminder_gets_those_of_the_review(
    db: None, clock: time_machine.Traveller
) -> None:
    asked = make.under_review(tier=Tier.C).assignments.get()
    clock.move_to(START + dt.timedelta(days=2))
    assert caring.remind_due() == 1
    make.accepted(asked)

    clock.move_to(DUE + dt.timedelta(days=2))

    assert caring.remind_due() == 1
    assert reminders() == [("reminded", -1), ("reminded", 0)]


def test_an_invitation_is_not_let_go_before_its_day(
    db: None, clock: time_machine.Traveller
) -> None:
    asked = make.under_review(tier=Tier.C).assignments.get()
    with traces.nothing_left(Refused, "There is still time to answer"):
        caring.lapse(asked.pk)

    clock.move_to(START + dt.timedelta(days=30))
    with traces.nothing_left(Refused, "There is still time to answer"):
        caring.lapse(asked.pk)  # nobody has reminded them


def test_ten_days_late_an_alternate_steps_in(
    db: None, clock: time_machine.Traveller
) -> None:
    asked, alternate = accepted(), make.reviewer()
    inviting.name_alternates(
        asked.version_id, by=make.editor(), alternates=[alternate.pk]
    )
    clock.move_to(DUE + dt.timedelta(days=10))

    assert [caring.remind_due() for _ in range(3)] == [1, 0, 0]

    states = dict(Assignment.objects.values_list("reviewer", "state"))
    assert states == {asked.reviewer_id: "expired", alternate.pk: "invited"}
    kinds = Event.objects.order_by("-pk").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["invited", "expired"]


def test_the_editor_is_told_when_no_alternate_can_step_in(
    db: None, clock: time_machine.Traveller
) -> None:
    asked, alternate = accepted(), make.reviewer()
    inviting.name_alternates(
        asked.version_id, by=make.editor(), alternates=[alternate.pk]
    )
    make.declaration(alternate, shares=[asked.version.question])
    clock.move_to(DUE + dt.timedelta(days=10))

    assert [caring.remind_due() for _ in range(3)] == [1, 0, 0]

    assert reminders() == [("overdue", 10)]
    assert Assignment.objects.get().state == "accepted"


@pytest.mark.parametrize("end", ["report", "recuse", "unassign", "return"])
def test_nobody_is_reminded_of_what_is_over(
    end: str, db: None, clock: time_machine.Traveller
) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)
    match end:
        case "report":
            reviewing.report(
                asked.pk, by=by, findings=make.findings(), proven=make.proven(by)
            )
        case "recuse":
            reviewing.recuse(asked.pk, by=by, reason="A friend")
        case "unassign":
            inviting.unassign(asked.pk, by=make.editor(), reason="Enough")
        case _:
            desk.return_for_changes(asked.version_id, by=make.editor(), reason="x")
    clock.move_to(DUE + dt.timedelta(days=1))

    caring.remind_due()

    assert reminders() == []


def test_many_reviews_are_reminded_at_once_the_earliest_first(
    db: None, clock: time_machine.Traveller
) -> None:
    first = accepted()
    clock.shift(dt.timedelta(days=1))
    second = accepted()
    clock.move_to(DUE + dt.timedelta(days=2))

    assert caring.remind_due() == 2

    reminded = Event.objects.filter(kind="reminded").order_by("pk")
    assert [e.assignment_id for e in reminded] == [first.pk, second.pk]


def test_a_review_that_ends_between_the_look_and_the_reminder_is_let_be(
    db: None, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, other = accepted(), accepted()
    clock.move_to(DUE)
    inviting.unassign(asked.pk, by=make.editor(), reason="Enough")
    monkeypatch.setattr(caring, "_due", lambda: [asked.pk, other.pk])

    assert caring.remind_due() == 1

    assert reminders() == [("reminded", 0)]


def returned(by: User) -> Version:
    version = make.submitted(by=by)
    return desk.return_for_changes(version.pk, by=make.editor(), reason="Shorten it")


def days_told(
    version: Version, clock: time_machine.Traveller, days: range
) -> list[int]:
    """On which days its authors were reminded; the clock asks twice a day."""
    told = []
    for day in days:
        clock.move_to(START + dt.timedelta(days=day))
        told += [day] * (caring.remind_due() + caring.remind_due())
    events = Event.objects.filter(kind="authors_reminded", version=version)
    assert events.count() == len(told)
    return told


def test_authors_of_a_returned_version_are_asked_gently_to_go_on(db: None) -> None:
    with time_machine.travel(START, tick=False) as clock:
        by = make.author()
        version = returned(by)

        assert days_told(version, clock, range(120)) == [14, 30, 60]

    assert traces.told() == {by.pk: "Your article waits for its next version"}
    assert traces.step() == ("authors_reminded", "returned", "returned", "")


def test_after_an_outage_authors_are_asked_once_and_not_soon_again(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger=caring.logger.name)
    with time_machine.travel(START, tick=False) as clock:
        version = returned(make.author())
        clock.move_to(START + dt.timedelta(days=29))
        assert caring.remind_due() == 1

        later = [*range(30, 120)]
        told = [day for day in later if day_asks(clock, day)]

    assert told == [36, 60]
    assert [record.getMessage() for record in caplog.records] == []
    assert Event.objects.filter(kind="authors_reminded", version=version).count() == 3


def day_asks(clock: time_machine.Traveller, day: int) -> int:
    clock.move_to(START + dt.timedelta(days=day))
    return caring.remind_due() + caring.remind_due()


def test_who_went_on_or_was_returned_long_ago_is_asked_no_more(db: None) -> None:
    with time_machine.travel(START, tick=False) as clock:
        by = make.author()
        version = returned(by)
        withdrawn = returned(make.author())
        old = returned(make.author())
        make.resubmitted(version, by=by)
        opened = authoring.revise(withdrawn.pk, by=author_of(withdrawn))
        authoring.withdraw(opened.pk, by=author_of(withdrawn), reason="No more")

        clock.move_to(START + dt.timedelta(days=20))
        assert caring.remind_due() == 1
        clock.move_to(START + dt.timedelta(days=91))
        assert caring.remind_due() == 0

    reminded = Event.objects.filter(kind="authors_reminded")
    assert list(reminded.values_list("version", flat=True)) == [old.pk]


def author_of(version: Version) -> User:
    return User.objects.get(authorships__article=version.article_id)


def test_a_reminder_leaves_the_authors_open_form_as_it_was(db: None) -> None:
    with time_machine.travel(START, tick=False) as clock:
        by = make.author()
        version = returned(by)
        seen = make.again(version).revision
        clock.move_to(START + dt.timedelta(days=14))
        assert caring.remind_due() == 1

        draft = authoring.revise(version.pk, by=by, seen=seen)

    assert draft.number == 2
