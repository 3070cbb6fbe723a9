"""The form an author writes in."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from editorial.forms.documents import OpenForm
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


@pytest.mark.parametrize("field", ["question", "headline"])
def test_a_title_that_is_too_long_stays_whole_and_is_counted(field: str) -> None:
    most, over = "w" * 300, "w" * 362
    found = DraftForm({"question": "Why?", "audience": "clinician", field: over})

    assert form(**{field: f" {most} "}).cleaned_data[field] == most
    assert not found.is_valid()
    assert found.errors[field] == ["300 at most; 62 too many."]
    assert over in str(found[field])
    assert "maxlength" not in str(found[field])


def test_the_title_of_a_document_is_counted_likewise() -> None:
    found = OpenForm(QueryDict(f"question={'w' * 301}"), rows=[])

    assert found["question"].errors == ["300 at most; 1 too many."]
    assert "maxlength" not in str(found["question"])
