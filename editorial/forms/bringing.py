"""Bringing references into a draft: what is given, and what to do with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.works import reading
from articles.works.identity import fingerprint
from editorial.actions.authoring import Reference
from editorial.forms import carrying
from editorial.forms.base import Prose, StepForm
from editorial.forms.weighing import LEAVE_OUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.datastructures import MultiValueDict

    from articles.works.reading import Read
    from editorial.forms.weighing import Row

ADD = "add"

_SAY = "Say for record {} whether it is the same work."
_TOO_LARGE = f"The file is larger than {reading.MAX_BYTES // 1_000_000} MB."


class BringForm(forms.Form):
    """A file of references, or the same pasted."""

    use_required_attribute = False

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="RIS, NBIB (PubMed), BibTeX or CSL-JSON, of at most 2 MB.",
    )
    text = Prose(
        label="Or paste here",
        required=False,
        max_length=reading.MAX_BYTES,
        as_sent=True,
        help_text="Any of these, or a list of DOIs and PMIDs.",
        widget=forms.Textarea(
            attrs={"class": "code", "rows": 6, "spellcheck": "false"}
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > reading.MAX_BYTES:
            raise forms.ValidationError(_TOO_LARGE)
        return file

    def clean(self) -> None:
        given = self.cleaned_data
        if self.errors:
            return
        file, text = given.get("file"), given.get("text", "").strip()
        if not file and not text:
            self.add_error("file", "Choose a file, or paste references.")
        if file and text:
            self.add_error("text", "Give a file or pasted references, not both.")

    def read(self) -> Read:
        if file := self.cleaned_data["file"]:
            return reading.read(file.read(), name=str(file.name))
        return reading.read(str(self.cleaned_data["text"]))


class AddForm(StepForm):
    """
    The review: one box for each reference that was read, or a question.

    Its fields follow from its rows, which the server makes anew on the way back.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    carried = carrying.Carried()

    def __init__(
        self,
        data: MultiValueDict[str, Any] | None = None,
        *,
        rows: Sequence[Row],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.rows = rows
        for row in rows:
            if row.there:
                continue
            self.fields[row.name] = _question(row) if row.like else _box()
            row.field = self[row.name]

    @property
    def sorts(self) -> list[tuple[str, list[Row]]]:
        """The rows by what is to be done with them."""
        asked = [row for row in self.rows if row.like]
        new = [row for row in self.rows if row.field and not row.like]
        there = [row for row in self.rows if row.there]
        named = (("ask", asked), ("new", new), ("there", there))
        return [(name, listed) for name, listed in named if listed]

    @property
    def has_something_to_add(self) -> bool:
        return any(not row.there for row in self.rows)

    def references(self) -> tuple[Reference, ...]:
        """What was chosen, every work once."""
        chosen: dict[str, Reference] = {}
        for row in self.rows:
            if item := self._chosen(row):
                chosen.setdefault(fingerprint(item), Reference(row.key, item))
        return tuple(chosen.values())

    def _chosen(self, row: Row) -> dict[str, Any] | None:
        """The item to cite, which is the library's own where it has the work."""
        said = self.cleaned_data.get(row.name)
        if not said or said == LEAVE_OUT:
            return None
        same = next((like.work for like in row.like if like.choice == said), row.work)
        return same.csl if same else row.found.item


def _box() -> forms.BooleanField:
    return forms.BooleanField(label="Add", required=False, initial=True)


def _question(row: Row) -> forms.ChoiceField:
    told = {like.choice: like.said for like in row.like}
    told[ADD] = "Another work: add it"
    told.setdefault(LEAVE_OUT, "Leave it out")
    return forms.ChoiceField(
        label=f"Is record {row.record} the same work?",
        choices=list(told.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _SAY.format(row.record)},
    )
