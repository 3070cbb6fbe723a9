"""The reviewer's forms: the conflict statement, and the review itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from editorial import reports
from editorial.actions import replying
from editorial.forms.base import Prose, StepForm, one_of, password
from editorial.forms.checks import Checks
from editorial.reports import TEXT_LENGTH, Findings, Remark
from reviews import checklist
from reviews.states import REMARKS, CommentKind, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import BoundField

    from articles.machine import StatefulModel
    from reviews.models import Assignment, ReviewDraft

ROWS = 5
MOST_ROWS = reports.MOST_COMMENTS
PASSAGE_LENGTH = 2_000
CONTEXT_LENGTH = 200
CHECK = "check_"
NOT_KEPT = ("password", "seen", "saves", "attempt")

_ROW = re.compile(r"comment-([1-9][0-9]{0,2})-(?:kind|passage|text|replacement)")


def _unseen(field: type[forms.Field], **given: Any) -> Any:
    """A field that scripts fill and nobody sees, and that no browser fills again."""
    widget = forms.HiddenInput(attrs={"autocomplete": "off"})
    return field(required=False, widget=widget, **given)


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
    text = Prose(
        label="What you say of it",
        required=False,
        max_length=TEXT_LENGTH,
        rows=3,
    )
    replacement = Prose(
        label="Words to put there instead, in a suggestion",
        required=False,
        max_length=PASSAGE_LENGTH,
        rows=2,
    )
    criterion = forms.ChoiceField(
        label="Line of the checklist that fails here",
        choices=[("", "None"), *((item.code, item.text) for item in checklist.ITEMS)],
        required=False,
    )
    part = _unseen(forms.CharField, max_length=20)
    prefix = _unseen(forms.CharField, max_length=CONTEXT_LENGTH, strip=False)
    suffix = _unseen(forms.CharField, max_length=CONTEXT_LENGTH, strip=False)
    start = _unseen(forms.IntegerField, min_value=0, max_value=10_000_000)

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
    def row(self) -> str:
        """The beginning of its fields' names; `prefix` is one of its fields."""
        return str(self.prefix)

    @property
    def is_empty(self) -> bool:
        return not any(
            self[name].value() for name in ("text", "passage", "replacement")
        )


class ReportForm(StepForm):
    """
    Checklist, comments, citation check, vote, remarks, note, password.

    Unbound it holds what was saved of it, or the `content` given. The `attempt` names
    the window that sent it, which a page that comes back refused goes on being.
    """

    saves = _unseen(forms.IntegerField, min_value=0)
    attempt = _unseen(forms.CharField)
    vote = one_of("My vote", Vote.choices, unsaid="Choose your vote.")
    remarks = Prose(
        label="Remarks for the author",
        required=False,
        max_length=TEXT_LENGTH,
        help_text="The author reads them after the decision, without your name.",
        rows=5,
    )
    note_to_editor = Prose(
        label="Private note to the editor",
        required=False,
        max_length=TEXT_LENGTH,
        help_text="The author never reads it.",
        rows=3,
    )
    password = password()

    def __init__(
        self,
        *args: Any,
        assignment: Assignment,
        name: str = "id",
        content: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft: ReviewDraft | None = getattr(assignment, "draft", None)
        stored: Mapping[str, str] = self.draft.content if self.draft else {}
        self.is_unsaved = content is not None or bool(args and args[0])
        self._content = stored if content is None else content
        kwargs["initial"] = {**kwargs.get("initial", {}), **self._content}
        kwargs["initial"]["saves"] = self.draft.saves if self.draft else 0
        kwargs["initial"]["attempt"] = ""
        super().__init__(*args, name=name, **kwargs)
        for item in checklist.ITEMS:
            self.fields[CHECK + item.code] = _line(item)
        options: dict[str, Any] = {
            "auto_id": f"{name}-%s",
            "use_required_attribute": False,
        }
        sent = self.data if self.is_bound else None
        self._within = {"data": sent, **options}
        self.rows = [self._row(n) for n in range(1, self._rows_wanted() + 1)]
        claims = reports.claims(assignment.version)
        self.checks = Checks(claims, self._content, sent, options)

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"assignment": thing}

    def _row(self, number: int) -> RemarkForm:
        prefix = f"comment-{number}"
        start = f"{prefix}-"
        initial = {
            name.removeprefix(start): value
            for name, value in self._content.items()
            if name.startswith(start)
        }
        return RemarkForm(prefix=prefix, initial=initial, **self._within)

    def _rows_wanted(self) -> int:
        """As many as are filled and one more, and never fewer than five."""
        sent = self.data if self.is_bound else self._content
        filled = [
            int(n[1]) for name in sent if sent[name] and (n := _ROW.fullmatch(name))
        ]
        return min(MOST_ROWS, max([ROWS, *(number + 1 for number in filled)]))

    @property
    def blank_row(self) -> RemarkForm:
        """A row to be copied by a script, its number still to be put in."""
        return RemarkForm(
            prefix="comment-__n__", auto_id="report-%s", use_required_attribute=False
        )

    @property
    def lines(self) -> list[BoundField]:
        return [self[CHECK + item.code] for item in checklist.ITEMS]

    @property
    def every_field(self) -> list[BoundField]:
        parts: Iterable[forms.Form] = [*self.rows, *self.checks.all]
        return [*self, *(field for part in parts for field in part)]

    def content(self) -> dict[str, str]:
        """
        What was sent of it, by the names of its own fields; never the password.

        Of a claim of which nothing was sent, what was stored before.
        """
        names = [f.html_name for f in self.every_field if f.name not in NOT_KEPT]
        sent = ((name, _stored(self.data.get(name, ""))) for name in names)
        return {name: text for name, text in sent if text} | self.checks.unsent()

    def said(self, content: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Of each field that `content` fills: its name, label and answer in words."""
        fields = {field.html_name: field for field in self.every_field}
        return [
            (name, _label(fields[name]), _shown(fields[name], text))
            for name, text in content.items()
            if name in fields and not fields[name].is_hidden
        ]

    def is_valid(self) -> bool:
        parts = [part.is_valid() for part in [*self.rows, *self.checks.all]]
        return super().is_valid() and all(parts)

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        found = Findings(
            checklist={item.code: given[CHECK + item.code] for item in checklist.ITEMS},
            vote=given["vote"],
            remarks=given["remarks"],
            note_to_editor=given["note_to_editor"],
            comments=tuple(row.remark for row in self.rows if row.remark),
            checks=tuple(form.check for form in self.checks.all if form.check),
        )
        signed = {"password": given["password"]} if "password" in given else {}
        return {"findings": found} | signed


class LateReportForm(ReportForm):
    """What comes late is kept, and signs nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password"]


class ReplyForm(StepForm):
    """An answer under one comment; `comment` says which."""

    comment = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = Prose(
        label="Answer",
        max_length=replying.TEXT_LENGTH,
        rows=2,
        error_messages={"required": "Write what you answer."},
    )

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"comment_id": given["comment"], "text": given["text"]}


def _line(item: checklist.Item) -> forms.ChoiceField:
    return one_of(
        item.text,
        checklist.ANSWERS.items(),
        unsaid=f"Answer “{item.text}”.",
        help_text=item.help,
    )


def _stored(text: str) -> str:
    return text.replace("\r\n", "\n")


def _label(field: BoundField) -> str:
    """A field of a row says which row it is of."""
    place = re.fullmatch(r"(comment|cite)-([0-9]+)", str(field.form.prefix or ""))
    if not place:
        return str(field.label)
    row = "Comment" if place[1] == "comment" else "Citation"
    return f"{row} {place[2]}: {field.label}"


def _shown(field: BoundField, text: str) -> str:
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(text, text))
