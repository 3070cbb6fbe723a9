"""The reviewer's forms: the conflict statement, and the review itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property

from editorial import reports, rounds
from editorial.actions import jotting, replying
from editorial.forms.base import Prose, StepForm, one_of, password
from editorial.forms.checks import CheckForm, Checks
from editorial.forms.remarks import RemarkForm, unseen
from editorial.forms.repeating import AS_BEFORE, Repeating
from editorial.reports import TEXT_LENGTH, Findings
from reviews import checklist, items
from reviews.states import IN_FAVOUR, CommentKind, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import BoundField

    from articles.machine import StatefulModel
    from reviews.models import Assignment, ReviewDraft

ROWS = 5
MOST_ROWS = reports.MOST_COMMENTS
CHECK = "check_"
SHOWS = "shows"
"""Names the button by which a comment becomes the one that a line asks for."""
ROW_OF = {"comment": "Comment", "cite": "Citation"}
ROW_FORMS: dict[str, type[forms.Form]] = {"comment": RemarkForm, "cite": CheckForm}
NOT_KEPT = ("password", "seen", "saves", "attempt")

_ROW = re.compile(r"comment-([1-9][0-9]{0,2})-(?:kind|passage|text|replacement)")


class ReportForm(StepForm):
    """
    Checklist, comments, citation check, vote, remarks, note, password.

    Unbound it holds what was saved of it, or the `content` given; it has rows for what
    stands `beside` it too. The `attempt` names the window that sent it, which a page
    that comes back refused goes on being.
    """

    saves = unseen(forms.IntegerField, min_value=0)
    attempt = unseen(forms.CharField)
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
        beside: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft: ReviewDraft | None = getattr(assignment, "draft", None)
        stored: Mapping[str, str] = self.draft.content if self.draft else {}
        self.is_unsaved = content is not None or bool(args and args[0])
        self._content = stored if content is None else content
        kwargs["initial"] = {
            "saves": self.draft.saves if self.draft else 0,
            **kwargs.get("initial", {}),
            **self._content,
            "attempt": "",
        }
        super().__init__(*args, name=name, **kwargs)
        for item in checklist.ITEMS:
            self.fields[CHECK + item.code] = _line(item)
        options: dict[str, Any] = {
            "auto_id": f"{name}-%s",
            "use_required_attribute": False,
        }
        sent = self.data if self.is_bound else None
        self._within = {"data": sent, **options}
        here = self.data if self.is_bound else self._content
        wanted = _rows_wanted(here, beside or {})
        self.rows = [self._row(n) for n in range(1, wanted + 1)]
        self.version, self._reviewer = assignment.version, assignment.reviewer_id
        claims = reports.claims(self.version)
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
    def lines_shown(self) -> list[tuple[BoundField, list[RemarkForm]]]:
        """Each line; with one that fails unshown, the comments that could show where."""
        named = {row["criterion"].value() for row in self.rows if row.passage_said}
        free = [r for r in self.rows if r.passage_said and not r["criterion"].value()]
        unshown = (
            line.value() == "no" and line.name.removeprefix(CHECK) not in named
            for line in self.lines
        )
        pairs = zip(self.lines, unshown, strict=True)
        return [(line, free if is_unshown else []) for line, is_unshown in pairs]

    def showing(self, said: str) -> dict[str, str]:
        """What `comment-1 check_doses` says: that this comment names that line."""
        row, _, line = said.partition(" ")
        known = {field.name for field in self.lines}
        rows = {remark.row for remark in self.rows if remark.passage_said}
        if row not in rows or line not in known:
            return {}
        return {f"{row}-criterion": line.removeprefix(CHECK)}

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

    def words(self) -> dict[str, str]:
        """Its content, with what was pressed in it and the window that sent it."""
        content = self.content()
        pressed = self.showing(self.data.get(SHOWS, ""))
        if again := self.data.get(AS_BEFORE, ""):
            pressed |= self.again.answered(content, again)
        attempt = {jotting.ATTEMPT: self.data.get(jotting.ATTEMPT, "")[:64]}
        said = content | pressed | attempt
        return {name: text for name, text in said.items() if text}

    @cached_property
    def again(self) -> Repeating:
        """Its claims beside what its reviewer said of them in the round before."""
        known = rounds.checked_before(self.version, [self._reviewer])
        return Repeating(self.checks, known.get(self._reviewer))

    @property
    def window(self) -> jotting.Window:
        """What was sent, once it has been looked at, and what it goes on from."""
        return jotting.Window(self.words(), self.cleaned_data.get("saves"))

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

    @property
    def asked(self) -> str:
        """How many claims the tier asks for."""
        return reports.asked(self.version, self.checks.claims)

    @cached_property
    def passed_over(self) -> str:
        """What of the reviewer's own their vote passes over, as it stands now."""
        remarks = [row for row in self.rows if not row.is_empty]
        kinds = [row["kind"].value() for row in remarks]
        vote = self["vote"].value() or ""
        return reports.passed_over(
            vote,
            earlier=self._still_open() if vote in IN_FAVOUR else 0,
            blocking=kinds.count(CommentKind.BLOCKING),
            failed=[str(line.label) for line in self.lines if line.value() == "no"],
        )

    def _still_open(self) -> int:
        """Blocking comments that this reviewer has signed, here or in a round before."""
        own = items.blocking().filter(author=self._reviewer, version=self.version)
        return own.count()

    def clean(self) -> None:
        """What is missing beside what each field says of itself, in one helping."""
        for code, said in self._unshown().items():
            self.add_error(CHECK + code, said)
        if unexplained := reports.unexplained(self._findings()):
            self.add_error("remarks", unexplained)

    def _unshown(self) -> dict[str, str]:
        """Of the failed lines, those that no comment is written or begun about."""
        begun = {row["criterion"].value() for row in self.rows if not row.is_valid()}
        found = self._findings()
        asked = reports.unshown(self.version, found.checklist, found.comments)
        return {code: said for code, said in asked.items() if code not in begun}

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        found = {"findings": self._findings()}
        if "password" not in given:
            return found
        return found | {"password": given["password"], "window": self.window}

    def _findings(self) -> Findings:
        """What of it is as it should be, the whole once it is valid."""
        given = self.cleaned_data
        rows = [row for row in self.rows if row.is_valid()]
        checks = [form for form in self.checks.all if form.is_valid()]
        return Findings(
            checklist={i.code: given.get(CHECK + i.code, "") for i in checklist.ITEMS},
            vote=given.get("vote", ""),
            remarks=given.get("remarks", ""),
            note_to_editor=given.get("note_to_editor", ""),
            comments=tuple(row.remark for row in rows if row.remark),
            checks=tuple(form.check for form in checks if form.check),
        )


class UnsignedReportForm(ReportForm):
    """A review looked at once more before its password is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password"]


class LateReportForm(UnsignedReportForm):
    """What comes late is kept, and signs nothing; its comments need no passage."""

    @cached_property
    def again(self) -> Repeating:
        return Repeating(self.checks, None)

    def _unshown(self) -> dict[str, str]:
        return {}


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


def _rows_wanted(*contents: Mapping[str, str]) -> int:
    """As many as are filled and one more, and never fewer than five."""
    filled = [
        int(n[1])
        for content in contents
        for name in content
        if content[name] and (n := _ROW.fullmatch(name))
    ]
    return min(MOST_ROWS, max([ROWS, *(number + 1 for number in filled)]))


def _line(item: checklist.Item) -> forms.ChoiceField:
    return one_of(
        item.text,
        checklist.ANSWERS.items(),
        unsaid=f"Answer “{item.text}”.",
        help_text=item.help,
    )


def _stored(text: str) -> str:
    return text.replace("\r\n", "\n")


def label_of(name: str) -> str:
    """How a review calls a field of this name; empty where nobody sees it."""
    row = re.fullmatch(r"(comment|cite)-([0-9]+)-([a-z]+)", name)
    form: type[forms.Form] = ROW_FORMS[row[1]] if row else ReportForm
    field = form.base_fields.get(row[3] if row else name)
    if field is None or field.widget.is_hidden:
        return ""
    return f"{ROW_OF[row[1]]} {row[2]}: {field.label}" if row else str(field.label)


def _label(field: BoundField) -> str:
    """A field of a row says which row it is of."""
    place = re.fullmatch(r"(comment|cite)-([0-9]+)", str(field.form.prefix or ""))
    if not place:
        return str(field.label)
    return f"{ROW_OF[place[1]]} {place[2]}: {field.label}"


def _shown(field: BoundField, text: str) -> str:
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(text, text))
