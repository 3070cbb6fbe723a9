"""The forms in which people declare interests, and their days away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from editorial import impartiality
from editorial.forms.base import Prose, ReasonForm, StepForm, day, one_of
from reviews import interests
from reviews.interests import Answer
from reviews.models.assignments import SUGGESTED_LENGTH

if TYPE_CHECKING:
    from django.forms import BoundField

    from articles.machine import StatefulModel
    from reviews.interests import Answers, Line

HAS, WHO = "has_", "who_"
NO, YES = "none", "some"
NAMED = "named"
WHO_LENGTH = 4_000


class InterestsForm(StepForm):
    """A pair of fields for each line: none or yes, and with whom."""

    asked: tuple[Line, ...] = interests.GENERAL

    def __init__(self, *args: Any, known: Answers | None = None, **kwargs: Any) -> None:
        """Lines of `asked` that are `known` already come answered."""
        kwargs["initial"] = _typed(known or {}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for line in self.asked:
            self.fields[HAS + line.code] = one_of(
                line.text,
                [(NO, "None"), (YES, "Yes")],
                unsaid=f"Answer “{line.text}”; “none” is an answer.",
                help_text=line.help,
            )
            self.fields[WHO + line.code] = _with_whom(line)

    def clean(self) -> None:
        for line in self.asked:
            said, who = (self.cleaned_data.get(n + line.code) for n in (HAS, WHO))
            if said == YES and not who:
                self.add_error(WHO + line.code, f"Say with whom: “{line.text}”.")

    @property
    def lines(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[HAS + line.code], self[WHO + line.code]) for line in self.asked]

    def answers(self) -> Answers:
        return {line.code: self._answer(line) for line in self.asked}

    def _answer(self, line: Line) -> Answer:
        who = self.cleaned_data[WHO + line.code]
        return Answer(has=self.cleaned_data[HAS + line.code] == YES, who=_names(who))

    def facts(self) -> dict[str, Any]:
        return {"answers": self.answers()}


def _with_whom(line: Line) -> Prose:
    return Prose(
        label=f"{line.text}: with whom",
        required=False,
        max_length=WHO_LENGTH,
        rows=2,
        help_text="Companies, bodies or people, one to a line.",
    )


def _names(typed: str) -> list[str]:
    return [name.strip() for name in typed.split("\n") if name.strip()]


def _typed(known: Answers) -> dict[str, str]:
    typed = {}
    for code, answer in known.items():
        typed[HAS + code] = YES if answer["has"] else NO
        typed[WHO + code] = "\n".join(answer["who"])
    return typed


class DeclareForm(InterestsForm):
    """What holds for every text of the next twelve months."""


class AcceptForm(InterestsForm):
    """
    The lines for one text, those of a declaration that still holds answered by it.

    Whoever has none makes it here, by the same answers.
    """

    asked = interests.LINES

    declare = forms.BooleanField(
        label="This is my declaration of interests for the next twelve months as well.",
        error_messages={
            "required": "You have no declaration of the last twelve months; tick that "
            "this is one."
        },
    )

    def __init__(self, *args: Any, current: Answers | None, **kwargs: Any) -> None:
        super().__init__(*args, known=current, **kwargs)
        self.has_current = current is not None
        self.declaration = interests.statement(current or {})
        if self.has_current:
            del self.fields["declare"]

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        known = thing.__dict__
        is_current = impartiality.who_acts_has_declared(thing) is None  # type: ignore[arg-type]
        return {"current": known.get("asker_declared") if is_current else None}

    @property
    def opening(self) -> list[tuple[BoundField, BoundField]]:
        """What nobody has answered yet: all of it without a declaration."""
        return self.lines[:1] if self.has_current else self.lines

    @property
    def declared(self) -> list[tuple[BoundField, BoundField]]:
        """What the declaration answers; to be looked over, and changed."""
        return self.lines[1:] if self.has_current else []

    @property
    def is_changed(self) -> bool:
        """Whether something among what was declared is wrong, and must be seen."""
        return any(field.errors for pair in self.declared for field in pair)

    def facts(self) -> dict[str, Any]:
        declared = {"declare": True} if self.cleaned_data.get("declare") else {}
        return super().facts() | declared


class DeclineForm(ReasonForm):
    suggested = forms.CharField(
        label="Somebody you would suggest instead",
        required=False,
        max_length=SUGGESTED_LENGTH,
        help_text="A name, and where they work. Only the editor reads it.",
    )


class NamingForm(forms.Form):
    """Whether a member of the board is named to the public."""

    use_required_attribute = False

    named = one_of(
        "As a reviewer I am",
        [(NAMED, "Named"), ("not", "Not named")],
        unsaid="Choose whether you are named.",
    )


class AbsenceForm(forms.Form):
    """Days on which somebody takes no review."""

    use_required_attribute = False

    first_day = day("First day away")
    last_day = day("Last day away")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "absence-%s"
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
            field.error_messages["required"] = "Give a day, such as 2026-11-30."
