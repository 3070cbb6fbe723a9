"""The forms of those who decide: an advice, a letter with its requests, a second round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property

from editorial import letters
from editorial.actions.deciding import LETTER_LENGTH
from editorial.forms.base import REASON_LENGTH, Prose, ReasonForm, day, one_of
from editorial.letters import MOST_REQUESTS, REQUEST_LENGTH, Request
from reviews.states import Advice

if TYPE_CHECKING:
    from collections.abc import Container

    from django.forms import BoundField

    from articles.machine import StatefulModel
    from articles.models import Version
    from editorial.letters import Point

SPARE = 2
ROW = re.compile(r"request-([1-9][0-9]?)-text")


class RecommendForm(ReasonForm):
    """An editor's advice to the chief editors, with a letter they can send."""

    advice = one_of("I recommend to", Advice.choices, unsaid="Choose an advice.")
    letter = Prose(
        label="Letter to the authors, drafted",
        required=False,
        max_length=LETTER_LENGTH,
        help_text="The chief editor can send it as it is, or change it.",
        rows=6,
    )
    field_order = ("advice", "reason", "letter")


class ReopenForm(ReasonForm):
    """Ask one reviewer again; `assignment_id` says whose report is taken up."""

    assignment_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    due_on = day("Due on", "Leave it empty for the time that the tier gives.")
    field_order = ("assignment_id", "reason", "due_on")


def _letter() -> Prose:
    return Prose(
        label="Letter to the authors",
        max_length=REASON_LENGTH,
        help_text="It goes into the record, and the authors read it.",
        rows=6,
        error_messages={"required": "Write to the authors why; it goes on record."},
    )


class RejectForm(ReasonForm):
    """The end of a text, with a letter that says why."""

    advice = Advice.REJECT
    reason = _letter()

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("reason", letters.opening(version, self.advice))

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"version": thing}


class RequestForm(forms.Form):
    """One numbered request; an empty row asks nothing."""

    text = Prose(label="Request", required=False, max_length=REQUEST_LENGTH, rows=2)
    optional = forms.BooleanField(label="It may stay unanswered", required=False)

    def __init__(self, *args: Any, remarks: Container[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._remarks = remarks

    @property
    def of_a_reviewer(self) -> bool:
        """Whether a reviewer wrote it, word for word; changed, it is the editor's own."""
        return _one_line(self["text"].value() or "") in self._remarks

    @property
    def request(self) -> Request:
        return Request(
            self.cleaned_data.get("text", ""),
            required=not self.cleaned_data.get("optional"),
        )


class ReturnForm(RejectForm):
    """A letter, and under it what the next draft must answer, one by one."""

    advice = Advice.RETURN

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.version = version
        remarks = letters.proposed(version)
        said = frozenset(_one_line(remark.text) for remark in remarks)
        proposed = [] if self.is_bound else remarks
        count = max(_sent(self.data), len(proposed) + SPARE)
        self.requests = [
            RequestForm(
                self.data if self.is_bound else None,
                prefix=f"request-{number}",
                auto_id=self.auto_id,
                use_required_attribute=False,
                initial=_initial(request),
                remarks=said,
            )
            for number, request in enumerate(_padded(proposed, count), start=1)
        ]

    @cached_property
    def points(self) -> list[Point]:
        """What stands in the letter before its own requests."""
        return letters.points(self.version)

    @property
    def numbered(self) -> list[tuple[int, RequestForm]]:
        """Each request with the number that it has if none is left empty."""
        last = [letters.last_number(self.version), *(p.number for p in self.points)]
        return list(enumerate(self.requests, start=max(last) + 1))

    @property
    def every_field(self) -> list[BoundField]:
        return [*self, *(field for row in self.requests for field in row)]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.requests]
        return super().is_valid() and all(rows)

    def facts(self) -> dict[str, Any]:
        return {
            "reason": self.cleaned_data["reason"],
            "requests": [row.request for row in self.requests],
        }


def _sent(data: Any) -> int:
    """How many rows somebody sent, whatever their page had drawn."""
    numbers = [int(found[1]) for name in data if (found := ROW.fullmatch(name))]
    return min(max(numbers, default=0), MOST_REQUESTS)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _padded(proposed: list[Request], count: int) -> list[Request]:
    spare = [Request("")] * (min(count, MOST_REQUESTS) - len(proposed))
    return [*proposed, *spare]


def _initial(request: Request) -> dict[str, Any]:
    return {"text": request.text, "optional": not request.required}
