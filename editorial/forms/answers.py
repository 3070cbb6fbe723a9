"""The forms by which authors answer comments, findings and reviewers."""

from __future__ import annotations

from typing import Any

from django import forms

from editorial.actions.answering import ANSWER_LENGTH, RESPONSE_LENGTH
from editorial.forms.base import Prose, one_of
from reviews.states import AnswerKind

BACK = ("answers", "edit")


class AnswerForm(forms.Form):
    """`seen` is the stamp of what it was drawn with, `back` the page it stands on."""

    use_required_attribute = False

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    back = forms.ChoiceField(
        choices=[(page, page) for page in BACK],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        self.name = name
        kwargs.setdefault("auto_id", f"{name}-%s")
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """What the deed is told beside who asks and what it is about."""
        return {
            name: said for name, said in self.cleaned_data.items() if name != "back"
        }


class ItemForm(AnswerForm):
    answer = one_of(
        "What became of it",
        AnswerKind.choices,
        unsaid="Say whether it is done or not done.",
    )
    text = Prose(
        label="What you did, or why you did not",
        required=False,
        help_text="Needed where it is not done.",
        max_length=ANSWER_LENGTH,
        rows=3,
    )

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("answer") == AnswerKind.NOT_DONE and not given.get("text"):
            self.add_error("text", "Say why it is not done; the reviewers read it.")


class LetterForm(AnswerForm):
    text = Prose(
        label="Letter to the reviewers",
        required=False,
        max_length=RESPONSE_LENGTH,
        help_text="The editor and the reviewers of this version read it.",
        rows=8,
    )


class FindingForm(AnswerForm):
    reason = Prose(
        label="Why it may stay",
        max_length=ANSWER_LENGTH,
        rows=3,
        error_messages={"required": "Give the reason; reviewers read it."},
    )
