"""Mail: who still gets it, what it says, and that one bad mail stops no other."""

from __future__ import annotations

import pytest
from django.conf import settings as house
from django.core import mail as sent  # noqa: TID251  to look into the box

from editorial import mails, outbox
from editorial.actions import desk, reviewing
from editorial.models import Outbox
from tests import make


def statuses() -> list[str]:
    rows = Outbox.objects.filter(topic="mail").order_by("pk")
    return list(rows.values_list("status", flat=True))


def test_every_mail_goes_once_to_the_one_it_is_for(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    editor = make.editor()
    version = make.submitted()

    assert [mails.deliver(), mails.deliver()] == [1, 0]

    (message,) = mailoutbox
    assert message.to == [editor.email]
    assert message.subject == f"A version was submitted: {version.question}"
    assert version.get_absolute_url() in message.body
    assert house.SITE_URL + version.get_absolute_url() in message.body
    assert [kind for _, kind in message.alternatives] == ["text/html"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    row = Outbox.objects.get(topic="mail")
    assert message.extra_headers["Message-ID"] == mails.message_id(row)
    assert row.status == "done"


def test_each_recipient_has_a_mail_of_their_own(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    editors = sorted(make.editor().email for _ in range(3))
    make.submitted()

    mails.deliver()

    assert sorted(address for m in mailoutbox for address in m.to) == editors
    assert {len(m.recipients()) for m in mailoutbox} == {1}


def test_who_left_the_house_gets_no_mail(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    editor = make.editor()
    make.submitted()
    editor.is_active = False
    editor.save()

    assert mails.deliver() == 0
    assert (statuses(), mailoutbox) == (["moot"], [])


def test_an_invitation_that_was_answered_meanwhile_is_not_sent(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    version = make.submitted()
    Outbox.objects.filter(topic="mail").delete()
    version = make.send(version, tier="B")
    asked = version.assignments.select_related("reviewer").order_by("pk")
    desk.unassign(asked[0].pk, by=make.editor(), reason="A mistake")
    reviewing.accept(asked[1].pk, by=asked[1].reviewer, has_conflict=False)

    mails.deliver()

    invited = [m for m in mailoutbox if m.subject.startswith("You are invited")]
    assert [m.to for m in invited] == [[asked[1].reviewer.email]]


def test_one_mail_that_cannot_be_written_stops_no_other(
    db: None,
    mailoutbox: list[sent.EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    make.editor()
    for _ in range(3):
        make.submitted()
    bad = Outbox.objects.order_by("pk")[1].pk
    compose = mails.compose

    def broken(row: Outbox) -> sent.EmailMultiAlternatives:
        if row.pk == bad:
            message = "emails/submitted.txt"
            raise ValueError(message)
        return compose(row)

    monkeypatch.setattr(mails, "compose", broken)

    assert mails.deliver() == 2
    assert (statuses(), len(mailoutbox)) == (["done", "pending", "done"], 2)


def test_more_mails_than_one_claim_takes_go_out_in_one_go(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    for _ in range(outbox.BATCH + 2):
        make.editor()
    make.submitted()

    assert mails.deliver() == outbox.BATCH + 2
    assert set(statuses()) == {"done"}


def test_a_backend_without_a_journal_knows_nothing(db: None) -> None:
    make.editor()
    make.submitted()

    assert mails.was_sent(Outbox.objects.get(topic="mail")) is None
