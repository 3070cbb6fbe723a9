"""Mail servers that refuse, stall, break off, or are not there."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from editorial import mails, outbox
from editorial.actions import effects, inviting
from editorial.models import Outbox
from reviews.models import Assignment
from tests import make
from tests.editorial.faults.smtp import Server, serving
from tests.editorial.faults.stage import Stage

Status = Outbox.Status


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    with serving() as found:
        settings.EMAIL_PORT = found.port
        yield found


def owe(*names: str) -> None:
    """Invite reviewers of these names; theirs is the only mail that is owed then."""
    version, editor = make.submitted(), make.editor()
    reviewers = [make.reviewer(email=f"{name}@example.org") for name in names]
    make.send(version, reviewers=reviewers, editor=editor)
    others = Outbox.objects.exclude(recipient__in=reviewers)
    others.update(status=Status.MOOT)


def states() -> dict[str, str]:
    owed = Outbox.objects.exclude(status=Status.MOOT).select_related("recipient")
    return {
        str(r.recipient.email).partition("@")[0]: r.status for r in owed if r.recipient
    }


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ("refused", "parked"),
        ("later", "pending"),
        ("cut", "unknown"),
        ("hung", "unknown"),
    ],
)
def test_one_bad_mailbox_of_five_does_not_hold_the_others(
    bad: str, status: str, stage: Stage, server: Server
) -> None:
    good = ["ada", "ben", "eve", "flo"]
    owe("ada", "ben", bad, "eve", "flo")

    sent = mails.deliver()

    assert sent == 4
    assert states() == dict.fromkeys(good, "done") | {bad: status}
    assert [name for name in server.names if name != bad] == good


@pytest.mark.parametrize("bad", ["cut", "lost", "hung"])
def test_what_nobody_can_know_is_not_sent_again_but_shown(
    bad: str, stage: Stage, server: Server, client: Client
) -> None:
    owe(bad)
    mails.deliver()
    taken = list(server.taken)

    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        mails.deliver()
    client.force_login(make.editor())
    page = client.get("/desk/effects/").content.decode()

    assert (states(), server.taken) == ({bad: "unknown"}, taken)
    assert page.count(str(Outbox.objects.get(status="unknown").recipient)) == 1


def test_an_editor_has_an_unknown_mail_sent_again(stage: Stage, server: Server) -> None:
    owe("lost")
    mails.deliver()
    server.healed = True

    effects.settle(
        Outbox.objects.get(status="unknown").pk, by=make.editor(), delivered=False
    )
    mails.deliver()

    assert (states(), server.names) == ({"lost": "done"}, ["lost"])


def test_a_mailbox_that_is_busy_is_tried_later_and_served_once(
    stage: Stage, server: Server
) -> None:
    owe("later")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mails.deliver()
        mails.deliver()
        attempts = [Outbox.objects.get(status="pending").attempts]
        clock.shift(outbox.pause(1))
        mails.deliver()
        attempts.append(Outbox.objects.get(status="pending").attempts)
        server.healed = True
        clock.shift(outbox.pause(2))
        mails.deliver()

    assert attempts == [1, 2]
    assert (states(), server.names) == ({"later": "done"}, ["later"])


def test_a_mailbox_that_stays_busy_is_parked_after_a_day(
    stage: Stage, server: Server
) -> None:
    owe("later")
    began = timezone.now()
    with time_machine.travel(began, tick=False) as clock:
        while states() == {"later": "pending"}:
            mails.deliver()
            clock.move_to(
                Outbox.objects.get(recipient__email__startswith="later").available_at
            )
        took = timezone.now() - began

    assert states() == {"later": "parked"}
    assert dt.timedelta(hours=20) < took < dt.timedelta(hours=28)


def nobody_listens(server: Server, settings: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]


def nobody_knows_the_host(server: Server, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.invalid"


def it_says_nothing(server: Server, settings: Any) -> None:
    server.greeting = None


def it_turns_everybody_away(server: Server, settings: Any) -> None:
    server.greeting = "554 no service here"


def it_knows_another_password(server: Server, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "wrong"


@pytest.mark.parametrize(
    "trouble",
    [
        nobody_listens,
        nobody_knows_the_host,
        it_says_nothing,
        it_turns_everybody_away,
        it_knows_another_password,
    ],
)
def test_a_server_that_lets_nobody_in_costs_a_delay(
    trouble: Callable[[Server, Any], None],
    stage: Stage,
    server: Server,
    settings: Any,
) -> None:
    owe("ada", "ben", "eve")
    well = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    trouble(server, settings)
    mails.deliver()
    before = states()
    settings.EMAIL_HOST, settings.EMAIL_PORT = well
    settings.EMAIL_HOST_USER, server.greeting = "", "220 here again"

    with time_machine.travel(timezone.now() + outbox.pause(1)):
        mails.deliver()

    assert before == dict.fromkeys(("ada", "ben", "eve"), "pending")
    assert states() == dict.fromkeys(("ada", "ben", "eve"), "done")
    assert server.names == ["ada", "ben", "eve"]


def test_a_mail_that_cannot_be_written_does_not_hold_the_others(
    stage: Stage, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe("ada", "ben", "eve")
    compose = mails.compose

    def fail(row: Outbox, news: mails.News) -> Any:
        if row.recipient and row.recipient.email.startswith("ada@"):
            raise ValueError("There is no such template.")
        return compose(row, news)

    monkeypatch.setattr(mails, "compose", fail)
    sent = mails.deliver()

    assert (sent, server.names) == (2, ["ben", "eve"])
    assert states() == {"ada": "pending", "ben": "done", "eve": "done"}
    assert Outbox.objects.get(status="pending").last_error.endswith("such template.")


def test_an_address_that_cannot_be_written_is_held_alone(
    stage: Stage, server: Server
) -> None:
    owe("ada", "ben")
    broken = make.User.objects.get(email="ada@example.org")
    make.User.objects.filter(pk=broken.pk).update(email="two words@@example.org")

    sent = mails.deliver()

    assert (sent, server.names) == (1, ["ben"])
    assert Outbox.objects.filter(status="done").count() == 1


def test_nobody_is_asked_for_what_was_taken_back(stage: Stage, server: Server) -> None:
    owe("ada", "ben")
    asked = Assignment.objects.get(reviewer__email="ada@example.org")
    inviting.unassign(asked.pk, by=asked.invited_by, reason="A mistake.")
    Outbox.objects.filter(event__kind="unassigned").update(status=Status.MOOT)

    mails.deliver()

    assert server.names == ["ben"]


def test_who_left_the_house_gets_no_mail(stage: Stage, server: Server) -> None:
    owe("ada", "ben")
    make.User.objects.filter(email="ada@example.org").update(is_active=False)

    mails.deliver()

    assert server.names == ["ben"]
