"""One row of the comments of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from editorial.forms.base import Prose
from editorial.reports import TEXT_LENGTH, Remark
from reviews import checklist
from reviews.states import REMARKS, CommentKind

if TYPE_CHECKING:
    from django.forms import BoundField

PASSAGE_LENGTH = 2_000
CONTEXT_LENGTH = 200


def unseen(field: type[forms.Field], **given: Any) -> Any:
    """A field that scripts fill and nobody sees, and that no browser fills again."""
    widget = forms.HiddenInput(attrs={"autocomplete": "off"})
    return field(required=False, widget=widget, **given)


ABOUT = ("kind", "passage", "criterion")
"""What a comment is about, which a selection of words has mostly said already."""


class RemarkForm(forms.Form):
    """One row of the comments; an empty row says nothing."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=[(kind.value, kind.label) for kind in REMARKS],
        required=False,
    )
    passage = Prose(
        label="Passage, as it stands in the text",
        required=False,
        max_length=PASSAGE_LENGTH,
        rows=2,
    )
    replacement = Prose(
        label="Words instead, in a suggestion",
        required=False,
        max_length=PASSAGE_LENGTH,
        rows=2,
    )
    text = Prose(
        label="What you say of it",
        required=False,
        max_length=TEXT_LENGTH,
        rows=3,
    )
    criterion = forms.ChoiceField(
        label="Line that fails here",
        choices=[("", "None"), *((item.code, item.text) for item in checklist.ITEMS)],
        required=False,
    )
    part = unseen(forms.CharField, max_length=20)
    prefix = unseen(forms.CharField, max_length=CONTEXT_LENGTH, strip=False)
    suffix = unseen(forms.CharField, max_length=CONTEXT_LENGTH, strip=False)
    start = unseen(forms.IntegerField, min_value=0, max_value=10_000_000)

    def clean(self) -> None:
        given = self.cleaned_data
        said = given.get("text") or given.get("replacement")
        if given.get("passage") and not said:
            self.add_error("text", "Say what you found in this passage.")

    @property
    def remark(self) -> Remark | None:
        given = self.cleaned_data
        if not given.get("text") and not given.get("replacement"):
            return None
        kind = given["kind"] or CommentKind.QUESTION
        return Remark(**{**given, "kind": kind})

    @property
    def about(self) -> list[BoundField]:
        return [self[name] for name in ABOUT]

    @property
    def said(self) -> list[BoundField]:
        return [field for field in self if field.name not in ABOUT]

    @property
    def row(self) -> str:
        """The beginning of its fields' names; `prefix` is one of its fields."""
        return str(self.prefix)

    @property
    def number(self) -> int:
        """How the page counts it."""
        return int(self.row.rpartition("-")[2])

    @property
    def passage_said(self) -> str:
        return str(self["passage"].value() or "").strip()

    @property
    def is_empty(self) -> bool:
        return not any(
            self[name].value() for name in ("text", "passage", "replacement")
        )
