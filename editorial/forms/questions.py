"""What a reader asks the editors, and what the desk makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from articles.asking import emergencies, personal
from editorial.forms.base import Prose, ReasonForm, StepForm, one_of
from editorial.forms.listening import TAKE_OUT, OutsideForm
from editorial.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

Disposition = Question.Disposition

QUESTION_LENGTH = 500
WHO = "This may tell who somebody is, or how to reach them."
OF_ONE = (
    "This tells of one person’s health. Ask it in general, for example “Can somebody who"  # noqa: RUF001  as the page has it
    " takes lithium take ibuprofen?”, and send it again. Nothing has been stored."
)
WHICH = "Choose the question that it repeats."
NOT_NOW = (
    "Say that nobody is in danger now, or get help first. Nothing has been stored."
)


class SendForm(OutsideForm):
    """
    A question in general words.

    Of one that sounds as if somebody were in danger, `is_safe` is asked first.
    """

    field_order = ("words", "is_safe", "email", "website")

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

    email = forms.EmailField(
        label="Your e-mail address",
        help_text=(
            "Only if you want to be told when an article answers it. We send you a link"
            " to confirm it; the editors do not see it, and it is deleted when you were"
            " told, at the latest after a year."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Give an address such as name@example.org."},
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


class SettleForm(ReasonForm):
    """
    What becomes of a question; `alike` are those that it may repeat.

    `seen` is the newest question that whoever decides has seen.
    """

    field_order = ("disposition", "article", "same_as", "reason", "seen")

    disposition = one_of(
        "What becomes of it",
        [row for row in Disposition.choices if row[0] != Disposition.DRAFT],
        unsaid="Say what becomes of it.",
    )
    article = forms.CharField(
        label="The article that answers it",
        help_text="Its address, if a public article answers it.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, alike: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(row.pk), row.words) for row in alike]
        self.fields["same_as"] = one_of(
            "The question that it repeats",
            others,
            unsaid=WHICH,
            help_text="If it was asked before: it then waits with that one.",
        )
        self.fields["same_as"].required = False
        if not others:
            del self.fields["same_as"]
        self.order_fields(self.field_order)

    def clean_article(self) -> str:
        """The slug, whether it was given alone or in an address."""
        given = self.cleaned_data["article"].strip()
        found = re.search(r"/articles/([\w-]+)", given)
        return found[1] if found else given.strip("/")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = said.get("disposition")
        if chosen == Disposition.ANSWERED and not said.get("article"):
            self.add_error("article", "Give the address of the article.")
        if chosen == Disposition.DUPLICATE and not said.get("same_as"):
            where = "same_as" if "same_as" in self.fields else "disposition"
            self.add_error(where, WHICH)
        return said

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        return said | {"same_as": int(said.get("same_as") or 0) or None}


class DraftForm(StepForm):
    """Whose the draft is to be."""

    email = forms.EmailField(
        label="Its author",
        help_text="The address of an account with the author role.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the address of the author.",
            "invalid": "Give a whole address, such as name@example.org.",
        },
    )
