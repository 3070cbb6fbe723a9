"""Putting a Word document into a draft: the file, its citations, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from articles import library, word
from articles.models import QUESTION_LENGTH
from articles.vocabulary import Audience
from articles.word import matching
from articles.works import csl, keys
from articles.works.ama import ama
from articles.works.identity import fingerprint
from articles.works.listing import words
from articles.works.readers.wanted import Wanted
from editorial.actions.authoring import Reference
from editorial.forms import carrying
from editorial.forms.base import Line, StepForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BoundField
    from django.utils.datastructures import MultiValueDict

    from articles.library import Match
    from articles.models import Citation
    from articles.word import Candidate, Imported

MAX_BYTES = 10_000_000
MOST_MATCHED = 500
GUESS, TEXT = "guess", "text"

_SAY = "Say what [{}] cites."


class Where(models.TextChoices):
    AFTER = "after", "After the text that is there"
    INSTEAD = "instead", "Instead of the text that is there, which its history keeps"


class DocumentForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Word document",
        allow_empty_file=True,
        help_text="A .docx file of at most 10 MB.",
        error_messages={"required": "Choose a Word document."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB.")
        return file

    def read(self) -> Imported:
        """Raises DocumentError, whose message is a sentence."""
        return word.read_docx(self.cleaned_data["file"].read())


@dataclass(slots=True)
class Row:
    """Something the document cites, and what it may be."""

    place: int
    candidate: Candidate
    item: dict[str, Any]
    matches: list[Match]
    field: BoundField | None = None

    @property
    def name(self) -> str:
        return f"match-{self.place}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        found = [
            (f"work-{m.work.pk}", f"In the library: {words(ama(m.work.csl))}")
            for m in self.matches
        ]
        if self.item.get("title") and not self.is_certain:
            found.append((GUESS, f"A new reference: {words(ama(self.item))}"))
        left = f"Leave it as [{self.candidate.number}] in the text"
        return [*found, (TEXT, left)]

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.choices) > 1

    @property
    def named(self) -> list[tuple[str, str]]:
        """The identifiers that stand only in its links."""
        known = (("DOI", self.candidate.doi), ("PMID", self.candidate.pmid))
        return [(n, v) for n, v in known if v and v not in self.candidate.raw]

    @property
    def wanted(self) -> Wanted | None:
        """What could be looked up, where nothing but an identifier is known."""
        if self.item.get("title") or self.is_certain:
            return None
        for kind in ("doi", "pmid"):
            if value := getattr(self.candidate, kind):
                return Wanted(kind, value, self.place)
        return None

    @property
    def is_certain(self) -> bool:
        return any(match.is_certain for match in self.matches)

    @property
    def initial(self) -> str:
        """What is surely right, or the only way to read it; else somebody must say."""
        unsure = self.matches and not self.is_certain
        return "" if unsure else self.choices[0][0]

    def chosen(self, said: str) -> dict[str, Any] | None:
        if said == GUESS:
            return self.item
        works = {f"work-{match.work.pk}": match.work for match in self.matches}
        return works[said].csl if said in works else None


def rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Each citation with the works of the library that it is, or may be."""
    offered = candidates[:MOST_MATCHED]
    items = [_item(one) for one in offered]
    known = library.matches(items)
    printed = library.named_in([one.raw for one in offered])
    return [
        Row(place, one, item, matches or named)
        for place, (one, item, matches, named) in enumerate(
            zip(offered, items, known, printed, strict=True)
        )
    ]


def _item(candidate: Candidate) -> dict[str, Any]:
    """What is known of it, which need not be a whole reference."""
    named = {"DOI": candidate.doi, "PMID": candidate.pmid}
    known = {name: value for name, value in named.items() if value}
    if not candidate.guess:
        return known
    return csl.clean_item(candidate.guess | known).item or known


class PutForm(StepForm):
    """What each citation is, and where the text goes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    carried = carrying.Carried()
    where = forms.ChoiceField(
        label="Put the text",
        choices=Where.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say where the text goes."},
    )

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
            self.fields[row.name] = _question(row)
            row.field = self[row.name]

    @property
    def own_fields(self) -> list[BoundField]:
        """Those that are about the text as a whole."""
        about = {row.name for row in self.rows}
        return [field for field in self if field.name not in about]

    def settled(
        self, read: Imported, cited: Sequence[Citation] = ()
    ) -> tuple[str, tuple[Reference, ...]]:
        """The text with its citations, and the references that it needs beside `cited`."""
        known = {row.work.fingerprint: row.key for row in cited}
        taken = {row.key for row in cited}
        new: list[Reference] = []
        final: dict[str, str] = {}
        for row in self.rows:
            item = row.chosen(str(self.cleaned_data.get(row.name)))
            if item is None:
                continue
            mark = fingerprint(item)
            if mark not in known:
                key = keys.free(keys.suggested("", item), taken)
                taken.add(key)
                known[mark] = key
                new.append(Reference(key, item))
            final[row.candidate.key] = known[mark]
        return matching.settled(read.body, final, read.candidates), tuple(new)


class OpenForm(PutForm):
    """The same for an article that is opened with the document."""

    seen = None  # type: ignore[assignment]  # as Django takes a field away
    where = None  # type: ignore[assignment]
    question = Line(
        label="Question",
        most=QUESTION_LENGTH,
        help_text="The title, as a reader would ask it, with a question mark.",
        error_messages={"required": "Write the question; it is the title."},
    )
    audience = forms.ChoiceField(
        label="Written for", choices=Audience.choices, initial=Audience.CLINICIAN
    )


def _question(row: Row) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"What [{row.candidate.number}] cites",
        choices=row.choices,
        initial=row.initial,
        widget=forms.RadioSelect,
        error_messages={"required": _SAY.format(row.candidate.number)},
    )
