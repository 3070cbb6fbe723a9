"""
The workflow on one page: every step, who may take it and what must be true first.

A step without a policy is a TypeError; buttons, forms, deeds and the matrix of tests
all read this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from articles.machine import StatefulModel
from articles.models import Article, Version
from articles.states import (
    OPEN,
    PUBLIC,
    READABLE,
    SIGNED_OFF,
    WITH_THE_DESK,
    Standing,
    VersionState,
)
from editorial import impartiality, noticing, policies, rows, rules
from editorial.models import Event
from reviews.models import Assignment
from reviews.states import OPEN as OPEN_ASSIGNMENT
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from editorial.models import User

Thing = TypeVar("Thing", bound=StatefulModel)

REVIEWABLE = (VersionState.UNDER_REVIEW,)
ANYWHERE = tuple(Standing.values)
FREE_OF_INTERESTS = (
    impartiality.who_acts_has_declared,
    impartiality.who_acts_has_no_interest,
)
"""What is asked of an editor before they touch how a text is judged."""

REMINDERS = frozenset(
    {Event.Kind.REMINDED, Event.Kind.OVERDUE, Event.Kind.AUTHORS_REMINDED}
)
DATES = frozenset({Event.Kind.MORE_TIME_ASKED, Event.Kind.EXTENDED})
SETTLED = frozenset({Event.Kind.COMMENT_RESOLVED})


@dataclass(frozen=True, kw_only=True)
class Step(Generic[Thing]):
    """
    One step of the workflow.

    `sources` are the states it starts from, taken from the transition where there is
    one; `within` the states the version must be in when the thing hangs on a version;
    `done` tells that the step happened already where no state does; `taken_by` that
    this person took it, where it takes the right to it away; `unmoved_by` are the deeds
    that leave a form of the step as good as it was; what `rests_on_settling` is moved by
    a reviewer who settles a comment, which no other form may show; with `leaves_a_draft_alone` the step
    does not save a draft, so that its authors' forms stay good.
    """

    model: type[Thing]
    name: str
    label: str
    kind: str
    policy: Callable[[User, Thing], bool]
    transition: Callable[..., Any] | None = None
    sources: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    rules: tuple[Callable[[Thing], str | None], ...] = ()
    needs_reason: bool = False
    leaves_a_draft_alone: bool = False
    done: Callable[[Thing], bool] | None = None
    taken_by: Callable[[User, Thing], bool] | None = None
    unmoved_by: frozenset[str] = REMINDERS
    rests_on_settling: bool = False

    def fetch(self, pk: int, *, by: User) -> Thing:
        """Read the row anew, with what the checks of `by` and the chain will ask."""
        return rows.thing(self.model, pk, by=by)

    def permits(self, user: User, thing: Thing) -> bool:
        return user.is_active and self.policy(user, thing)

    def was_taken_by(self, user: User, thing: Thing) -> bool:
        """Whether this active person took it, and can therefore not take it twice."""
        if self.taken_by is None or not user.is_active:
            return False
        return self.taken_by(user, thing)

    @property
    def starts_from(self) -> tuple[str, ...]:
        if self.transition is None:
            return self.sources
        moves = self.transition._django_fsm.transitions  # type: ignore[attr-defined]  # noqa: SLF001
        return tuple(str(source) for source in moves)

    def is_open(self, thing: Thing) -> bool:
        """Whether the thing stands where the step starts."""
        if str(getattr(thing, thing.state_field)) not in self.starts_from:
            return False
        version = getattr(thing, "version", None)
        if self.within and version is not None and version.state not in self.within:
            return False
        return self.done is None or not self.done(thing)

    def is_beside_a_draft(self, thing: Thing) -> bool:
        """
        Whether it is taken while authors write on and leaves their text alone.

        Then it neither moves the revision that they save on, nor is stale by it.
        """
        return (
            self.leaves_a_draft_alone
            and str(getattr(thing, thing.state_field)) == VersionState.DRAFT
        )

    def objection(self, thing: Thing) -> str | None:
        """The first thing that is missing, in a sentence, or None."""
        for rule in self.rules:
            if objection := rule(thing):
                return objection
        return None


K = Event.Kind

SUBMIT = Step(
    model=Version,
    name="submit",
    label="Submit",
    kind=K.SUBMITTED,
    transition=Version.submit,
    policy=policies.is_author,
    rules=(
        rules.the_text_is_complete,
        rules.a_machines_text_names_its_tool,
        rules.every_item_is_answered,
        rules.no_finding_is_open,
    ),
)
RECALL = Step(
    model=Version,
    name="recall",
    label="Recall to draft",
    kind=K.RECALLED,
    transition=Version.recall,
    policy=policies.is_author,
)
SEND_TO_REVIEW = Step(
    model=Version,
    name="send_to_review",
    label="Send to review",
    kind=K.SENT_TO_REVIEW,
    transition=Version.send_to_review,
    policy=policies.may_send_to_review,
    rules=(
        *FREE_OF_INTERESTS,
        rules.no_work_is_retracted,
    ),
)
INVITE = Step(
    model=Version,
    name="invite",
    label="Invite a reviewer",
    kind=K.INVITED,
    sources=REVIEWABLE,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
)
RECOMMEND = Step(
    model=Version,
    name="recommend",
    rests_on_settling=True,
    label="Recommend a decision",
    kind=K.RECOMMENDED,
    sources=WITH_THE_DESK,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
)
REOPEN = Step(
    model=Version,
    name="reopen",
    label="Ask a reviewer again",
    kind=K.REOPENED,
    sources=REVIEWABLE,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
)
NAME_ALTERNATES = Step(
    model=Version,
    name="name_alternates",
    label="Name alternates",
    kind=K.ALTERNATES_NAMED,
    sources=REVIEWABLE,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
)
RETURN = Step(
    model=Version,
    name="return_for_changes",
    rests_on_settling=True,
    label="Return for changes",
    kind=K.RETURNED,
    transition=Version.return_for_changes,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
)
REJECT = Step(
    model=Version,
    name="reject",
    rests_on_settling=True,
    label="Reject",
    kind=K.REJECTED,
    transition=Version.reject,
    policy=policies.is_approver,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
)
APPROVE = Step(
    model=Version,
    name="approve",
    rests_on_settling=True,
    label="Approve and sign",
    kind=K.APPROVED,
    transition=Version.approve,
    policy=policies.is_approver,
    rules=(
        *FREE_OF_INTERESTS,
        rules.an_editor_is_named,
        rules.the_quorum_is_in,
        rules.nothing_blocks,
        rules.no_work_is_retracted,
        rules.the_citations_are_checked,
    ),
)
WITHDRAW = Step(
    model=Version,
    name="withdraw",
    label="Withdraw",
    kind=K.WITHDRAWN,
    transition=Version.withdraw,
    policy=policies.is_author,
    needs_reason=True,
)
REVISE = Step(
    model=Version,
    name="revise",
    label="Open the next draft",
    kind=K.REVISED,
    sources=(VersionState.RETURNED, VersionState.APPROVED),
    policy=policies.is_author,
    rules=(rules.there_is_no_later_version, rules.was_published_if_approved),
)
RESOLVE = Step(
    model=Version,
    name="resolve",
    label="Resolve a comment",
    kind=K.COMMENT_RESOLVED,
    sources=OPEN,
    policy=policies.is_deciding_editor,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
    leaves_a_draft_alone=True,
)

ACCEPT = Step(
    model=Assignment,
    name="accept",
    label="Accept",
    kind=K.ACCEPTED,
    transition=Assignment.accept,
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    rules=(impartiality.no_interest_stands_against_it,),
    unmoved_by=REMINDERS | DATES,
)
DECLARE_CONFLICT = Step(
    model=Assignment,
    name="declare_conflict",
    label="Declare a conflict of interest",
    kind=K.DECLARED,
    sources=(AssignmentState.INVITED,),
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    rules=(impartiality.no_interest_stands_against_it,),
)
DECLINE = Step(
    model=Assignment,
    name="decline",
    label="Decline",
    kind=K.DECLINED,
    transition=Assignment.decline,
    policy=policies.is_the_reviewer,
    needs_reason=True,
    unmoved_by=REMINDERS | DATES,
)
RECUSE = Step(
    model=Assignment,
    name="recuse",
    label="Recuse myself",
    kind=K.RECUSED,
    transition=Assignment.recuse,
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    needs_reason=True,
    unmoved_by=REMINDERS | DATES | SETTLED,
)
REPORT = Step(
    model=Assignment,
    name="report",
    label="Sign the review",
    kind=K.REPORTED,
    transition=Assignment.conclude,
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    unmoved_by=REMINDERS | DATES | SETTLED,
)
REPORT_LATE = Step(
    model=Assignment,
    name="report_late",
    label="Hand in the review late",
    kind=K.REPORTED_LATE,
    sources=(AssignmentState.WITHDRAWN, AssignmentState.EXPIRED),
    within=(*REVIEWABLE, VersionState.RETURNED, VersionState.REJECTED, *SIGNED_OFF),
    policy=policies.is_the_reviewer,
    done=rules.is_past_handing_in,
    unmoved_by=REMINDERS | DATES,
)
REPLY = Step(
    model=Assignment,
    name="reply",
    label="Answer a comment",
    kind=K.REPLIED,
    sources=(AssignmentState.REPORTED,),
    within=REVIEWABLE,
    policy=policies.may_reply,
)
SETTLE = Step(
    model=Assignment,
    name="settle",
    label="Settled",
    kind=K.COMMENT_RESOLVED,
    sources=(AssignmentState.ACCEPTED, AssignmentState.REPORTED),
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    unmoved_by=REMINDERS | DATES | SETTLED,
)
UNASSIGN = Step(
    model=Assignment,
    name="unassign",
    label="Withdraw the invitation",
    kind=K.UNASSIGNED,
    transition=Assignment.withdraw,
    policy=policies.is_assigning_editor,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
    unmoved_by=REMINDERS | SETTLED,
)
EXPIRE = Step(
    model=Assignment,
    name="expire",
    label="Expire",
    kind=K.EXPIRED,
    transition=Assignment.expire,
    policy=policies.is_assigning_editor,
    rules=(*FREE_OF_INTERESTS, rules.is_overdue),
    needs_reason=True,
    unmoved_by=REMINDERS | SETTLED,
)
LAPSE = Step(
    model=Assignment,
    name="lapse",
    label="End what nobody waits for any longer",
    kind=K.EXPIRED,
    transition=Assignment.lapse,
    within=REVIEWABLE,
    policy=policies.is_system,
    rules=(rules.is_given_up,),
)
ASK_MORE_TIME = Step(
    model=Assignment,
    name="ask_more_time",
    label="Ask for more time",
    kind=K.MORE_TIME_ASKED,
    sources=(AssignmentState.ACCEPTED,),
    within=REVIEWABLE,
    policy=policies.is_the_reviewer,
    needs_reason=True,
    unmoved_by=REMINDERS | SETTLED,
)
EXTEND = Step(
    model=Assignment,
    name="extend",
    label="Move the date",
    kind=K.EXTENDED,
    sources=(AssignmentState.ACCEPTED,),
    within=REVIEWABLE,
    policy=policies.is_assigning_editor,
    rules=FREE_OF_INTERESTS,
    unmoved_by=REMINDERS | SETTLED,
)
REMIND = Step(
    model=Assignment,
    name="remind",
    label="Remind",
    kind=K.REMINDED,
    sources=OPEN_ASSIGNMENT,
    within=REVIEWABLE,
    policy=policies.is_system,
    rules=(rules.a_reminder_is_due,),
)
NUDGE = Step(
    model=Assignment,
    name="nudge",
    label="Remind by hand",
    kind=K.REMINDED,
    sources=(AssignmentState.INVITED, AssignmentState.ACCEPTED),
    within=REVIEWABLE,
    policy=policies.is_assigning_editor,
    rules=(rules.was_not_reminded_lately,),
    unmoved_by=REMINDERS | SETTLED,
)
REPORT_OVERDUE = Step(
    model=Assignment,
    name="report_overdue",
    label="Tell the editor that the review is overdue",
    kind=K.OVERDUE,
    sources=(AssignmentState.ACCEPTED,),
    within=REVIEWABLE,
    policy=policies.is_system,
    rules=(rules.a_reminder_is_due,),
)
REMIND_AUTHORS = Step(
    model=Version,
    name="remind_authors",
    label="Ask the authors to go on",
    kind=K.AUTHORS_REMINDED,
    sources=(VersionState.RETURNED,),
    policy=policies.is_system,
    rules=(rules.the_authors_are_to_be_reminded,),
)

INVITE_AUTHOR = Step(
    model=Article,
    name="invite_author",
    label="Invite an author",
    kind=K.AUTHOR_INVITED,
    sources=ANYWHERE,
    policy=policies.is_article_author,
    rules=(
        rules.no_version_is_with_the_desk,
        rules.nobody_has_been_asked_to_review,
        rules.there_is_room_for_an_author,
    ),
)
JOIN = Step(
    model=Article,
    name="join",
    label="Join as an author",
    kind=K.AUTHOR_JOINED,
    sources=ANYWHERE,
    policy=policies.is_invited_author,
    taken_by=policies.accepted_an_invitation,
    rules=(rules.no_version_is_with_the_desk,),
)
DECLINE_TO_WRITE = Step(
    model=Article,
    name="decline_to_write",
    label="Decline",
    kind=K.AUTHOR_DECLINED,
    sources=ANYWHERE,
    policy=policies.is_invited_author,
)
UNINVITE_AUTHOR = Step(
    model=Article,
    name="uninvite_author",
    label="Take the invitation back",
    kind=K.AUTHOR_UNINVITED,
    sources=ANYWHERE,
    policy=policies.may_uninvite,
)
ARRANGE_AUTHORS = Step(
    model=Article,
    name="arrange_authors",
    label="Save order and contributions",
    kind=K.AUTHORS_ARRANGED,
    sources=ANYWHERE,
    policy=policies.is_article_author,
    rules=(rules.no_version_is_with_the_desk,),
)
AUTHORS = (INVITE_AUTHOR, JOIN, DECLINE_TO_WRITE, UNINVITE_AUTHOR, ARRANGE_AUTHORS)
"""The steps by which an article gets its authors."""

CHANGE_TIER = Step(
    model=Article,
    name="change_tier",
    label="Change the risk tier",
    kind=K.TIER_CHANGED,
    sources=ANYWHERE,
    policy=policies.may_handle,
    rules=FREE_OF_INTERESTS,
    needs_reason=True,
)
CHANGE_BLINDING = Step(
    model=Article,
    name="change_blinding",
    label="Change who knows whom",
    kind=K.BLINDING_CHANGED,
    sources=ANYWHERE,
    policy=policies.may_handle,
    rules=(rules.nobody_agreed_to_other_eyes,),
    needs_reason=True,
)
NAME_ENTITIES = Step(
    model=Article,
    name="name_entities",
    label="Name companies and products",
    kind=K.ENTITIES_NAMED,
    sources=ANYWHERE,
    policy=policies.may_handle,
)
CHANGE_EDITOR = Step(
    model=Article,
    name="change_editor",
    label="Change the editor in charge",
    kind=K.EDITOR_CHANGED,
    sources=ANYWHERE,
    policy=policies.may_change_editor,
    rules=(impartiality.who_acts_may_hand_it_over,),
)
CLOSE_READER_REPORT = Step(
    model=Article,
    name="close_reader_report",
    label="Close what a reader reported",
    kind=K.READER_REPORT_CLOSED,
    sources=ANYWHERE,
    policy=policies.may_handle,
    needs_reason=True,
)
EMPTY_READER_REPORT = Step(
    model=Article,
    name="empty_reader_report",
    label="Delete what a reader wrote",
    kind=K.READER_REPORT_EMPTIED,
    sources=ANYWHERE,
    policy=policies.may_handle,
    needs_reason=True,
)
PUBLISH = Step(
    model=Article,
    name="publish",
    label="Publish now",
    kind=K.PUBLISHED,
    transition=Article.publish,
    policy=policies.may_publish,
    done=rules.is_public_already,
    rules=(impartiality.who_acts_has_no_interest, rules.something_is_approved),
)
REBUILD = Step(
    model=Article,
    name="rebuild",
    label="Rebuild the public pages",
    kind=K.PAGES_REBUILT,
    sources=PUBLIC,
    policy=policies.is_system,
)
WITHHOLD = Step(
    model=Article,
    name="withhold",
    label="Withhold a damaged page",
    kind=K.PAGE_WITHHELD,
    sources=PUBLIC,
    policy=policies.is_system,
)
SHOW_PREVIEW = Step(
    model=Article,
    name="show_preview",
    label="Show a preview to the public",
    kind=K.PREVIEW_SHOWN,
    transition=Article.show_preview,
    policy=policies.may_handle,
    rules=(*FREE_OF_INTERESTS, rules.may_be_previewed),
    needs_reason=True,
)
END_PREVIEW = Step(
    model=Article,
    name="end_preview",
    label="End the preview",
    kind=K.PREVIEW_ENDED,
    transition=Article.end_preview,
    policy=policies.may_handle,
)
EXPRESS_CONCERN = Step(
    model=Article,
    name="express_concern",
    label="Express a concern",
    kind=K.NOTICE_PROPOSED,
    transition=Article.express_concern,
    policy=policies.may_handle,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
LIFT_CONCERN = Step(
    model=Article,
    name="lift_concern",
    label="Lift the concern",
    kind=K.NOTICE_PROPOSED,
    transition=Article.lift_concern,
    policy=policies.may_handle,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
HOLD = Step(
    model=Article,
    name="hold",
    label="Put on hold at once",
    kind=K.HELD,
    transition=Article.hold,
    policy=policies.may_hold,
    needs_reason=True,
)
RELEASE = Step(
    model=Article,
    name="release",
    label="Release it",
    kind=K.NOTICE_PROPOSED,
    transition=Article.release,
    policy=policies.may_release,
    rules=(
        *FREE_OF_INTERESTS,
        rules.no_notice_is_proposed,
        rules.the_doubts_are_over,
    ),
    needs_reason=True,
)
RELEASE_TO_CONCERN = Step(
    model=Article,
    name="release_to_concern",
    label="Release it under an expression of concern",
    kind=K.NOTICE_PROPOSED,
    transition=Article.release_to_concern,
    policy=policies.may_release,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
RETRACT = Step(
    model=Article,
    name="retract",
    label="Retract",
    kind=K.NOTICE_PROPOSED,
    transition=Article.retract,
    policy=policies.may_handle,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
REINSTATE = Step(
    model=Article,
    name="reinstate",
    label="Reinstate",
    kind=K.NOTICE_PROPOSED,
    transition=Article.reinstate,
    policy=policies.may_handle,
    rules=(
        *FREE_OF_INTERESTS,
        rules.no_notice_is_proposed,
        rules.was_approved_anew,
    ),
    needs_reason=True,
)
REMOVE = Step(
    model=Article,
    name="remove",
    label="Remove",
    kind=K.NOTICE_PROPOSED,
    transition=Article.remove,
    policy=policies.may_handle,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
PROPOSE = (
    *(EXPRESS_CONCERN, LIFT_CONCERN, RELEASE, RELEASE_TO_CONCERN),
    *(RETRACT, REINSTATE, REMOVE),
)
"""Steps that propose a notice: it is issued when a second person signs it."""

ARCHIVE = Step(
    model=Article,
    name="archive",
    label="Keep it up no longer",
    kind=K.ARCHIVED,
    transition=Article.archive,
    policy=policies.may_archive,
    rules=(*FREE_OF_INTERESTS, rules.no_notice_is_proposed),
    needs_reason=True,
)
CONFIRM = Step(
    model=Article,
    name="confirm",
    label="Sign and issue the notice",
    kind=K.NOTICE_PROPOSED,
    sources=READABLE,
    policy=policies.may_confirm,
    rules=FREE_OF_INTERESTS,
    done=rules.nothing_is_proposed,
)
TAKE_BACK = Step(
    model=Article,
    name="take_back",
    label="Take the proposal back",
    kind=K.PROPOSAL_ENDED,
    sources=READABLE,
    policy=policies.may_take_back,
    taken_by=noticing.took_back,
    done=rules.nothing_is_proposed,
    needs_reason=True,
)
LET_EXPIRE = Step(
    model=Article,
    name="let_expire",
    label="End a proposal that nobody confirmed",
    kind=K.PROPOSAL_ENDED,
    sources=READABLE,
    policy=policies.is_system,
    done=rules.nothing_is_proposed,
)
STANDING = (HOLD, *PROPOSE, CONFIRM, TAKE_BACK, ARCHIVE)
"""The steps by which people change what the public is told of a published article."""

STEPS: tuple[Step[Any], ...] = (
    SUBMIT,
    RECALL,
    SEND_TO_REVIEW,
    INVITE,
    REOPEN,
    NAME_ALTERNATES,
    RECOMMEND,
    RETURN,
    REJECT,
    APPROVE,
    WITHDRAW,
    REVISE,
    RESOLVE,
    ACCEPT,
    DECLARE_CONFLICT,
    DECLINE,
    RECUSE,
    REPORT,
    REPORT_LATE,
    REPLY,
    SETTLE,
    UNASSIGN,
    EXPIRE,
    LAPSE,
    ASK_MORE_TIME,
    EXTEND,
    REMIND,
    NUDGE,
    REPORT_OVERDUE,
    REMIND_AUTHORS,
    *AUTHORS,
    CHANGE_TIER,
    CHANGE_BLINDING,
    NAME_ENTITIES,
    CHANGE_EDITOR,
    CLOSE_READER_REPORT,
    EMPTY_READER_REPORT,
    PUBLISH,
    REBUILD,
    WITHHOLD,
    SHOW_PREVIEW,
    END_PREVIEW,
    *STANDING,
    LET_EXPIRE,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A step open to somebody now; `objection` says what it still waits for."""

    step: Step[Any]
    objection: str | None


def steps_for(
    user: User, thing: StatefulModel, *, but: Collection[Step[Any]] = ()
) -> list[Offer]:
    """The steps `user` may take on `thing` now, by the checks the deeds make."""
    return [
        Offer(step, step.objection(thing))
        for step in of_model(type(thing))
        if step not in but and step.permits(user, thing) and step.is_open(thing)
    ]


def of_model(model: type[StatefulModel]) -> Iterable[Step[Any]]:
    return (step for step in STEPS if step.model is model)
