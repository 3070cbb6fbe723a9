"""The forms on the page of an article's authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.vocabulary import Contribution
from editorial.actions.authors import Place
from editorial.forms.base import StepForm
from editorial.rules import MOST_AUTHORS

if TYPE_CHECKING:
    from django.forms import BoundField

    from articles.machine import StatefulModel
    from articles.models import Article, Authorship


class InviteAuthorForm(StepForm):
    email = forms.EmailField(
        label="Address",
        help_text="Of an account with the author role.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the address of the author you invite.",
            "invalid": "Give a whole address, such as name@example.org.",
        },
    )


class UninviteForm(StepForm):
    """Take one invitation back; `authorship` says which."""

    authorship = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        return {"authorship_id": self.cleaned_data["authorship"]}


class ArrangeForm(StepForm):
    """Each author's place in the byline, as a number, and what they did."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = article.authorships.select_related("user")
        self.rows = [
            ArrangedRow(self, row) for row in listed.order_by("position", "pk")
        ]
        for number, row in enumerate(self.rows, start=1):
            row.add_fields(number)

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"article": thing}

    def facts(self) -> dict[str, Any]:
        ordered = sorted(self.rows, key=lambda row: self.cleaned_data[row.place_name])
        return {"places": [row.place_of(self.cleaned_data) for row in ordered]}


class ArrangedRow:
    """One author in the form."""

    def __init__(self, form: ArrangeForm, row: Authorship) -> None:
        self.form = form
        self.row = row
        self.place_name = f"place_{row.pk}"
        self.did_name = f"did_{row.pk}"

    @property
    def name(self) -> str:
        return self.row.user.printed_name

    @property
    def place(self) -> BoundField:
        return self.form[self.place_name]

    @property
    def did(self) -> BoundField:
        return self.form[self.did_name]

    def add_fields(self, number: int) -> None:
        wrong = "Give each author a place, from 1."
        self.form.fields[self.place_name] = forms.IntegerField(
            label=f"Place of {self.name}",
            initial=number,
            min_value=1,
            max_value=MOST_AUTHORS,
            widget=forms.NumberInput(attrs={"class": "short"}),
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), wrong
            ),
        )
        self.form.fields[self.did_name] = forms.MultipleChoiceField(
            label=f"What {self.name} did",
            choices=Contribution.choices,
            initial=self.row.contributions,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose contributions from the list."},
        )

    def place_of(self, given: dict[str, Any]) -> Place:
        return Place(self.row.pk, tuple(given[self.did_name]))
