"""Which form and which deed stand behind each step's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from articles.models import Version
from editorial import ledger, noticing, workflow
from editorial.actions import (
    authoring,
    authors,
    blinding,
    deciding,
    desk,
    entities,
    inviting,
    publishing,
    reopening,
    replying,
    reviewing,
    standing,
    timing,
)
from editorial.forms import reports, steps
from editorial.forms import standing as stands
from editorial.forms.authors import ArrangeForm, InviteAuthorForm, UninviteForm
from editorial.forms.base import ReasonForm, StepForm
from editorial.forms.deciding import (
    RecommendForm,
    RejectForm,
    ReopenForm,
    ReturnForm,
)
from editorial.forms.interests import AcceptForm, DeclineForm
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.machine import StatefulModel
    from editorial.workflow import Step


@dataclass(frozen=True, slots=True)
class Door:
    """
    `take` is told the row's id, who, what they saw and the form's facts.

    `done` is said to whoever took the step, `again` if they ask for it a second time.
    """

    step: Step[Any]
    form: type[StepForm]
    take: Callable[..., Any]
    done: str
    again: str = "That was done already."

    def form_for(
        self, thing: StatefulModel, data: Any = None, *, suffix: str = ""
    ) -> StepForm:
        """
        The step's form for a row, filled with what was sent or fresh.

        Whoever takes a step says what they saw.
        """
        given: dict[str, Any] = {"name": f"{self.step.name}{suffix}"}
        given["initial"] = {"seen": ledger.stamp(self.step, thing)} | _shown(
            self, thing
        )
        form = self.form(data, **given, **self.form.needs(thing))
        form.fields["seen"].required = True
        return form

    def address(self, thing: StatefulModel) -> str:
        room = {Version: "version", Assignment: "assignment"}.get(
            type(thing), "article"
        )
        name = "authors" if self.is_about_authors else room
        return reverse(f"desk-{name}-step", args=[thing.pk, self.step.name])

    @property
    def is_about_authors(self) -> bool:
        """Whether the step is taken on the page of an article's authors."""
        return self.step in workflow.AUTHORS


def _shown(door: Door, thing: StatefulModel) -> dict[str, Any]:
    """What the form says back of the row it was drawn from."""
    if door.step is workflow.APPROVE:
        return {"sha256": thing.sha256}  # type: ignore[attr-defined]
    if door.step is workflow.CONFIRM:
        waiting = noticing.proposal(thing)  # type: ignore[arg-type]
        return {"sha256": waiting.sha256 if waiting else ""}
    if door.step is workflow.CHANGE_BLINDING:
        return {"blinding": thing.blinding}  # type: ignore[attr-defined]
    if door.step is workflow.CHANGE_TIER:
        return {"tier": thing.tier}  # type: ignore[attr-defined]
    if door.step is workflow.NAME_ENTITIES:
        return {"entities": thing.entities}  # type: ignore[attr-defined]
    return {}


W = workflow
PROPOSED = "Signed. It is issued once a second person has signed it too."
DOORS = (
    Door(
        W.SUBMIT,
        steps.SubmitForm,
        authoring.submit,
        "Submitted. The desk has been told.",
    ),
    Door(W.RECALL, StepForm, authoring.recall, "Recalled. It is your draft again."),
    Door(W.WITHDRAW, ReasonForm, authoring.withdraw, "Withdrawn."),
    Door(W.REVISE, StepForm, authoring.revise, "The next draft is open."),
    Door(
        W.SEND_TO_REVIEW,
        steps.SendToReviewForm,
        desk.send_to_review,
        "Sent to review. The reviewers have been invited.",
    ),
    Door(W.INVITE, steps.ReviewersForm, inviting.invite, "The reviewers are invited."),
    Door(
        W.REOPEN,
        ReopenForm,
        reopening.reopen,
        "Asked again. The earlier report stays, and counts no more.",
    ),
    Door(
        W.NAME_ALTERNATES,
        steps.AlternatesForm,
        inviting.name_alternates,
        "Noted. The next of them is asked when somebody declines or stays silent.",
    ),
    Door(
        W.RECOMMEND,
        RecommendForm,
        deciding.recommend,
        "Recommended. The chief editors have been told.",
    ),
    Door(
        W.RETURN,
        ReturnForm,
        desk.return_for_changes,
        "Returned. The author has been told.",
    ),
    Door(W.REJECT, RejectForm, desk.reject, "Rejected. The author has been told."),
    Door(W.RESOLVE, steps.ResolveForm, desk.resolve, "The comment is closed."),
    Door(
        W.APPROVE,
        steps.ApproveForm,
        deciding.approve,
        "Approved and signed. It is published at once, or at the time you set.",
    ),
    Door(
        W.ACCEPT,
        AcceptForm,
        reviewing.accept,
        "Accepted. Thank you; here is the text.",
    ),
    Door(
        W.DECLINE, DeclineForm, reviewing.decline, "Declined. The editor has been told."
    ),
    Door(
        W.RECUSE,
        ReasonForm,
        reviewing.recuse,
        "You stepped back. The editor has been told.",
    ),
    Door(
        W.REPORT,
        reports.ReportForm,
        reviewing.report,
        "Signed and handed in. Thank you.",
    ),
    Door(
        W.REPORT_LATE,
        reports.LateReportForm,
        reviewing.report_late,
        "Handed in. It is kept as late.",
    ),
    Door(W.REPLY, reports.ReplyForm, replying.reply, "Your answer is kept."),
    Door(
        W.SETTLE,
        steps.SettleForm,
        replying.settle,
        replying.TOLD,
        again="You closed that comment already.",
    ),
    Door(W.UNASSIGN, ReasonForm, inviting.unassign, "The assignment is withdrawn."),
    Door(
        W.ASK_MORE_TIME,
        steps.MoreTimeForm,
        timing.ask_more_time,
        "Asked. The editor has been told; until then the date stays.",
    ),
    Door(
        W.EXTEND, steps.ExtendForm, timing.extend, "Moved. The reviewer has been told."
    ),
    Door(W.EXPIRE, ReasonForm, inviting.expire, "The assignment has ended."),
    Door(
        W.INVITE_AUTHOR,
        InviteAuthorForm,
        authors.invite_author,
        "Invited. They can read the draft, and write once they have joined.",
    ),
    Door(
        W.JOIN,
        StepForm,
        authors.join,
        "You are an author of this article.",
        again="You have joined already; you are an author of this article.",
    ),
    Door(
        W.DECLINE_TO_WRITE,
        StepForm,
        authors.decline_to_write,
        "Declined. The authors have been told.",
    ),
    Door(
        W.UNINVITE_AUTHOR,
        UninviteForm,
        authors.uninvite_author,
        "The invitation is taken back.",
    ),
    Door(
        W.ARRANGE_AUTHORS,
        ArrangeForm,
        authors.arrange_authors,
        "Order and contributions are saved.",
    ),
    Door(W.CHANGE_TIER, steps.TierForm, desk.change_tier, "The tier is changed."),
    Door(
        W.CHANGE_BLINDING,
        steps.BlindingForm,
        blinding.change_blinding,
        "Changed. Whoever is asked from now on is told.",
    ),
    Door(
        W.NAME_ENTITIES,
        steps.EntitiesForm,
        entities.name_entities,
        "Noted. Whoever has an interest in one of them is not asked.",
    ),
    Door(
        W.PUBLISH,
        steps.OptionalReasonForm,
        publishing.publish,
        "Published. Readers see it now.",
    ),
    Door(
        W.SHOW_PREVIEW,
        ReasonForm,
        publishing.show_preview,
        "The preview is public, under a caution banner.",
    ),
    Door(
        W.END_PREVIEW,
        steps.OptionalReasonForm,
        publishing.end_preview,
        "The preview is taken down.",
    ),
    Door(W.HOLD, stands.HoldForm, standing.hold, "On hold. Readers see it now."),
    Door(W.EXPRESS_CONCERN, stands.ConcernForm, standing.express_concern, PROPOSED),
    Door(W.LIFT_CONCERN, stands.LiftForm, standing.lift_concern, PROPOSED),
    Door(W.RELEASE, stands.ReleaseForm, standing.release, PROPOSED),
    Door(
        W.RELEASE_TO_CONCERN,
        stands.ConcernForm,
        standing.release_to_concern,
        PROPOSED,
    ),
    Door(W.RETRACT, stands.RetractForm, standing.retract, PROPOSED),
    Door(W.REINSTATE, stands.ReinstateForm, standing.reinstate, PROPOSED),
    Door(W.REMOVE, stands.RemoveForm, standing.remove, PROPOSED),
    Door(
        W.CONFIRM,
        stands.ConfirmForm,
        standing.confirm,
        "Signed and issued. Readers see it now, and whoever it concerns was told.",
    ),
    Door(
        W.TAKE_BACK,
        stands.TakeBackForm,
        standing.take_back,
        "Taken back. Nothing of it was public.",
    ),
    Door(
        W.ARCHIVE,
        stands.ArchiveForm,
        standing.archive,
        "Signed and issued. Readers see it now.",
    ),
)

_BY_STEP = {(door.step.model, door.step.name): door for door in DOORS}


def door_to(model: type[StatefulModel], name: str) -> Door | None:
    """The door of that name, as addresses spell it; None where people have none."""
    return _BY_STEP.get((model, name))
