"""What is owed is done once, however many look for it, however late, whoever dies."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from editorial import mails, outbox, tasks
from editorial.actions import caring, publishing
from editorial.models import Event, Outbox, Publication
from reviews import reminders
from reviews.models import Assignment
from tests import make, traces
from tests.editorial.faults import deeds, killing, mortal
from tests.editorial.faults.racing import Told, race
from tests.editorial.faults.smtp import serving
from tests.editorial.faults.stage import Stage

Status = Outbox.Status
SIX = 6


@pytest.fixture(autouse=True)
def mail(tmp_path: Path, settings: Any) -> Path:
    settings.EMAIL_BACKEND = "tests.editorial.faults.mortal.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def wanted() -> list[str]:
    """The Message-IDs of all mail that is owed or was sent, not by an editor's word."""
    rows = Outbox.objects.filter(topic__in=outbox.WRITTEN).exclude(status=Status.MOOT)
    rows = rows.exclude(status=Status.DONE, attempts=0)
    return sorted(mails.message_id(row) for row in rows)


def time_passes() -> None:
    """Leases run out, pauses are over."""
    past = timezone.now() - dt.timedelta(seconds=1)
    Outbox.objects.filter(status=Status.SENDING).update(lease_until=past)
    Outbox.objects.filter(status=Status.PENDING).update(available_at=past)


def test_many_sweeps_at_once_do_everything_once(stage: Stage, mail: Path) -> None:
    articles = [make.approved().article_id for _ in range(2)]
    stage.keep()

    for _ in range(5):
        assert race(*[tasks.sweep] * SIX) == [Told()] * SIX
        tasks.sweep()  # the mails of what was published last

        assert mortal.sent() == wanted()
        assert sorted(Publication.objects.values_list("article", flat=True)) == articles
        now = Outbox.objects.values_list("status", flat=True)
        assert set(now) <= {"done", "moot"}
        assert traces.problems() == []
        stage.put_back()
        (mail.parent / "sent").unlink()


def test_a_scheduler_that_slept_for_days_reminds_once(stage: Stage) -> None:
    mine = deeds.review()
    assert mine.due_at
    slept = mine.due_at + dt.timedelta(days=reminders.DAYS[-1], hours=5)
    before = Event.objects.latest("pk").pk

    with time_machine.travel(slept):
        assert race(*[caring.remind_due] * SIX) == [Told()] * SIX
        told = Event.objects.filter(pk__gt=before)

    assert [(e.kind, e.assignment_id) for e in told] == [("reminded", mine.pk)]
    assert Assignment.objects.get(pk=mine.pk).last_reminder == reminders.DAYS[-1]
    assert Outbox.objects.filter(event__in=told).count() == 1


def test_a_scheduler_that_slept_for_days_publishes_once(stage: Stage) -> None:
    due = timezone.now() + dt.timedelta(days=1)
    version = make.approve(make.reviewed(), publish_at=due)
    publishing.publish_due()
    early = Publication.objects.count()

    with time_machine.travel(due + dt.timedelta(days=3)):
        assert race(*[publishing.publish_due] * SIX) == [Told()] * SIX

    assert early == 0
    assert Publication.objects.get().version_id == version.pk
    assert Event.objects.filter(kind=Event.Kind.PUBLISHED).count() == 1


def test_an_old_publication_that_is_asked_for_again_does_not_publish_the_new(
    stage: Stage,
) -> None:
    """The new text is approved for tomorrow; the old row comes back, as if replayed."""
    version = make.again(deeds.second_reviewed())
    later = timezone.now() + dt.timedelta(days=1)
    make.approve(version, publish_at=later)
    old = Outbox.objects.filter(topic=Outbox.Topic.PUBLISH).earliest("pk")
    Outbox.objects.filter(pk=old.pk).update(status=Status.PENDING)

    tasks.sweep()

    assert Outbox.objects.get(pk=old.pk).status == Status.MOOT
    assert Publication.objects.get(ended_at=None).version.number == 1
    with time_machine.travel(later):
        Outbox.objects.filter(pk=old.pk).update(status=Status.PENDING)
        tasks.sweep()
    assert Outbox.objects.get(pk=old.pk).status == Status.MOOT
    assert Publication.objects.get(ended_at=None).version_id == version.pk
    assert traces.problems() == []


def test_who_overslept_the_lease_neither_sends_nor_settles(stage: Stage) -> None:
    make.editor()
    make.submitted()
    slow = outbox.claim()
    time_passes()
    mails.deliver()

    assert [outbox.begin(row) for row in slow] == [False]
    assert [outbox.settle(row, Status.PARKED) for row in slow] == [False]
    assert mortal.sent() == wanted()
    assert Outbox.objects.get().status == Status.DONE


def test_a_sender_killed_anywhere_loses_and_doubles_nothing(
    stage: Stage, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.editor()
    make.editor()
    make.submitted()
    stage.keep()

    for fated in itertools.count(1):
        doom = killing.Doom(fated)
        monkeypatch.setattr(mortal, "meet", lambda _point, doom=doom: doom.point())
        if killing.survives(mails.deliver, doom):
            break
        doom.fated = 0
        time_passes()
        mails.deliver()
        time_passes()
        mails.deliver()

        assert mortal.sent() == wanted()
        assert set(Outbox.objects.values_list("status", flat=True)) == {"done"}
        (mail.parent / "sent").unlink()
        for path in mail.iterdir():
            path.unlink()
        stage.put_back()
    assert fated > 12


def test_without_a_journal_a_killed_sender_leaves_a_question_never_a_second_mail(
    stage: Stage, settings: Any
) -> None:
    make.editor(email="ada@example.org")
    make.editor(email="ben@example.org")
    make.submitted()
    stage.keep()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2

    with serving() as server:
        settings.EMAIL_PORT = server.port
        for fated in itertools.count(1):
            if killing.survives(mails.deliver, killing.Doom(fated)):
                break
            time_passes()
            mails.deliver()

            rows = Outbox.objects.select_related("recipient")
            states = {r.recipient.email[:3]: r.status for r in rows if r.recipient}
            asked = sorted(name for name in states if states[name] == "unknown")
            assert len(asked) <= 1
            assert set(states.values()) <= {"done", "unknown"}
            assert server.names == sorted(set(server.names))
            assert set(states) - set(server.names) <= set(asked)
            server.taken.clear()
            stage.put_back()
    assert fated > 12
