"""Bringing references into a draft: what is given, and what to do with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from articles import library
from articles.works import keys, reading
from articles.works.ama import ama
from articles.works.duplicates import Twin, twins
from articles.works.identity import fingerprint
from articles.works.listing import words
from editorial.actions.authoring import Reference
from editorial.forms import carrying
from editorial.forms.base import Prose, StepForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BoundField
    from django.utils.datastructures import MultiValueDict

    from articles.library import Match
    from articles.models import Citation, Work
    from articles.works.reading import Found, Read

ADD, LEAVE_OUT = "add", "none"

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


class Like(NamedTuple):
    """Something that a reference may be the same as, in words, and the choice it is."""

    choice: str
    said: str
    why: str
    work: Work | None = None


@dataclass(slots=True)
class Row:
    """One reference that was read, and what is to be said of it."""

    place: int
    found: Found
    key: str
    there: str = ""
    work: Work | None = None
    like: tuple[Like, ...] = ()
    field: BoundField | None = None

    @property
    def name(self) -> str:
        return f"row-{self.place}"

    @property
    def record(self) -> int:
        return self.found.record

    @property
    def notes(self) -> tuple[str, ...]:
        return self.found.notes

    @property
    def shown(self) -> str:
        return words(ama(self.work.csl if self.work else self.found.item))


def rows(found: Sequence[Found], cited: Sequence[Citation]) -> list[Row]:
    """What is known of each reference: here already, in the library, or likely so."""
    items = [one.item for one in found]
    inside = _by_place(twins(items, items))
    here = _by_place(twins(items, [row.work.csl for row in cited]))
    numbers = {row.work_id: number for number, row in enumerate(cited, start=1)}
    taken = {row.key for row in cited}
    listed = []
    for place, (one, known) in enumerate(
        zip(found, library.matches(items), strict=True)
    ):
        row = Row(place, one, keys.free(one.key, taken))
        taken.add(row.key)
        twice = _said_twice(inside.get(place, []), found)
        _weigh(row, twice, here.get(place, []), known, numbers)
        listed.append(row)
    return listed


def _weigh(
    row: Row,
    twice: tuple[str, list[Like]],
    here: list[Twin],
    known: list[Match],
    numbers: dict[int, int],
) -> None:
    sure = next((match.work for match in known if match.is_certain), None)
    number = next((twin.present + 1 for twin in here if twin.is_certain), None)
    number = number or (numbers.get(sure.pk) if sure else None)
    if number:
        row.there = f"It is in this draft already, as reference {number}."
    elif twice[0]:
        row.there = twice[0]
    elif sure:
        row.work = sure
    else:
        row.like = (
            *twice[1],
            *(_in_draft(twin.present + 1, twin.why) for twin in here),
            *(_in_library(m) for m in known if m.work.pk not in numbers),
        )


def _said_twice(found: list[Twin], others: Sequence[Found]) -> tuple[str, list[Like]]:
    """Whether it stands in what was read before, and where it perhaps does."""
    likely = []
    for twin in found:
        record = others[twin.present].record
        if twin.is_certain:
            return f"It is the same as record {record}. {twin.why}", []
        said = f"The same as record {record}: leave it out"
        likely.append(Like(LEAVE_OUT, said, twin.why))
    return "", likely


def _in_draft(number: int, why: str) -> Like:
    said = f"The same as reference {number} of this draft: leave it out"
    return Like(LEAVE_OUT, said, why)


def _in_library(match: Match) -> Like:
    said = f"The same as this work of the library: {words(ama(match.work.csl))}"
    return Like(f"work-{match.work.pk}", said, match.why, match.work)


def _by_place(found: Iterable[Twin]) -> dict[int, list[Twin]]:
    places: dict[int, list[Twin]] = {}
    for twin in found:
        places.setdefault(twin.added, []).append(twin)
    return places


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
