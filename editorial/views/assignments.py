"""The review page: the invitation, then the text with the review beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from editorial import queries
from editorial.views import findings, invitations, printing, seeing, stepping
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Redrawn, Room
from reviews import checklist
from reviews.models import Assignment, Comment, Disclosure, Report, Signature
from reviews.states import REMARKS, AssignmentState, Meaning

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User

READS_THE_TEXT = queries.TEXT_OPEN_TO


@staff
@require_safe
def assignment(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_assignments(request.user), pk=pk)
    return _draw(request, found, stepping.kept(request, found))


@staff
def assignment_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    return stepping.take(ASSIGNMENTS, request, pk, step)


def page(
    user: User, assignment: Assignment, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """What this person sees of an assignment; the text only once it is accepted."""
    version = assignment.version
    is_mine = assignment.reviewer_id == user.pk
    steps = stepping.offers(user, assignment, redrawn)
    context: dict[str, Any] = {
        "assignment": assignment,
        "state_label": AssignmentState(assignment.state).label,
        "version": version,
        "article": version.article,
        "is_mine": is_mine,
        "steps": {offered.name: offered for offered in steps},
        "redrawn": redrawn,
        "others": [o for o in steps if o.name not in ("accept", "report")],
        "disclosure": Disclosure.objects.filter(assignment=assignment).first(),
        "signed": _signed(assignment),
        "earlier": [],
    }
    if not is_mine or assignment.state in READS_THE_TEXT:
        context |= _text(user, assignment)
    if assignment.state not in READS_THE_TEXT:
        context["invitation"] = invitations.told(assignment)
    return context


def _text(user: User, assignment: Assignment) -> dict[str, Any]:
    """The text, what was found in it, and how the authors answered this reviewer."""
    version = assignment.version
    return {
        "earlier": _earlier(assignment),
        "response": seeing.response(seeing.Seat.REVIEWER, version),
        **findings.panel(user, version, page="version"),
        **printing.printed(version),
    }


def _signed(assignment: Assignment) -> dict[str, Any] | None:
    """The report as it was signed, with the facts of the signature."""
    report = Report.objects.filter(assignment=assignment).first()
    if report is None:
        return None
    answers = [
        (item.text, checklist.ANSWERS.get(report.checklist.get(item.code, ""), "?"))
        for item in checklist.ITEMS
    ]
    return {
        "report": report,
        "answers": answers,
        "signature": Signature.objects.filter(
            version=assignment.version_id,
            signer=assignment.reviewer_id,
            meaning=Meaning.REVIEW,
        ).first(),
        "comments": _comments(assignment),
    }


def _comments(assignment: Assignment) -> list[Comment]:
    found = Comment.objects.filter(
        version=assignment.version_id, author=assignment.reviewer_id
    )
    found = found.filter(carried_from=None, kind__in=REMARKS)
    return list(found.order_by("pk"))


def _earlier(assignment: Assignment) -> list[seeing.CommentSeen]:
    """What this reviewer asked of the version before, carried over and answered."""
    seat, reviewer = seeing.Seat.REVIEWER, assignment.reviewer
    found = seeing.comments(seat, reviewer, assignment.version)
    return [comment for comment in found if comment.carried]


def _draw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn | None
) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = page(request.user, assignment, redrawn)
    return render(request, _template(assignment), context, status=status)


def _redraw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn
) -> HttpResponse:
    """A refusal can leave something behind; the other forms are drawn from that."""
    found = queries.visible_assignments(request.user)
    return _draw(request, get_object_or_404(found, pk=assignment.pk), redrawn)


def _template(assignment: Assignment) -> str:
    """The invitation until it is accepted, then the review."""
    reads = assignment.state in READS_THE_TEXT
    return "desk/review.html" if reads else "desk/invitation.html"


def _page(_request: StaffRequest, assignment: Assignment) -> str:
    return assignment.get_absolute_url()


ASSIGNMENTS = Room(Assignment, queries.visible_assignments, _page, _redraw)
