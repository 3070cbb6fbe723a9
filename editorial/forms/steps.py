"""The forms of the steps, by what each step must be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from articles.vocabulary import MACHINE_MADE, Blinding, Specialty, Tier
from editorial import queries
from editorial.forms.base import (
    ReasonForm,
    StepForm,
    one_of,
    optional_reason,
    password,
)

if TYPE_CHECKING:
    import datetime as dt

    from articles.machine import StatefulModel
    from articles.models import Version
    from editorial.models import BoardMember

NO_TIER = "Choose risk tier A, B or C."
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


class ReviewersForm(StepForm):
    """Whom to ask; `candidates` are the board members who could be."""

    reviewers = forms.TypedMultipleChoiceField(
        label="Reviewers",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one reviewer.",
            "invalid_choice": UNKNOWN_REVIEWER,
        },
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = version.article.specialty
        self.members = list(queries.candidates(version))
        field = self.fields["reviewers"]
        field.choices = [(m.user_id, str(m)) for m in self.members]  # type: ignore[attr-defined]

    @classmethod
    def needs(cls, thing: StatefulModel) -> dict[str, Any]:
        return {"version": thing}

    @property
    def candidates(self) -> list[Candidate]:
        chosen = {str(value) for value in self["reviewers"].value() or ()}
        return [
            Candidate(m, str(m.user_id) in chosen, self.wanted) for m in self.members
        ]


class Candidate:
    """A board member as the desk weighs them."""

    def __init__(self, member: BoardMember, chosen: bool, specialty: str) -> None:  # noqa: FBT001  two facts of one row
        self.pk = member.user_id
        self.name = member.user.printed_name
        self.specialties = ", ".join(member.specialty_names)
        self.load: int = getattr(member, "load", 0)
        self.cap = member.load_cap
        self.chosen = chosen
        self.matches = bool(specialty) and specialty in member.specialties

    @property
    def is_full(self) -> bool:
        return self.load >= self.cap


def _specialty(none: str, help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Specialty",
        choices=[("", none), *Specialty.choices],
        required=False,
        help_text=help_text,
    )


class SendToReviewForm(ReviewersForm):
    tier = one_of(
        "Risk tier",
        Tier.choices,
        unsaid=NO_TIER,
        help_text="How much harm a wrong answer could do. It sets the quorum.",
    )
    specialty = _specialty("None", "For tiers A and B, one reviewer must come from it.")
    reason = optional_reason("Reason", "Needed only when the tier is lowered.")

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        stands = {"tier": version.article.tier, "specialty": version.article.specialty}
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


class OptionalReasonForm(StepForm):
    reason = optional_reason("Note for the record")
