"""What a reader says is wrong, and what the desk answers."""

from __future__ import annotations

from typing import Any

from django import forms

from articles import persons
from editorial.forms.base import Prose, ReasonForm, one_of
from editorial.models import ReaderReport

TEXT_LENGTH = 2_000
WHERE_LENGTH = 300
OFTEN_WRONG = {persons.PHONE}
"""A text may name a helpline: whoever says that its number is wrong must be heard."""
TAKE_OUT = (
    "{} Take out whatever could tell who somebody is, and send it again. Nothing has"
    " been stored."
)


class OutsideForm(forms.Form):
    """
    What somebody without an account sends to the desk.

    `website` is for programs that fill in everything; people do not see it.
    """

    use_required_attribute = False

    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.data.get("website"))


class ErrorForm(OutsideForm):
    """`number` is that of the version that was read."""

    field_order = ("text", "where", "email", "number", "website")

    text = Prose(
        label="What is wrong?",
        help_text="What the text says, and what it should say. A source helps.",
        max_length=TEXT_LENGTH,
        rows=6,
        error_messages={"required": "Say what is wrong."},
    )
    where = forms.CharField(
        label="Where does it stand?",
        help_text="A heading, or the first words of the sentence.",
        required=False,
        max_length=WHERE_LENGTH,
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text=(
            "Only if the editors may ask you back. They alone see it, and it is deleted"
            " when they close your report."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Give an address such as name@example.org."},
    )
    number = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return without_patients(self.cleaned_data["text"])

    def clean_where(self) -> str:
        return without_patients(self.cleaned_data["where"])

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "where", "email")}


def without_patients(words: str) -> str:
    """The words; ValidationError where one person could be recognised in them."""
    if found := persons.told(words, but=OFTEN_WRONG):
        raise forms.ValidationError(TAKE_OUT.format(found[0]))
    return words


class EmptyForm(ReasonForm):
    """Once a report is closed; what its words were must not stand in the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Do not repeat what they say of a person."


class CloseForm(ReasonForm):
    disposition = one_of(
        "What became of it",
        ReaderReport.Disposition.choices,
        unsaid="Say what became of it.",
    )
    field_order = ("disposition", "reason")
