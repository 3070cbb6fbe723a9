"""Readers who left an address confirm it, are told once, and are forgotten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings as house
from django.utils import timezone

from articles.models import Version
from editorial import mails, replies, tasks
from editorial.actions import authoring, questions, telling
from editorial.actions.questions import Verdict
from editorial.models import Asker, Event, Outbox, Question
from tests import make, traces

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives  # noqa: TID251  what was sent

    Sent = list[EmailMultiAlternatives]

pytestmark = pytest.mark.django_db
WORDS = "Is coffee bad for the heart?"
READER = "reader@example.org"
CLOSED = Verdict("out_of_scope", "It is about cooking.")


def asked(words: str = WORDS, address: str = READER) -> Asker:
    return questions.ask(words, address=address).asker


def confirmed(words: str = WORDS, address: str = READER) -> Asker:
    """One whose first letter has gone out and is answered."""
    asker = asked(words, address)
    mails.deliver()
    assert telling.confirm(asker.pk)
    return asker


def now(asker: Asker) -> Asker:
    return Asker.objects.get(pk=asker.pk)


def closed(question: Question, verdict: Verdict = CLOSED) -> None:
    questions.settle(question.pk, by=make.editor(), verdict=verdict)


def statuses() -> list[str]:
    rows = Outbox.objects.filter(topic="letter").order_by("pk")
    return list(rows.values_list("status", flat=True))


def test_who_leaves_an_address_is_asked_once_whether_it_is_theirs(
    mailoutbox: Sent,
) -> None:
    asker = asked()

    tasks.sweep()
    tasks.sweep()

    (message,) = mailoutbox
    link = f"{house.SITE_URL}/ask/confirm/{replies.token(asker)}/"
    assert (message.to, message.subject) == ([READER], "Confirm your address")
    assert link in message.body
    assert f'href="{link}"' in str(message.alternatives[0][0])
    assert WORDS not in str(message.message())
    assert (now(asker).confirmed_at, now(asker).address) == (None, READER)


def test_that_somebody_wants_to_be_told_is_on_record_without_their_address() -> None:
    with traces.one_event():
        asker = asked()

    event = traces.last()
    assert (event.kind, event.chain.name) == (Event.Kind.QUESTION_ASKED, "questions")
    assert event.actor.is_machine
    assert traces.said()["facts"] == {"question": asker.question_id}
    assert READER not in event.payload
    assert WORDS not in event.payload
    assert traces.problems() == []


def test_who_leaves_no_address_leaves_nothing_but_the_question() -> None:
    questions.ask("Which vaccines does a baby need?")
    before = traces.counts()

    questions.ask(WORDS)

    assert traces.counts() - before == {"editorial.Question": 1}


def test_the_same_address_asking_the_same_is_kept_once() -> None:
    first = questions.ask(WORDS, address=READER)
    before = traces.everything()

    again = questions.ask("Does coffee harm the heart?", address=READER.upper())

    assert (again, traces.everything()) == (first, before)


def test_an_address_that_nobody_confirms_is_deleted(mailoutbox: Sent) -> None:
    asker = asked()
    tasks.sweep()

    with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
        assert replies.of_token(replies.token(asker)) is None
        assert not telling.confirm(asker.pk)
        tasks.sweep()

    assert (now(asker).address, now(asker).confirmed_at) == ("", None)
    assert Question.objects.get().words == WORDS


def test_a_letter_that_comes_too_late_to_be_confirmed_is_not_sent(
    mailoutbox: Sent,
) -> None:
    asked()

    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        tasks.sweep()

    assert (mailoutbox, statuses()) == ([], ["moot"])


def test_who_did_not_confirm_hears_nothing(mailoutbox: Sent) -> None:
    asker = asked()
    mails.deliver()
    closed(asker.question)

    tasks.sweep()

    assert [message.subject for message in mailoutbox] == ["Confirm your address"]


def test_who_confirmed_is_told_once_that_it_is_closed_and_forgotten(
    mailoutbox: Sent,
) -> None:
    asker = confirmed()
    tasks.sweep()
    assert len(mailoutbox) == 1

    closed(asker.question)
    tasks.sweep()
    tasks.sweep()

    _, message = mailoutbox
    assert (message.to, message.subject) == ([READER], "Your question to the editors")
    assert "This library does not take it up." in message.body
    for secret in (WORDS, CLOSED.reason):
        assert secret not in str(message.message())
    left = now(asker)
    assert (left.address, left.told_at is None) == ("", False)
    assert READER not in str(traces.everything())
    assert traces.problems() == []


def test_all_who_asked_the_same_are_told(mailoutbox: Sent) -> None:
    asker = confirmed()
    confirmed("Does coffee harm the heart?", "other@example.org")
    third = confirmed("Which vaccines does a baby need?", "third@example.org")
    mailoutbox.clear()

    verdict = Verdict("duplicate", "The same.", same_as=asker.question_id)
    closed(third.question, verdict)
    tasks.sweep()
    assert mailoutbox == []
    closed(asker.question)
    tasks.sweep()

    assert [message.to for message in mailoutbox] == [
        *([READER], ["other@example.org"], ["third@example.org"])
    ]
    assert not Asker.objects.exclude(address="").exists()


def test_a_public_article_is_told_with_its_question(mailoutbox: Sent) -> None:
    asker, version = confirmed(), make.published()
    mailoutbox.clear()

    closed(asker.question, Verdict("answered", "So.", version.article.slug))
    mails.deliver()
    tasks.sweep()

    letters = [message for message in mailoutbox if message.to == [READER]]
    (message,) = letters
    assert message.subject == "Your question is answered"
    assert version.question in message.body
    assert house.SITE_URL + version.article.get_absolute_url() in message.body
    assert now(asker).address == ""


def written(asker: Asker) -> Version:
    """The article that was written to answer, under review with its quorum in."""
    author = make.author()
    draft = questions.open_draft(
        asker.question_id, by=make.editor(), email=author.email
    )
    authoring.edit(draft.pk, by=author, text=make.text(), seen=None)
    version = authoring.submit(draft.pk, by=author)
    make.send(version, tier="C")
    make.report_all(version)
    return make.again(version)


def letters(mailoutbox: Sent) -> list[str]:
    return [str(mail.subject) for mail in mailoutbox if mail.to == [READER]]


def test_who_asked_hears_when_the_article_is_public_and_not_before(
    mailoutbox: Sent,
) -> None:
    asker = confirmed()
    version = written(asker)
    tasks.sweep()
    assert letters(mailoutbox) == ["Confirm your address"]

    make.approve(version)
    tasks.sweep()
    tasks.sweep()

    told = ["Confirm your address", "Your question is answered"]
    assert letters(mailoutbox) == told
    assert now(asker).address == ""
    assert traces.problems() == []


def test_who_confirms_after_the_answer_is_told_as_well(mailoutbox: Sent) -> None:
    asker = asked()
    mails.deliver()
    closed(asker.question)
    tasks.sweep()

    telling.confirm(asker.pk)
    tasks.sweep()

    assert letters(mailoutbox)[1:] == ["Your question to the editors"]


def test_an_article_that_left_the_public_meanwhile_is_not_told(
    mailoutbox: Sent,
) -> None:
    asker, version = confirmed(), make.published()
    article = version.article
    closed(asker.question, Verdict("answered", "So.", article.slug))
    telling.owe()
    now_gone = Question.objects.get(pk=asker.question_id).answer
    assert now_gone == article
    make.held(version)

    tasks.sweep()

    assert letters(mailoutbox) == ["Confirm your address"]
    assert statuses() == ["done", "moot"]
    assert now(asker).address == READER

    make.noticed(version, "release")
    tasks.sweep()

    assert letters(mailoutbox)[1:] == ["Your question is answered"]
    assert now(asker).address == ""


def test_a_question_that_is_open_again_is_told_later(mailoutbox: Sent) -> None:
    other, asker = confirmed(), confirmed("Which vaccines does a baby need?", "b@c.org")
    verdict = Verdict("duplicate", "The same.", same_as=other.question_id)
    closed(asker.question, verdict)
    closed(other.question)
    telling.owe()
    questions.separate(asker.question_id, by=make.editor())
    mailoutbox.clear()
    tasks.sweep()
    assert [message.to for message in mailoutbox] == [[READER]]

    closed(Question.objects.get(pk=asker.question_id))
    tasks.sweep()

    assert [message.to for message in mailoutbox] == [[READER], ["b@c.org"]]


def test_a_letter_of_which_nobody_knows_keeps_the_address(mailoutbox: Sent) -> None:
    asker = confirmed()
    closed(asker.question)
    telling.owe()
    held = Outbox.objects.filter(dedupe_key__startswith=telling.NEWS)
    held.update(status="unknown")

    tasks.sweep()
    assert (len(mailoutbox), now(asker).address) == (1, READER)
    held.update(status="done")
    tasks.sweep()

    assert (len(mailoutbox), now(asker).address) == (1, "")


def test_who_changes_their_mind_is_forgotten_and_not_written_to(
    mailoutbox: Sent,
) -> None:
    asker = confirmed()
    closed(asker.question)
    telling.owe()

    telling.forget_me(asker.pk)
    tasks.sweep()

    assert (len(mailoutbox), statuses()) == (1, ["done", "moot"])
    assert now(asker).address == ""


def test_an_address_is_kept_for_a_year_at_most() -> None:
    asker = confirmed()

    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        tasks.sweep()

    assert now(asker).address == ""


@pytest.mark.parametrize("token", ["", "1", "1.x", "x.y.z", "é", "9" * 30])
def test_a_link_that_nobody_sent_is_nobodys(token: str) -> None:
    asked()

    assert replies.of_token(token) is None
