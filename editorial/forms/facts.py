"""The form of a dated rule of law or an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from articles import phrases
from articles.models import RegulatoryFact
from editorial.actions import minding
from editorial.actions.minding import FactText
from editorial.forms.base import Prose, StepForm, day

if TYPE_CHECKING:
    from django.db.models import Field

NAMES = (
    *("name", "statement", "phrases", "jurisdiction"),
    *("valid_from", "valid_to", "source"),
)
STATEMENT_LENGTH = 1_000
PHRASES_LENGTH = phrases.MOST_PHRASES * (phrases.LONGEST_PHRASE + 2)


def _length(name: str) -> int:
    field: Field[object, object] = RegulatoryFact._meta.get_field(name)  # type: ignore[assignment]
    return int(field.max_length or 0)


class FactForm(StepForm):
    name = forms.CharField(
        label="Name",
        max_length=_length("name"),
        error_messages={"required": "Give it a name."},
    )
    statement = Prose(
        label="What was so",
        max_length=STATEMENT_LENGTH,
        help_text="One or two sentences, as authors read them.",
        rows=3,
        error_messages={"required": "Say what was so."},
    )
    phrases = Prose(
        label="Phrases",
        max_length=PHRASES_LENGTH,
        help_text="One to a line: words by which a text relies on it. "
        "“…” stands for a few words between.",
        rows=5,
        error_messages={"required": "Give at least one phrase."},
    )
    jurisdiction = forms.CharField(
        label="Where",
        max_length=_length("jurisdiction"),
        help_text="As it stands after “in”: the United States.",
        error_messages={"required": "Say where it holds."},
    )
    valid_from = day("From", "The first day on which it was so, if it is known.")
    valid_to = day("Until", "The last day on which it was so; empty while it is.")
    source = forms.URLField(
        label="Source",
        max_length=_length("source"),
        assume_scheme="https",
        help_text="The address of the law or notice.",
        error_messages={
            "required": "Give the address of the law or notice.",
            "invalid": "Give a whole address, such as https://www.example.org/.",
        },
    )

    @classmethod
    def of(cls, row: RegulatoryFact, sent: object = None) -> FactForm:
        values = {name: getattr(row, name) for name in NAMES}
        initial = values | {"seen": minding.edition(row)}
        return cls(sent, initial=initial)

    def text(self) -> FactText:
        return FactText(**{name: self.cleaned_data[name] for name in NAMES})
