"""The review page: the invitation, then the text with the review beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.bounded import Work
from editorial import queries, reports, rows
from editorial.views import (
    changes,
    findings,
    invitations,
    posted,
    printing,
    reviewing,
    scripts,
    seeing,
    stepping,
)
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Offered, Redrawn, Room
from reviews import anchors, checklist
from reviews.anchors import Selector
from reviews.models import Assignment, Comment, Report, Signature
from reviews.states import AssignmentState, Meaning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from editorial.models import User
    from reviews.anchors import Anchor
    from reviews.models import Reply

WITH_THEIR_OWN_PLACE = ("accept", "report", "report_late", "reply")
READS_THE_TEXT = queries.TEXT_OPEN_TO
INVITATION = "desk/invitation.html"


@staff
@require_safe
def assignment(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_visible(request.user), pk=pk)
    sent = stepping.kept(request, found) or reviewing.kept(request, found)
    return _draw(request, found, sent)


@staff
def assignment_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    return stepping.take(ASSIGNMENTS, request, pk, step)


def _visible(user: User) -> QuerySet[Assignment]:
    """Those whom the desk shows them, with all of a review that is one row."""
    found = queries.visible_assignments(user)
    whole = found.select_related("draft", "disclosure", "report")
    return whole.annotate(round=queries.round_of_assignment())


def page(
    user: User, assignment: Assignment, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """What this person sees of an assignment; the text only once it is accepted."""
    version = assignment.version
    is_mine = assignment.reviewer_id == user.pk
    if is_mine:
        assignment.reviewer = user  # whose roles are known
    rows.lend(assignment, version, reviews=is_mine)  # the desk sees none it reviews
    steps = stepping.offers(user, assignment, redrawn)
    context: dict[str, Any] = {
        "assignment": assignment,
        "state_label": AssignmentState(assignment.state).label,
        "version": version,
        "article": version.article,
        "is_mine": is_mine,
        "steps": {offered.name: offered for offered in steps},
        "redrawn": redrawn,
        "others": [o for o in steps if o.name not in WITH_THEIR_OWN_PLACE],
        "disclosure": getattr(assignment, "disclosure", None),
        "signed": _signed(assignment, user, steps),
        "earlier": [],
    }
    is_late = "report_late" in context["steps"]
    if not is_mine or is_late or assignment.state in READS_THE_TEXT:
        context |= _text(user, assignment)
    if assignment.state not in READS_THE_TEXT:
        context["invitation"] = invitations.told(assignment)
    if is_mine and assignment.state not in (AssignmentState.INVITED, *READS_THE_TEXT):
        context["left_behind"] = reviewing.left_behind(assignment)
    return context


def _text(user: User, assignment: Assignment) -> dict[str, Any]:
    """The text, what was found in it, and how the authors answered this reviewer."""
    version = assignment.version
    return {
        "earlier": _earlier(assignment),
        "response": seeing.response(seeing.Seat.REVIEWER, version),
        **changes.links(user, version),
        "peers": seeing.peers(seeing.seat_of(user, version), user, version),
        **findings.panel(user, version, page="version"),
        **printing.printed(version, user),
    }


def _signed(
    assignment: Assignment, user: User, steps: list[Offered]
) -> dict[str, Any] | None:
    """The report as it was signed, with the facts of the signature."""
    report = getattr(assignment, "report", None)
    if report is None:
        return None
    answers = [
        (item.text, checklist.ANSWERS.get(report.checklist.get(item.code, ""), "?"))
        for item in checklist.ITEMS
    ]
    return {
        "report": report,
        "answers": answers,
        "signature": _signature(assignment, report),
        "comments": _comments(assignment, user, steps),
        "checks": list(assignment.citation_checks.order_by("pk")),
    }


def _signature(assignment: Assignment, report: Report) -> Signature | None:
    """The one under this very report; who is asked again signs another."""
    if report.late:
        return None
    asked = {"version": assignment.version_id, "reviewer": assignment.reviewer_id}
    on_it = Report.objects.filter(**{f"assignment__{k}": v for k, v in asked.items()})
    number = on_it.filter(late=False, pk__lte=report.pk).count()
    signed = Signature.objects.filter(
        version=assignment.version_id, signer=assignment.reviewer_id, number=number
    )
    return signed.filter(meaning=Meaning.REVIEW).first()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in a thread; who wrote it is told by their part in the review."""

    who: str
    text: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment of a signed review, the answers to it, and the form for another."""

    comment: Comment
    failed: str
    replies: list[Said]
    offer: Offered | None


def _comments(assignment: Assignment, user: User, steps: list[Offered]) -> list[Thread]:
    found = reports.comments(assignment, assignment.report)
    lines = {item.code: item.text for item in checklist.ITEMS}
    offered = next((offer for offer in steps if offer.name == "reply"), None)
    return [
        Thread(
            comment=comment,
            failed=lines.get(comment.criterion, ""),
            replies=[_reply(row, assignment, user) for row in comment.replies.all()],
            offer=_replying(offered, comment),
        )
        for comment in found.prefetch_related("replies")
    ]


def _reply(row: Reply, assignment: Assignment, user: User) -> Said:
    by_reviewer = row.author_id == assignment.reviewer_id
    who = "The reviewer" if by_reviewer else "The desk"
    return Said("You" if row.author_id == user.pk else who, row.text, row.created_at)


def _replying(offered: Offered | None, comment: Comment) -> Offered | None:
    """The step with a form of its own for this comment."""
    if offered is None or comment.resolved_at:
        return None
    sent = offered.form.data.get("comment", "") if offered.is_redrawn else ""
    if sent == str(comment.pk):
        return offered
    seen = offered.form.initial["seen"]
    form = offered.door.form(
        name=f"reply-{comment.pk}", initial={"seen": seen, "comment": comment.pk}
    )
    return Offered(offered.door, form, offered.address, offered.objection)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment on the version before, and where its passage stands in this one."""

    seen: seeing.CommentSeen
    anchor: Anchor | None

    @property
    def is_gone(self) -> bool:
        return bool(self.seen.passage) and self.anchor is None


def _earlier(assignment: Assignment) -> list[Earlier]:
    """What this reviewer asked of the version before, carried over and answered."""
    seat, reviewer = seeing.Seat.REVIEWER, assignment.reviewer
    found = seeing.comments(seat, reviewer, assignment.version)
    carried = {comment.pk: comment for comment in found if comment.carried}
    if not carried:
        return []
    texts, work = reports.parts(assignment.version), Work(anchors.MOST_WORK)
    own = Comment.objects.filter(pk__in=carried, author=reviewer)
    known = {row.pk: row for row in own}
    return [
        Earlier(comment, _again(known[pk], texts, work))
        for pk, comment in carried.items()
        if pk in known
    ]


def _again(comment: Comment, texts: Mapping[str, str], work: Work) -> Anchor | None:
    selector = Selector(comment.passage, comment.prefix, comment.suffix, comment.start)
    return anchors.find_again(selector, texts, comment.part, work)


def _draw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn | None
) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = page(request.user, assignment, redrawn)
    claims = posted.key(request.GET.get(reviewing.CLAIMS, ""))
    if claims and "report" in context["steps"]:
        context["steps"]["report"].form.checks.turn_to(claims)
    if assignment.state in READS_THE_TEXT:
        context["scripts"] = scripts.for_reviewing(request)
    template = "desk/review.html" if _reads(assignment, context) else INVITATION
    return render(request, template, context, status=status)


def _redraw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn
) -> HttpResponse:
    """A refusal can leave something behind; the other forms are drawn from that."""
    found = _visible(request.user)
    return _draw(request, get_object_or_404(found, pk=assignment.pk), redrawn)


def _reads(assignment: Assignment, context: dict[str, Any]) -> bool:
    """Whether the text is there: once it is accepted, and while a late review is due."""
    return assignment.state in READS_THE_TEXT or "report_late" in context["steps"]


def _page(_request: StaffRequest, assignment: Assignment) -> str:
    return assignment.get_absolute_url()


ASSIGNMENTS = Room(Assignment, _visible, _page, _redraw)
