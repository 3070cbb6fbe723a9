"""The form an author writes in."""

from __future__ import annotations

from typing import Any

from editorial.forms.drafts import DraftForm


def form(**fields: Any) -> DraftForm:
    given = {"question": "Why?", "audience": "clinician", "origin": "human"} | fields
    found = DraftForm(given)
    assert found.is_valid(), found.errors
    return found


def test_the_main_text_belongs_to_the_audience_named() -> None:
    text = form(audience="patient", body="<p>You</p>", body_nurse="<p>We</p>").text()

    assert text.renditions == {"patient": "<p>You</p>", "nurse": "<p>We</p>"}


def test_the_text_for_the_new_main_audience_becomes_the_main_text() -> None:
    text = form(audience="patient", body="", body_patient="<p>You</p>").text()

    assert text.renditions == {"patient": "<p>You</p>"}


def test_topics_are_told_apart_by_commas_and_named_once() -> None:
    assert form(topics=" Heart  failure, Pain,,Pain ").text().topics == (
        "Heart failure",
        "Pain",
    )


def test_line_ends_are_the_house_s() -> None:
    assert form(body="<p>a</p>\r\n<p>b</p>").text().renditions["clinician"] == (
        "<p>a</p>\n<p>b</p>"
    )


def test_a_first_version_has_nothing_to_say_of_a_change() -> None:
    assert "change_summary" not in DraftForm().fields
    assert "change_summary" in DraftForm(number=2).fields
