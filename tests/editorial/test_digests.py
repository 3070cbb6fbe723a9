"""What can wait: gathered into one mail a day or a week, told once, never a flood."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import digests, mails, notifications
from editorial.actions import authoring, desk, handling, timing
from editorial.models import Event, MailChoice, Notification, Outbox, User
from reviews.models import Assignment
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMultiAlternatives  # noqa: TID251  looked into

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
Often = MailChoice.Often


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def in_charge(often: str = "") -> tuple[User, list[Assignment]]:
    """An editor, and the reviews of the text that they handle; no mail waits."""
    editor = make.editor()
    version = make.under_review(editor=editor)
    mails.deliver()
    if often:
        digests.choose(by=editor, often=often)
    rows = version.assignments.select_related("reviewer", "version__article")
    return editor, list(rows.order_by("pk"))


def to(person: User, mailoutbox: list[EmailMultiAlternatives]) -> list[str]:
    return [str(m.subject) for m in mailoutbox if m.to == [person.email]]


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-11-02T06:59", "2026-11-01", "2026-10-26"),
        ("2026-11-02T07:00", "2026-11-02", "2026-11-02"),
        ("2026-11-08T23:59", "2026-11-08", "2026-11-02"),
    ],
)
def test_a_digest_tells_what_was_there_that_morning_or_that_mondays(
    now: str, daily: str, weekly: str
) -> None:
    at = dt.datetime.fromisoformat(f"{now}+00:00")

    last = [digests.last_morning(often, at) for often in (Often.DAILY, Often.WEEKLY)]
    assert [f"{morning:%Y-%m-%dT%H:%M}" for morning in last] == [
        f"{daily}T07:00",
        f"{weekly}T07:00",
    ]


def test_what_can_wait_comes_together_on_the_next_morning_and_once(
    clock: time_machine.Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor, (one, two) = in_charge()
    mailoutbox.clear()
    make.accepted(one)
    make.accepted(two)

    mails.deliver()
    assert to(editor, mailoutbox) == []
    clock.shift(dt.timedelta(days=1))
    mails.deliver()
    mails.deliver()

    (message,) = [m for m in mailoutbox if m.to == [editor.email]]
    assert message.subject == "News that could wait, 2"
    told = f"A reviewer accepted: {one.version.question}"
    assert message.body.count(told) == 2
    assert "/desk/mail/" in message.body
    assert Notification.objects.filter(recipient=editor, waits=True).count() == 2


@pytest.mark.parametrize(
    ("often", "days"),
    [(Often.NONE, []), (Often.DAILY, [1, 3, 8]), (Often.WEEKLY, [7, 14])],
)
def test_each_chooses_how_often_and_none_is_flooded_after_an_outage(
    often: str,
    days: list[int],
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    editor, (one, _) = in_charge(often)
    mailoutbox.clear()
    came, away = [], range(4, 8)
    make.accepted(one)

    for day in range(1, 20):
        clock.move_to(MONDAY + dt.timedelta(days=day))
        if day not in away or often == Often.WEEKLY:
            mails.deliver()
            came += [day] * len(to(editor, mailoutbox))
            mailoutbox.clear()
        if 2 <= day <= 7:
            news_for(one.version.article_id, editor)

    assert came == days
    held = Outbox.objects.filter(recipient=editor, topic="digest")
    assert set(held.values_list("status", flat=True)) <= {"done", "moot"}


def news_for(article: int, editor: User) -> None:
    """A notice that can wait, as a deed would have written it."""
    event = Event.objects.filter(article=article, kind="accepted").latest("pk")
    told = Notification.objects.filter(event=event, recipient=editor)
    told.update(digest=None, created_at=timezone.now())


def test_what_was_read_or_is_old_by_then_is_told_no_more(
    clock: time_machine.Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor, (one, two) = in_charge()
    make.accepted(one)
    make.reported(two)
    mailoutbox.clear()
    Notification.objects.filter(event__kind="accepted", event__assignment=one).update(
        read_at=MONDAY
    )

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    (message,) = [m for m in mailoutbox if m.to == [editor.email]]
    assert message.subject == "News that could wait, 1"
    assert "A review was signed" in message.body


def test_a_digest_without_news_is_not_sent(
    clock: time_machine.Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor, (one, _) = in_charge()
    make.accepted(one)
    Notification.objects.update(read_at=MONDAY)
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    assert to(editor, mailoutbox) == []
    assert not Outbox.objects.filter(topic="digest").exists()


@pytest.mark.parametrize("why", ["left the house", "wants no digest"])
def test_nothing_waits_for_whoever_reads_no_digest(
    why: str,
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    editor, (one, _) = in_charge()
    make.accepted(one)
    mailoutbox.clear()
    if why == "left the house":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        digests.choose(by=editor, often=Often.NONE)

    for _ in range(3):
        clock.shift(dt.timedelta(days=1))
        mails.deliver()

    assert not Outbox.objects.filter(recipient=editor, topic="digest").exists()
    assert not digests.WAITING.filter(recipient=editor).exists()
    digests.choose(by=editor, often=Often.DAILY)
    mails.deliver()
    assert mailoutbox == []


def test_whoever_left_the_desk_is_told_nothing_that_waited(
    clock: time_machine.Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor, (one, _) = in_charge()
    make.accepted(one)
    editor.groups.clear()
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    row = Outbox.objects.get(recipient=editor, topic="digest")
    assert (to(editor, mailoutbox), row.status) == ([], "moot")
    assert row.last_error == mails.NOTHING_LEFT


def test_more_than_a_mail_can_hold_is_counted(
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mails, "MOST_ITEMS", 1)
    _, (one, two) = in_charge()
    make.accepted(one)
    make.accepted(two)
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    (message,) = [m for m in mailoutbox if m.subject.startswith("News")]
    assert message.body.count("A reviewer accepted") == 1
    assert "And 1 more" in message.body
    assert "And 1 more" in str(message.alternatives[0][0])


def test_of_more_than_can_be_looked_at_the_newest_is_told(
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digests, "LOOKED_AT", 1)
    editor, (one, _) = in_charge()
    make.accepted(one)
    late = make.under_review(editor=editor).assignments.select_related("reviewer")[0]
    make.accepted(late)
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    (message,) = [m for m in mailoutbox if m.to == [editor.email]]
    assert message.subject == "News that could wait, 2"
    assert f"A reviewer accepted: {late.version.question}" in message.body
    assert one.version.question not in message.body
    assert "And 1 more" in message.body


def test_of_more_than_a_digest_tells_it_tells_the_newest_oldest_first(
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mails, "MOST_ITEMS", 2)
    monkeypatch.setattr(digests, "LOOKED_AT", 3)
    editor, questions = make.editor(), []
    for _ in range(4):
        version = make.under_review(editor=editor)
        questions.append(version.question)
        make.accepted(version.assignments.select_related("reviewer")[0])
    mails.deliver()
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    (message,) = mailoutbox
    told = [line for line in message.body.splitlines() if "A reviewer accepted" in line]
    assert [line.partition(": ")[2] for line in told] == questions[2:]
    assert "And 2 more" in message.body


def test_a_digest_whose_newest_news_is_old_still_counts_what_is_behind_it(
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digests, "LOOKED_AT", 1)
    editor, (one, _) = in_charge()
    make.accepted(one)
    author = make.author()
    late = make.under_review(by=author, editor=editor)
    make.accepted(late.assignments.select_related("reviewer")[0])
    authoring.withdraw(late.pk, by=author, reason="Overtaken")
    mails.deliver()
    mailoutbox.clear()

    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    (message,) = mailoutbox
    assert message.subject == "News that could wait, 1"
    assert "And 1 more" in message.body
    assert "A reviewer accepted" not in message.body


@pytest.mark.parametrize("count", [2, 4])
def test_a_digest_asks_no_more_the_more_there_is_to_tell(
    count: int,
    clock: time_machine.Traveller,
    mailoutbox: list[EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mails, "MOST_ITEMS", 1)
    editor = make.editor()
    for _ in range(count):
        asked = make.under_review(editor=editor).assignments.select_related("reviewer")
        make.accepted(asked[0])
    mails.deliver()
    mailoutbox.clear()
    clock.shift(dt.timedelta(days=1))

    with CaptureQueriesContext(connection) as queries:
        mails.deliver()

    (message,) = mailoutbox
    assert message.subject == f"News that could wait, {count}"
    assert len(queries) == A_DIGEST


A_DIGEST = 23
"""Owed and claimed, gathered, its news and its reader looked at, begun and settled."""


def test_a_change_of_state_supersedes_mail_that_did_not_go_out(
    db: None, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    author, editor = make.author(), make.editor()
    version = make.submitted(by=author)
    authoring.recall(version.pk, by=author)
    authoring.submit(version.pk, by=author)
    make.send(make.again(version), editor=editor)

    mails.deliver()

    subjects = sorted(str(m.subject) for m in mailoutbox)
    assert subjects == [
        *("You are invited to review", "You are invited to review"),
        "Your article is under review",
    ]
    moot = Outbox.objects.filter(status="moot", last_error=mails.SUPERSEDED)
    assert set(moot.values_list("event__kind", flat=True)) == {"submitted"}


def test_a_moved_date_supersedes_the_reminder_of_the_old_one_and_no_other(
    db: None, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor, (one, two) = in_charge()
    for asked in (one, two):
        make.accepted(asked)
        handling.nudge(asked.pk, by=editor)
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    timing.extend(one.pk, by=editor, until=until)
    mailoutbox.clear()

    mails.deliver()

    assert to(one.reviewer, mailoutbox) == ["The date of your review was moved"]
    assert to(two.reviewer, mailoutbox) == ["Your review is due"]


def test_whoever_was_in_charge_hears_who_is_however_often_it_changed(
    clock: time_machine.Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    chief, first, second, third = make.chief(), *(make.editor() for _ in range(3))
    version = make.under_review(editor=first)
    mails.deliver()
    mailoutbox.clear()
    for editor in (second, third, first):
        handling.change_editor(version.article_id, by=chief, editor=editor.pk)

    mails.deliver()
    assert {p: to(p, mailoutbox) for p in (first, second, third)} == {
        first: ["You are now the editor in charge"],
        second: [],
        third: [],
    }
    mailoutbox.clear()
    clock.shift(dt.timedelta(days=1))
    mails.deliver()

    assert {tuple(m.to): m.body.count("Another editor") for m in mailoutbox} == {
        (second.email,): 1,
        (third.email,): 1,
    }


def test_a_mail_that_was_overtaken_in_another_article_goes_out(
    db: None, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    editor = make.editor()
    make.submitted()
    other = make.submitted()
    desk.reject(other.pk, by=make.chief(), reason="x")

    mails.deliver()

    assert to(editor, mailoutbox) == ["A version was submitted"]


def test_what_supersedes_is_a_deed_that_somebody_hears_of() -> None:
    table = notifications.SUPERSEDED_BY

    assert {kind for kind in table if not notifications.AUDIENCES[kind]} == set()
