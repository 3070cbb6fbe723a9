"""The reviewer's forms: the conflict statement, and the review itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from editorial.actions.reviewing import TEXT_LENGTH, Findings, Remark
from editorial.forms.base import Prose, StepForm, one_of, password
from reviews import checklist
from reviews.states import REMARKS, CommentKind, Vote

if TYPE_CHECKING:
    from django.forms import BoundField

ROWS = 5
PASSAGE_LENGTH = 2_000
CHECK = "check_"


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

    def clean(self) -> None:
        if self.cleaned_data.get("passage") and not self.cleaned_data.get("text"):
            self.add_error("text", "Say what you found in this passage.")

    @property
    def remark(self) -> Remark | None:
        given = self.cleaned_data
        if not given.get("text"):
            return None
        kind = given["kind"] or CommentKind.QUESTION
        return Remark(kind, given["text"], given["passage"])


class ReportForm(StepForm):
    """Checklist, comments, vote, remarks, note, password."""

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

    def __init__(self, *args: Any, name: str = "id", **kwargs: Any) -> None:
        super().__init__(*args, name=name, **kwargs)
        for item in checklist.ITEMS:
            self.fields[CHECK + item.code] = _line(item)
        self.rows = [
            RemarkForm(
                self.data if self.is_bound else None,
                prefix=f"comment-{number}",
                auto_id=f"{name}-%s",
                use_required_attribute=False,
            )
            for number in range(1, ROWS + 1)
        ]

    @property
    def lines(self) -> list[BoundField]:
        return [self[CHECK + item.code] for item in checklist.ITEMS]

    @property
    def every_field(self) -> list[BoundField]:
        return [*self, *(field for row in self.rows for field in row)]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        found = Findings(
            checklist={item.code: given[CHECK + item.code] for item in checklist.ITEMS},
            vote=given["vote"],
            remarks=given["remarks"],
            note_to_editor=given["note_to_editor"],
            comments=tuple(row.remark for row in self.rows if row.remark),
        )
        return {"findings": found, "password": given["password"]}


def _line(item: checklist.Item) -> forms.ChoiceField:
    return one_of(
        item.text,
        checklist.ANSWERS.items(),
        unsaid=f"Answer “{item.text}”.",
        help_text=item.help,
    )
