"""The forms of the steps, by what each step must be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from articles.vocabulary import MACHINE_MADE, Blinding, Specialty, Tier
from editorial import proposing
from editorial.actions import timing
from editorial.forms.base import (
    REASON_LENGTH,
    Prose,
    ReasonForm,
    StepForm,
    day,
    one_of,
    optional_reason,
    password,
)
from reviews import panel
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from articles.machine import StatefulModel
    from articles.models import Version
    from editorial.proposing import Proposal
    from reviews.models import Assignment

NO_TIER = "Choose risk tier A, B or C."
A_WEEK = dt.timedelta(days=7)
ASKED_OR_NOT = ("reviewers", "alternates")
UNKNOWN_REVIEWER = "Somebody you chose cannot be asked now; choose again."


class SubmitForm(StepForm):
    """For a text in which a machine took part, a tick by which its sender stands."""

    responsible = forms.BooleanField(
        label="I have checked every claim against its source and take responsibility "
        "for this text.",
        error_messages={
            "required": "Tick that you have checked every claim and take responsibility."
        },
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.origin not in MACHINE_MADE:
            del self.fields["responsible"]

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"version": thing}

    def facts(self) -> dict[str, Any]:
        ticked = bool(self.cleaned_data.get("responsible"))
        return {"takes_responsibility": True} if ticked else {}


def _people(label: str, *, required: bool = True) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one reviewer.",
            "invalid_choice": UNKNOWN_REVIEWER,
        },
    )


class ReviewersForm(StepForm):
    """Whom to ask; `candidates` are the board members who could be."""

    proposes = False

    reviewers = _people("Reviewers")

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.board = proposing.board(version)
        self.plan = self.board.plan_for(version.article.tier or Tier.B)
        fit = [(p.member.user_id, str(p.member)) for p in self.board.fit]
        for name in ASKED_OR_NOT:
            if name in self.fields:
                self.fields[name].choices = fit  # type: ignore[attr-defined]
        if self.proposes and self.plan:
            self.initial.setdefault("reviewers", self._proposed(self.plan.ask))

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"version": thing}

    def _proposed(self, enough: int) -> list[int]:
        """Everybody of the round before, and of the others the fittest, to `enough`."""
        again = self.board.of_the_last_round
        fit = [p.member.user_id for p in self.board.fit]
        others = [pk for pk in fit if pk not in again]
        return again + others[: max(enough - len(again), 0)]

    @property
    def candidates(self) -> list[Candidate]:
        """Everybody who fits, the fittest first, as they are chosen so far."""
        chosen, waiting = (_values(self, name) for name in ASKED_OR_NOT)
        return [
            Candidate(
                p, str(p.member.user_id) in chosen, str(p.member.user_id) in waiting
            )
            for p in self.board.fit
        ]

    @property
    def suggested(self) -> list[Assignment]:
        """The invitations to this version that were declined with a name."""
        return [asked for asked in panel.of(self.version) if asked.suggested]

    def facts(self) -> dict[str, Any]:
        """Nobody stands by who is asked already."""
        given = super().facts()
        if "alternates" in given:
            asked = set(given.get("reviewers", ()))
            given["alternates"] = [pk for pk in given["alternates"] if pk not in asked]
        return given


def _values(form: forms.Form, name: str) -> set[str]:
    given = form[name].value() if name in form.fields else ()
    return {str(value) for value in given or ()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A board member as a form shows them; asked, or standing by, or neither."""

    proposal: Proposal
    chosen: bool
    stands_by: bool

    @property
    def pk(self) -> int:
        return self.proposal.member.user_id

    @property
    def name(self) -> str:
        return self.proposal.member.user.printed_name


class AlternatesForm(ReviewersForm):
    """Who steps in; they are asked in the order of the list."""

    alternates = _people("Alternates", required=False)
    reviewers = None  # type: ignore[assignment]

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        ranked = sorted(version.alternates.all(), key=lambda row: (row.rank, row.pk))
        named = [alternate.reviewer_id for alternate in ranked]
        kwargs["initial"] = {"alternates": named} | kwargs.get("initial", {})
        super().__init__(*args, version=version, **kwargs)


def _specialty(none: str, help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Specialty",
        choices=[("", none), *Specialty.choices],
        required=False,
        help_text=help_text,
    )


def _quorums() -> str:
    """What each tier needs: `tier A 3 reviews in favour, one of them …`."""
    return "; ".join(
        f"tier {tier} {quorum.reviewers} in favour"
        + (", one from the specialty" if quorum.in_specialty else "")
        for tier, quorum in QUORUM.items()
    )


class SendToReviewForm(ReviewersForm):
    """`entities_drawn` are the names that its sender could see, and so take out."""

    proposes = True

    alternates = _people("Alternates", required=False)
    entities = Prose(
        label="Companies and products it is about",
        required=False,
        max_length=REASON_LENGTH,
        rows=2,
        help_text="One to a line. Whoever has an interest in one of them is not asked.",
    )
    entities_drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    tier = one_of(
        "Risk tier",
        Tier.choices,
        unsaid=NO_TIER,
        help_text=f"How much harm a wrong answer could do. It sets the quorum: {_quorums()}.",
    )
    specialty = _specialty("None", "For tiers A and B, one reviewer must come from it.")
    reason = optional_reason(
        "Reason", "Needed only when the tier is lowered, or a name is taken out."
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        stands = {
            "tier": version.article.tier,
            "specialty": version.article.specialty,
            "entities": version.article.entities,
            "entities_drawn": version.article.entities,
        }
        kwargs["initial"] = stands | kwargs.get("initial", {})
        super().__init__(*args, version=version, **kwargs)


class TierForm(ReasonForm):
    tier = one_of(
        "New risk tier",
        Tier.choices,
        unsaid=NO_TIER,
        help_text="Only a chief editor may lower it.",
    )
    specialty = _specialty("As it is", "An approval in tier A or B needs one.")
    field_order = ("tier", "specialty", "reason")


class BlindingForm(ReasonForm):
    blinding = one_of(
        "Who knows whom", Blinding.choices, unsaid="Choose who is to know whom."
    )
    field_order = ("blinding", "reason")


class EntitiesForm(StepForm):
    entities = Prose(
        label="Companies and products",
        required=False,
        max_length=REASON_LENGTH,
        rows=4,
        help_text="One to a line; leave it empty if there are none.",
    )
    reason = optional_reason("Reason", "Needed only when a name is taken out.")


class MoreTimeForm(ReasonForm):
    """It proposes a week more than is promised, or was asked for before, if it may."""

    until = day("Until")
    field_order = ("until", "reason")

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        known = [assignment.due_at, assignment.asked_until, timezone.now()]
        week_on = max(filter(None, known)).date() + A_WEEK
        proposed = min(week_on, timing.last_day())
        kwargs["initial"] = {"until": proposed} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        _require_day(self.fields["until"])

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"assignment": thing}


class ExtendForm(StepForm):
    """Grant the day that was asked for, or set another."""

    until = day("Due on")
    reason = optional_reason("Note for the reviewer and the record")

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        asked = assignment.asked_until
        kwargs["initial"] = {"until": asked and asked.date()} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)
        _require_day(self.fields["until"])
        if asked:
            self.fields["until"].help_text = f"They ask for {asked:%-d %B %Y}."

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"assignment": thing}


def _require_day(field: forms.Field) -> None:
    field.required = True
    field.error_messages["required"] = "Give a day, such as 2026-11-30."


class ApproveForm(StepForm):
    """An approval is a signature under the hash that the form shows."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    publish_at = forms.DateTimeField(
        label="Publish at (UTC)",
        required=False,
        help_text="Leave it empty to publish at once.",
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": "Give a day and a time, such as 2027-01-31 09:00."},
    )
    reason = optional_reason("Note for the record")
    password = password()

    def clean_publish_at(self) -> dt.datetime | None:
        moment: dt.datetime | None = self.cleaned_data["publish_at"]
        if moment and moment < timezone.now():
            message = "That moment has passed; leave it empty to publish at once."
            raise forms.ValidationError(message)
        return moment


class ResolveForm(ReasonForm):
    """Close one comment; `comment` says which."""

    comment = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        return {
            "comment_id": self.cleaned_data["comment"],
            "reason": self.cleaned_data["reason"],
        }


class SettleForm(StepForm):
    """One's own comment of an earlier round; `comment` says which."""

    comment = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        return {"comment_id": self.cleaned_data["comment"]}


class OptionalReasonForm(StepForm):
    reason = optional_reason("Note for the record")
