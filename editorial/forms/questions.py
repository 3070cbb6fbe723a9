"""What a reader asks the editors."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.asking import emergencies, personal
from editorial.forms.base import Prose
from editorial.forms.listening import TAKE_OUT, OutsideForm

QUESTION_LENGTH = 500
WHO = "This may tell who somebody is, or how to reach them."
OF_ONE = (
    "This tells of one person’s health. Ask it in general, for example “Can somebody who"  # noqa: RUF001  as the page has it
    " takes lithium take ibuprofen?”, and send it again. Nothing has been stored."
)
NOT_NOW = (
    "Say that nobody is in danger now, or get help first. Nothing has been stored."
)


class SendForm(OutsideForm):
    """
    A question in general words.

    Of one that sounds as if somebody were in danger, `is_safe` is asked first.
    """

    field_order = ("words", "is_safe", "website")

    words = Prose(
        label="The question",
        help_text=(
            f"In general, and in at most {QUESTION_LENGTH} characters: not about"
            " yourself or anybody in particular."
        ),
        max_length=QUESTION_LENGTH,
        rows=4,
        error_messages={
            "required": "Say what you want to know.",
            "max_length": "Use at most %(limit_value)d characters; these are "
            "%(show_value)d.",
        },
    )
    is_safe = forms.BooleanField(
        label="Nobody is in danger now; I only want to know",
        error_messages={"required": NOT_NOW},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not emergencies.sounds_like(self.said):
            del self.fields["is_safe"]

    @property
    def said(self) -> str:
        """The words as they were sent, or are about to be shown; too long, their start."""
        words = self.data.get("words") or self.initial.get("words") or ""
        return str(words)[: 10 * QUESTION_LENGTH]

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if personal.is_told(words):
            raise forms.ValidationError(TAKE_OUT.format(WHO))
        if personal.is_of_one(words):
            raise forms.ValidationError(OF_ONE)
        return words
