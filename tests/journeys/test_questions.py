"""A question that nothing answers: sent, written to, approved, and told to its reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from articles.models import Version
from editorial import tasks
from editorial.actions import authoring
from editorial.models import Asker, Question
from tests import make
from tests.journeys import axe
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMultiAlternatives  # noqa: TID251  what was sent

    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Do ostriches help against hiccups?"
READER = "reader@example.org"
LINK = re.compile(r"https?://[^/]+(\S+)")


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def led(mailoutbox: list[EmailMultiAlternatives], subject: str) -> str:
    """Where the one letter of that subject to the reader leads."""
    tasks.sweep()
    (found,) = [
        letter
        for letter in mailoutbox
        if letter.to == [READER] and letter.subject == subject
    ]
    (path,) = LINK.findall(str(found.body))
    return path


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_question_is_asked_written_to_approved_and_told(
    browsers: Browsing, mailoutbox: list[EmailMultiAlternatives], scripts: str
) -> None:
    has_scripts = scripts == "with"
    nobody = make.User(email=READER)
    reader = Seat(browsers.open(java_script_enabled=has_scripts), nobody)
    editor = Seat(browsers.open(java_script_enabled=has_scripts), make.editor())
    author = make.author()

    send_it(reader, has_scripts=has_scripts)
    reader.tab.goto(led(mailoutbox, "Confirm your address"))
    assert Asker.objects.get().confirmed_at is None
    reader.press("Yes, tell me")
    assert reader.heading == "Confirmed"

    editor.sign_in()
    editor.tab.goto("/desk/?bucket=questions")
    editor.take_up(WORDS, "Decide on it")
    assert READER not in editor.tab.content()
    editor.fill("Its author", author.email)
    editor.press("Open a draft")
    assert editor.told == ["Opened. The question comes back if it is given up."]

    version = approved(Version.objects.get(question=WORDS), by=author)
    reader.tab.goto(led(mailoutbox, "Your question is answered"))
    assert reader.heading == version.question
    assert Question.objects.get().disposition == "answered"
    assert Asker.objects.get().address == ""


def send_it(reader: Seat, *, has_scripts: bool) -> None:
    """Ask, find no answer, say too much of oneself first, and then not."""
    reader.tab.goto("/ask/")
    reader.fill("Your question, in your own words", WORDS)
    reader.press("Ask")
    assert "Not answered yet" in reader.said
    reader.press("Send it to the editors")
    reader.fill("The question", f"I am 54 and I take lithium. {WORDS}")
    reader.press("Send it to the editors")
    assert not Question.objects.exists()
    assert "Nothing has been stored." in reader.complaints[0]
    if has_scripts:
        assert axe.everywhere(reader.tab) == []
    reader.fill("The question", WORDS)
    reader.fill("Your e-mail address", READER)
    reader.press("Send it to the editors")
    assert reader.heading == "Thank you"


def approved(draft: Version, *, by: make.User) -> Version:
    text = make.text()
    authoring.edit(draft.pk, by=by, text=text, seen=None)
    version = authoring.submit(draft.pk, by=by)
    make.send(version, tier="C")
    make.report_all(version)
    return make.approve(make.again(version))
