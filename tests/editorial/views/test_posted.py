"""What somebody sent: what is wrong with it, the answers in it, and the rows it names."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from editorial.forms.base import Prose
from editorial.views import posted


class Remark(forms.Form):
    text = Prose(label="What you say", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("q", "A question")])
    people = forms.TypedMultipleChoiceField(
        label="People",
        choices=[(2, "Ada"), (3, "Bea")],
        required=False,
        widget=forms.SelectMultiple,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False)
    word = forms.CharField(required=False, widget=forms.PasswordInput)


class Letter(forms.Form):
    body = Prose(label="Body")

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.remark = Remark(data, prefix="remark")

    @property
    def every_field(self) -> list[Any]:
        return [*self, *self.remark]


def test_what_is_wrong_leads_to_its_field_in_inner_forms_too() -> None:
    assert posted.complaints(Letter({})) == [
        ("id_body", "This field is required."),
        ("id_remark-kind", "This field is required."),
    ]


def test_what_was_typed_and_chosen_comes_back_with_its_labels() -> None:
    sent = {
        "body": "One\r\ntwo",
        "remark-kind": "q",
        "remark-text": "",
        "remark-seen": "1",
        "remark-sure": "on",
        "remark-word": "secret",
        "remark-people": ["2", "3"],
    }

    assert posted.written(Letter(sent)) == [
        ("Body", "One\r\ntwo"),
        ("Kind", "A question"),
        ("People", "Ada, Bea"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("9" * 17, int("9" * 17)),
        ("9" * 18, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        ("²", None),
        ("\N{ARABIC-INDIC DIGIT ONE}", None),
    ],
)
def test_a_row_is_named_by_a_few_plain_digits(text: str, number: int | None) -> None:
    assert posted.key(text) == number
