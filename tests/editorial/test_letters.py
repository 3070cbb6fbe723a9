"""The mails: one sentence, one link, nothing confidential in the subject."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from editorial import notifications
from editorial.models import User

TOLD = sorted(str(kind) for kind, hear in notifications.AUDIENCES.items() if hear)
REVIEWERS_HEAR = {
    *("sent_to_review", "invited", "expired", "unassigned", "reminded"),
    *("returned", "rejected", "approved", "withdrawn"),
}
QUESTION = "Is <this> confidential?"
LINK = "https://example.org/desk/assignments/7/"


def letter(kind: str, part: str) -> str:
    context = {
        "recipient": User(name="Priya & Nand"),
        "notice": f"Something happened: {QUESTION}",
        "url": LINK,
    }
    return render_to_string(f"emails/{kind}.{part}", context)


@pytest.mark.parametrize("kind", TOLD)
def test_a_subject_is_one_line_and_names_no_question_to_reviewers(kind: str) -> None:
    subject = letter(kind, "subject.txt").strip()

    assert "\n" not in subject
    assert subject.startswith(("Something happened", "A role that decides"))
    assert kind not in REVIEWERS_HEAR or subject == "Something happened"


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
