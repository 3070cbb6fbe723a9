"""The forms of notices: what is said, why, in whose name, and the signature."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from articles.models import Notice
from articles.vocabulary import Issuer, Stance
from editorial import noticing
from editorial.actions.standing import WORDS_LENGTH, Said
from editorial.forms.base import REASON_LENGTH, Prose, StepForm, one_of, password

K = Notice.Kind


class HoldForm(StepForm):
    """One field: whoever sees a danger writes what it is and sends it."""

    reason = Prose(
        label="What could harm somebody",
        help_text="Readers see this at once, above the folded text.",
        max_length=WORDS_LENGTH,
        rows=3,
        error_messages={"required": "Say what could harm somebody."},
    )


class NoticeForm(StepForm):
    """A notice of one `kind`, whose reasons are those there are for it."""

    kind: ClassVar[str]

    words = Prose(
        label="The notice, as readers see it",
        help_text="What is wrong or was found, and what follows from it for readers.",
        max_length=WORDS_LENGTH,
        rows=6,
        error_messages={"required": "Say in words what readers must know."},
    )
    reasons = forms.MultipleChoiceField(
        label="Reasons",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one reason."},
    )
    stance = one_of(
        "What the authors say",
        [choice for choice in Stance.choices if choice[0] != Stance.NOT_ASKED],
        unsaid="Say what the authors say of it.",
    )
    issuer = one_of(
        "In whose name",
        [choice for choice in Issuer.choices if choice[0] != Issuer.BOARD],
        unsaid="Say in whose name it stands.",
    )
    password = password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(code), code.label) for code in noticing.REASONS[self.kind]]
        self.fields["reasons"].choices = known  # type: ignore[attr-defined]
        self.initial.setdefault("issuer", Issuer.EDITORS)
        if len(known) == 1:
            self.initial.setdefault("reasons", [known[0][0]])

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        said = Said(
            given["words"], tuple(given["reasons"]), given["stance"], given["issuer"]
        )
        return {"said": said, "password": given["password"]}


class ConcernForm(NoticeForm):
    kind = K.CONCERN


class LiftForm(NoticeForm):
    kind = K.LIFTING


class ReleaseForm(NoticeForm):
    kind = K.RELEASE


class RetractForm(NoticeForm):
    kind = K.RETRACTION


class ReinstateForm(NoticeForm):
    kind = K.REINSTATEMENT


class RemoveForm(NoticeForm):
    kind = K.REMOVAL


class ArchiveForm(NoticeForm):
    kind = K.ARCHIVING


class ConfirmForm(StepForm):
    """The second signature, under the hash of the notice that the page shows."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    password = password()


class TakeBackForm(StepForm):
    reason = Prose(
        label="Why it is not issued",
        max_length=REASON_LENGTH,
        rows=2,
        error_messages={"required": "Give a reason; it goes into the record."},
    )
