"""A damaged page: the desk hears of it, once for each time it was built."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from articles.models import Page
from editorial import mails, people
from editorial.actions import publishing, withholding
from editorial.actions.withholding import Damage
from editorial.errors import MovedOn
from editorial.models import Event, Outbox
from tests import make, traces

if TYPE_CHECKING:
    from articles.models import Version

pytestmark = pytest.mark.django_db


def page_of(version: Version, tail: str = "") -> Page:
    return Page.objects.get(path=version.article.get_absolute_url() + tail)


def test_the_editor_in_charge_is_told_at_once_and_it_is_on_record() -> None:
    editor = make.editor()
    version = make.published(editor=editor)
    page = page_of(version)

    withholding.report(page)

    assert traces.step() == ("page_withheld", "published", "published", "")
    assert traces.said()["facts"] == {"withheld": page.path}
    assert traces.told() == {editor.pk: "Something public is damaged"}
    owed = Outbox.objects.filter(event=traces.last())
    assert [(row.topic, row.recipient_id) for row in owed] == [("mail", editor.pk)]
    assert traces.problems() == []


def test_the_desk_is_told_once_however_often_it_is_asked_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = page_of(make.published())

    with caplog.at_level(logging.ERROR, logger=withholding.__name__):
        withholding.report(page)
        before = traces.everything()
        withholding.report(page)

    assert traces.everything() == before
    assert len(caplog.messages) == 1


def test_who_comes_second_changes_nothing() -> None:
    page = page_of(make.published())
    damage = Damage(page.version_id, {"withheld": page.path})
    withholding.report(page)

    with traces.nothing_left(MovedOn, "Reported already"):
        withholding.withhold(page.article_id, by=people.system(), damage=damage)


def test_another_page_of_the_article_is_told_too() -> None:
    version = make.published()

    for tail in ("", "record/"):
        withholding.report(page_of(version, tail))

    assert Event.objects.filter(kind="page_withheld").count() == 2


def test_a_page_that_was_built_again_and_is_damaged_again_is_told_again() -> None:
    version = make.published()
    withholding.report(page_of(version))
    publishing.rebuild(version.article_id, by=people.system())

    withholding.report(page_of(version))

    assert Event.objects.filter(kind="page_withheld").count() == 2


def test_a_text_that_is_not_the_one_that_was_signed_is_told_once() -> None:
    version = make.published()

    for _ in range(2):
        withholding.report_text(version)

    told = Event.objects.get(kind="page_withheld")
    assert told.version == version
    assert traces.said(told)["facts"] == {"damaged_text": 1}


def mailed() -> str:
    """What the mail about the newest event says, in both its forms."""
    row = Outbox.objects.get(event=traces.last(), topic=Outbox.Topic.MAIL)
    message = mails.compose(row)
    html, _kind = message.alternatives[0]
    return f"{message.subject}\n{message.body}\n{html}"


def test_the_mail_says_whether_a_page_or_a_text_is_damaged() -> None:
    version = make.published(editor=make.editor())

    withholding.report(page_of(version))
    of_a_page = mailed()
    withholding.report_text(version)
    of_a_text = mailed()

    hidden, signed = "a page cannot be shown", "The text of version 1 is not the one"
    assert [of_a_page.count(said) for said in (hidden, signed)] == [2, 0]
    assert [of_a_text.count(said) for said in (hidden, signed)] == [0, 2]
    assert of_a_text.splitlines()[0] == "Something public is damaged"
