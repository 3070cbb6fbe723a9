"""Mail: who still gets it, what it says, and that one bad mail stops no other."""

from __future__ import annotations

import datetime as dt
from time import monotonic

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings as house
from django.core import mail as sent  # noqa: TID251  to look into the box
from django.core.mail.backends.locmem import EmailBackend  # noqa: TID251  to send slowly
from django.utils import timezone

from editorial import mails, outbox, roles
from editorial.actions import authoring, authors, desk, inviting, reviewing
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
    assert message.subject == "A version was submitted"
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


@pytest.mark.parametrize("role", [roles.EDITOR, roles.CHIEF_EDITOR])
def test_who_left_the_desk_gets_no_mail_about_its_texts(
    role: str, db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    former, still = make.user(role, roles.REVIEWER), make.editor()
    make.submitted()
    former.groups.remove(*former.groups.filter(name=role))

    assert [mails.deliver(), mails.deliver()] == [1, 0]

    assert [m.to for m in mailoutbox] == [[still.email]]
    row = Outbox.objects.get(topic="mail", recipient=former)
    assert (row.status, row.last_error) == ("moot", mails.NOT_WANTED)
    assert row.settled_at is not None
    former.groups.add(*still.groups.all())
    assert mails.deliver() == 0


def test_a_chief_who_is_none_now_is_not_told_that_it_can_be_decided(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    chief = make.chief()
    make.reviewed(tier="C")
    mails.deliver()
    mailoutbox.clear()
    make.reviewed(tier="C")
    chief.groups.clear()

    mails.deliver()

    assert [m for m in mailoutbox if chief.email in m.to] == []
    owed = Outbox.objects.filter(recipient=chief, status="moot")
    assert {row.event.kind for row in owed} == {"submitted", "reported"}


def test_who_reviews_no_longer_is_asked_nothing_and_let_go(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    version = make.under_review(tier="C")
    reviewer = version.assignments.get().reviewer
    reviewer.groups.clear()
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")

    mails.deliver()

    to_them = [m.subject for m in mailoutbox if reviewer.email in m.to]
    assert to_them == ["Your review is no longer needed"]


def test_an_invitation_to_write_that_was_taken_back_is_not_sent(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    author, guest, stays = make.author(), make.author(), make.author()
    draft = make.draft(by=author)
    for person in (guest, stays):
        authors.invite_author(draft.article_id, by=author, email=person.email)
    row = draft.article.authorships.get(user=guest)
    authors.uninvite_author(draft.article_id, by=author, authorship_id=row.pk)

    mails.deliver()

    assert sorted((m.to, m.subject.partition(":")[0]) for m in mailoutbox) == [
        ([guest.email], "An invitation to write was taken back"),
        ([stays.email], "You are invited to write"),
    ]


def test_authors_hear_as_long_as_they_are_authors(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    one, two = make.author(), make.author()
    version = make.draft(by=one)
    authors.invite_author(version.article_id, by=one, email=two.email)
    authors.join(version.article_id, by=two)
    make.send(authoring.submit(version.pk, by=one), tier="C")
    two.groups.clear()

    mails.deliver()

    told = [m.to for m in mailoutbox if "under review" in m.subject]
    assert sorted(told) == sorted([[one.email], [two.email]])


def test_an_invitation_that_was_answered_meanwhile_is_not_sent(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    version = make.submitted()
    Outbox.objects.filter(topic="mail").delete()
    version = make.send(version, reviewers=[make.reviewer() for _ in range(3)])
    asked = version.assignments.select_related("reviewer").order_by("pk")
    inviting.unassign(asked[0].pk, by=make.editor(), reason="A mistake")
    reviewing.accept(asked[1].pk, by=asked[1].reviewer, answers=make.answers())

    mails.deliver()

    invited = [m for m in mailoutbox if m.subject.startswith("You are invited")]
    assert [m.to for m in invited] == [[asked[2].reviewer.email]]


def test_an_invitation_to_a_further_round_says_so_in_its_subject(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    author, one, other, late = make.author(), *(make.reviewer() for _ in range(3))
    first = make.under_review(by=author, reviewers=[one])
    make.report_all(first)
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    Outbox.objects.filter(topic="mail").delete()
    second = make.resubmitted(make.again(first), by=author)
    second = make.send(second, reviewers=[one, other])
    inviting.invite(second.pk, by=make.editor(), reviewers=[late.pk])

    mails.deliver()

    told = {m.to[0]: m.subject for m in mailoutbox}
    assert [told[person.email] for person in (one, other, late)] == [
        "Round 2: your review is asked again",
        *["Round 2: you are invited to review"] * 2,
    ]
    assert told[author.email] == "Your article is under review"
    assert second.question not in "".join(told.values())


def test_authors_read_where_their_article_is_public(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    author = make.author()
    version = make.published(by=author)

    mails.deliver()

    [message] = [m for m in mailoutbox if m.subject == "Your article is public"]
    html = str(message.alternatives[0][0])
    public = house.SITE_URL + version.article.get_absolute_url()
    assert message.to == [author.email]
    assert f"\n{public}\n" in message.body
    assert f'href="{public}"' in html
    assert house.SITE_URL + version.get_absolute_url() in message.body


@pytest.mark.parametrize(("tier", "days"), [("A", 10), ("C", 14)])
def test_every_invitation_says_what_to_do_and_by_when(
    tier: str, days: int, db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    first, later, author = make.reviewer(), make.reviewer(), make.author()
    version = make.under_review(by=author, reviewers=[first], tier=tier)
    inviting.invite(version.pk, by=make.editor(), reviewers=[later.pk])
    asked = version.assignments.get(reviewer=first)

    mails.deliver()

    told = {m.to[0]: m for m in mailoutbox}
    for reviewer in (first, later):
        body = str(told[reviewer.email].body)
        assert "Accept or decline on the page behind this link" in body
        assert f"You have {days} days for the review from then on." in body
        assert f"Please answer by {asked.respond_by:%-d %B %Y}." in body
        assert str(told[reviewer.email].alternatives[0]).count(f"{days} days") == 1
    assert "There is nothing for you to do now" in str(told[author.email].body)


def test_a_further_invitation_says_what_was_reviewed_before(
    db: None, mailoutbox: list[sent.EmailMultiAlternatives]
) -> None:
    author, one, other = make.author(), make.reviewer(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    make.reported(first.assignments.get(), comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    mails.deliver()
    mailoutbox.clear()

    make.send(text, tier="C", reviewers=[one])
    inviting.invite(text.pk, by=make.editor(), reviewers=[other.pk])
    mails.deliver()

    told = {m.to[0]: m for m in mailoutbox}
    said = "Round 2; you reviewed version 1; 1 of your comments was answered."
    for words in (told[one.email].body, told[one.email].alternatives[0][0]):
        assert f"{said} Accept or decline on the page" in str(words)
    assert "Round 2. Accept or decline on the page" in str(told[other.email].body)
    assert "you reviewed" not in str(told[other.email].body)


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

    def broken(row: Outbox, news: mails.News) -> sent.EmailMultiAlternatives:
        if row.pk == bad:
            message = "emails/submitted.txt"
            raise ValueError(message)
        return compose(row, news)

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


def test_a_slow_send_is_not_taken_for_a_dead_one(
    db: None,
    mailoutbox: list[sent.EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.editor()
    make.submitted()
    send = EmailBackend.send_messages

    def slow(self: EmailBackend, messages: list[sent.EmailMessage]) -> int:
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=61)):
            outbox.reap(mails.was_sent)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)

    assert mails.deliver() == 1
    assert (statuses(), len(mailoutbox)) == (["done"], 1)


def test_a_sweep_begins_nothing_once_its_time_is_over(
    db: None,
    mailoutbox: list[sent.EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.editor()
    for _ in range(3):
        make.submitted()
    clock = iter([0.0, 0.0, 99.9, 100.0])
    monkeypatch.setattr(mails, "monotonic", lambda: next(clock))

    assert mails.deliver(until=100) == 2
    rows = Outbox.objects.filter(topic="mail").order_by("pk")
    assert list(rows.values_list("status", "attempts")) == [
        ("done", 1),
        ("done", 1),
        ("pending", 0),
    ]


def test_a_sweep_leaves_room_for_its_last_mail() -> None:
    a_reply, replies = 10, 8

    assert mails.ENOUGH + a_reply * replies < house.CELERY_TASK_SOFT_TIME_LIMIT


@pytest.mark.parametrize("where", ["compose", "was_open"])
def test_a_soft_limit_before_the_send_leaves_every_mail_owed(
    where: str,
    db: None,
    mailoutbox: list[sent.EmailMultiAlternatives],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.editor()
    make.submitted()
    make.submitted()

    def over(*_: object) -> None:
        raise SoftTimeLimitExceeded

    at = {"compose": (mails, "compose"), "was_open": (EmailBackend, "open")}[where]
    with monkeypatch.context() as patch:
        patch.setattr(*at, over)
        with pytest.raises(SoftTimeLimitExceeded):
            mails.deliver()

    assert statuses() == ["pending", "pending"]
    assert (mails.deliver(monotonic() + 60), len(mailoutbox)) == (2, 2)


@pytest.mark.parametrize(("journal", "status"), [(False, "pending"), (True, "done")])
def test_a_soft_limit_while_sending_is_looked_up_at_once(
    journal: bool,  # noqa: FBT001  what the journal says
    status: str,
    db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.editor()
    make.submitted()

    def over(*_: object) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(EmailBackend, "send_messages", over)
    monkeypatch.setattr(mails, "was_sent", lambda _row: journal)

    with pytest.raises(SoftTimeLimitExceeded):
        mails.deliver()

    assert statuses() == [status]


def test_a_backend_without_a_journal_knows_nothing(db: None) -> None:
    make.editor()
    make.submitted()

    assert mails.was_sent(Outbox.objects.get(topic="mail")) is None
