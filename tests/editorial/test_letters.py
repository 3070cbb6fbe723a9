"""The mails: one sentence, one link, nothing confidential in the subject."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string

from editorial import mails, notifications, workflow
from editorial.actions import authoring, desk
from editorial.models import Event, Outbox, User
from tests import make

if TYPE_CHECKING:
    from articles.models import Version

TOLD = sorted(
    str(kind)
    for kind, audiences in notifications.AUDIENCES.items()
    if any(not audience.waits for audience in audiences)
)
FOLDER = Path("templates/emails")
REMINDED = Event.Kind.AUTHORS_REMINDED
OF_ACCOUNTS = "A role that decides was proposed or given"
QUESTION = "Is <this> confidential?"
LINK = "https://example.org/desk/assignments/7/"


def letter(kind: str, part: str) -> str:
    context = {
        "recipient": User(name="Priya & Nand"),
        "notice": f"Something happened: {QUESTION}",
        "url": LINK,
    }
    return render_to_string(f"emails/{kind}.{part}", context)


def test_the_subject_of_every_kind_names_the_deed_and_never_the_question(
    db: None,
) -> None:
    make.editor()
    version = make.submitted()
    row = Outbox.objects.get(topic="mail")
    subjects = {}
    for kind in TOLD:
        row.event.kind = kind
        subjects[kind] = mails.compose(row).subject

    deed = "A version was submitted"
    assert version.question in mails.compose(row).body
    assert subjects == dict.fromkeys(TOLD, deed) | {"account_changed": OF_ACCOUNTS}


def offered(by: User, version: Version) -> set[str]:
    return {offer.step.name for offer in workflow.steps_for(by, version)}


@pytest.mark.parametrize("part", ["txt", "html"])
def test_what_a_reminder_asks_authors_to_do_is_offered(db: None, part: str) -> None:
    by = make.author()
    version = make.under_review(by=by)
    desk.return_for_changes(version.pk, by=make.editor(), reason="See the remarks.")
    returned = make.again(version)

    asked = re.findall(r"(open|withdraw) (.+?)(?: there)?\.", letter(REMINDED, part))
    assert asked == [("open", "the next draft"), ("withdraw", "that draft")]
    assert offered(by, returned) == {"revise"}
    assert "withdraw" in offered(by, authoring.revise(returned.pk, by=by))


def test_no_template_is_kept_that_no_mail_is_made_from() -> None:
    kept = {path.name.partition(".")[0] for path in FOLDER.glob("[!_]*")}

    assert kept == {*TOLD, "digest"}


def test_no_template_of_a_subject_is_told_the_question() -> None:
    asked = {"notice": QUESTION, "deed": "A deed", "url": LINK}
    found = {
        render_to_string(f"emails/{path.name}", asked).strip()
        for path in FOLDER.glob("*.subject.txt")
    }

    assert found == {"A deed", OF_ACCOUNTS}


@pytest.mark.parametrize("kind", TOLD)
def test_a_text_is_plain_and_has_one_link(kind: str) -> None:
    text = letter(kind, "txt")

    assert re.findall(r"https?://\S+", text) == [LINK]
    assert f"Something happened: {QUESTION}" in text
    assert text.startswith("Dear Priya & Nand,\n")
    assert "{" not in text


@pytest.mark.parametrize("kind", TOLD)
def test_the_html_says_the_same_without_styles_or_pictures(kind: str) -> None:
    html = letter(kind, "html")

    assert re.findall(r'href="([^"]*)"', html) == [LINK]
    assert "Is &lt;this&gt; confidential?" in html
    assert not re.search(r"style|<img|<script", html)
