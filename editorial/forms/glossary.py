"""The form of a term of the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from articles import glossary
from articles.glossary import TermText
from editorial.forms.base import Prose, StepForm

if TYPE_CHECKING:
    from articles.models import Term

ADDRESS = "Give a whole address, such as https://www.example.org/."


class TermForm(StepForm):
    name = forms.CharField(
        label="Term",
        max_length=glossary.LONGEST_SPELLING,
        help_text="As it stands within a sentence: deep vein thrombosis, INR.",
        error_messages={"required": "Give it a name."},
    )
    definition = Prose(
        label="What it means",
        max_length=glossary.LONGEST_DEFINITION,
        help_text="One or two sentences in words that everybody knows, without markup. "
        f"At most {glossary.LONGEST_DEFINITION} characters.",
        rows=3,
        error_messages={"required": "Say what it means."},
    )
    spellings = Prose(
        label="Other spellings",
        required=False,
        max_length=glossary.SPELLINGS_LENGTH,
        help_text="One to a line, such as the plural or an abbreviation. Texts are "
        "searched for exactly these words; a small first letter may be a capital there.",
        rows=4,
    )
    source = forms.URLField(
        label="Source",
        required=False,
        max_length=glossary.LONGEST_SOURCE,
        assume_scheme="https",
        help_text="The address of what the definition rests on.",
        error_messages={"invalid": ADDRESS},
    )

    @classmethod
    def of(cls, row: Term | None, sent: object = None) -> TermForm:
        if row is None:
            return cls(sent)
        names = ("name", "definition", "spellings", "source")
        return cls(sent, initial={name: getattr(row, name) for name in names})

    def text(self) -> TermText:
        given = self.cleaned_data
        return TermText(
            name=given["name"],
            definition=given["definition"],
            spellings=glossary.lines(given["spellings"]),
            source=given["source"],
        )
