"""The review page: the invitation, then the text with the review beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.listed import listed, made
from articles.passages import KEY_ANSWER
from editorial import queries, reports, rounds, rows, workflow
from editorial.errors import SavedElsewhere
from editorial.views import (
    changes,
    findings,
    invitations,
    opening,
    posted,
    printing,
    reviewing,
    scripts,
    seeing,
    stepping,
)
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Offered, Redrawn, Room
from reviews import checklist, items, panel
from reviews.models import Assignment, Comment, Report, Signature
from reviews.states import AssignmentState, Meaning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from editorial.models import User
    from editorial.views.opening import Opened
    from editorial.views.seeing import CommentSeen
    from reviews.models import Reply

WITH_THEIR_OWN_PLACE = ("accept", "report", "report_late", "reply", "settle")
READS_THE_TEXT = queries.TEXT_OPEN_TO
INVITATION = "desk/invitation.html"
SIGNED = tuple(field.name for field in Signature._meta.concrete_fields)


@staff
@require_safe
def assignment(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_visible(request.user), pk=pk)
    sent = stepping.kept(request, found) or reviewing.kept(request, found)
    return _draw(request, found, sent)


@staff
def assignment_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    try:
        return stepping.take(ASSIGNMENTS, request, pk, step)
    except SavedElsewhere as error:
        return reviewing.overtaken(request, pk, error)


def _visible(user: User) -> QuerySet[Assignment]:
    """Those whom the desk shows them, with all of a review that is one row."""
    found = queries.visible_assignments(user)
    whole = found.select_related(
        *("draft", "disclosure", "report", "invited_by", "version__article__editor")
    )
    signed = Signature.objects.filter(
        version=OuterRef("version"), signer=OuterRef("reviewer"), meaning=Meaning.REVIEW
    )
    return rounds.annotated(panel.with_checks(whole)).annotate(
        signed=listed(signed, *SIGNED),
        report_number=_number_of_report(),
    )


def _since_mine(
    assignment: Assignment, user: User, known: changes.Beginnings
) -> changes.Link | None:
    """Where the reviewer sees what changed since the version that they reviewed."""
    number = rounds.reviewed_before(assignment)
    if assignment.reviewer_id != user.pk or number is None:
        return None
    return known.since(number)


def _number_of_report() -> Subquery:
    """How many reports of this reviewer about the version there were with this one."""
    on_it = Report.objects.filter(
        assignment__version=OuterRef("version"),
        assignment__reviewer=OuterRef("reviewer"),
        late=False,
        pk__lte=OuterRef("report__pk"),
    ).order_by()
    counted = on_it.values("assignment__version").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


def page(
    user: User, assignment: Assignment, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """What this person sees of an assignment; the text only once it is accepted."""
    is_mine = assignment.reviewer_id == user.pk
    if is_mine:
        assignment.reviewer = user  # whose roles are known
    panel.hang_checks(assignment)
    shows = not is_mine or _reads(user, assignment)
    found = opening.opened(user, assignment.version_id) if shows else None
    if found:
        assignment.version = found.version
    version = assignment.version
    rows.lend(assignment, version, was_asked=is_mine)  # the desk sees none it reviews
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
        "further_round": rounds.told(assignment) if is_mine else "",
        "earlier": [],
    }
    if found:
        context |= _text(user, assignment, found, steps)
    if assignment.state not in READS_THE_TEXT:
        context["invitation"] = invitations.told(assignment, user)
    if is_mine and assignment.state not in (AssignmentState.INVITED, *READS_THE_TEXT):
        context["left_behind"] = reviewing.left_behind(assignment)
    return context


def _reads(user: User, assignment: Assignment) -> bool:
    """Whether the text is there: once it is accepted, and while a late review is due."""
    late = workflow.REPORT_LATE
    is_late = late.permits(user, assignment) and late.is_open(assignment)
    return assignment.state in READS_THE_TEXT or is_late


def _text(
    user: User, assignment: Assignment, found: Opened, steps: list[Offered]
) -> dict[str, Any]:
    """The text, what was found in it, and how the authors answered this reviewer."""
    version = assignment.version
    known = changes.beginnings(found)
    compared, since_mine = changes.links(known), _since_mine(assignment, user, known)
    if since_mine and not hasattr(assignment, "report"):
        said_above = since_mine.version
        links = [one for one in known.links if one.version != said_above]
        compared["changes_links"] = links
    return {
        "since_mine": since_mine,
        "earlier": _earlier(user, assignment, _offered(steps, "settle")),
        "response": seeing.response(seeing.Seat.REVIEWER, version),
        **compared,
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
        "checks": list(assignment.citation_checks.all()),
    }


def _signature(assignment: Assignment, report: Report) -> Signature | None:
    """The one under this very report; who is asked again signs another."""
    if report.late:
        return None
    known = assignment.__dict__
    signed = made(Signature, SIGNED, known["signed"])
    return next((s for s in signed if s.number == known["report_number"]), None)


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
    offered = _offered(steps, "reply")
    parts = (KEY_ANSWER, assignment.version.audience)
    read = sorted(found.prefetch_related("replies"), key=lambda c: _place(c, parts))
    return [
        Thread(
            comment=comment,
            failed=lines.get(comment.criterion, ""),
            replies=[_reply(row, assignment, user) for row in comment.replies.all()],
            offer=_about(offered, comment),
        )
        for comment in read
    ]


def _place(comment: Comment, parts: Sequence[str]) -> tuple[bool, int, str, int, int]:
    """Where it stands in the order of reading; what is on the whole text comes last."""
    rank = parts.index(comment.part) if comment.part in parts else len(parts)
    start = comment.start
    return start is None, rank, comment.part, start or 0, comment.pk


def _reply(row: Reply, assignment: Assignment, user: User) -> Said:
    by_reviewer = row.author_id == assignment.reviewer_id
    who = "The reviewer" if by_reviewer else "The desk"
    return Said("You" if row.author_id == user.pk else who, row.text, row.created_at)


def _offered(steps: list[Offered], name: str) -> Offered | None:
    return next((offer for offer in steps if offer.name == name), None)


def _about(
    offered: Offered | None, comment: Comment | seeing.CommentSeen
) -> Offered | None:
    """The step with a form of its own for this comment."""
    if offered is None or comment.resolved_at:
        return None
    sent = offered.form.data.get("comment", "") if offered.is_redrawn else ""
    if sent == str(comment.pk):
        return offered
    seen = offered.form.initial["seen"]
    form = offered.door.form(
        name=f"{offered.name}-{comment.pk}",
        initial={"seen": seen, "comment": comment.pk},
    )
    return Offered(offered.door, form, offered.address, offered.objection)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment on the version before; `offer` calls it settled, where they may."""

    seen: CommentSeen
    offer: Offered | None = None


def _earlier(
    user: User, assignment: Assignment, settling: Offered | None
) -> list[Earlier]:
    """What this reviewer asked of the version before, carried over and answered."""
    rows = list(items.carried(assignment).select_related("author", "answered_by"))
    if not rows:
        return []
    seen = seeing.told(seeing.Seat.REVIEWER, user, assignment.version, rows)
    return [Earlier(one, _about(settling, one)) for one in seen]


def _draw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn | None
) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = page(request.user, assignment, redrawn)
    context["opened"] = request.GET.get("step", "")
    claims = posted.key(request.GET.get(reviewing.CLAIMS, ""))
    if claims and "report" in context["steps"]:
        context["steps"]["report"].form.checks.turn_to(claims)
    is_read = assignment.state in READS_THE_TEXT
    wanted = scripts.for_reviewing if is_read else scripts.for_forms
    context["scripts"] = wanted(request)
    reads = _reads(request.user, assignment)
    template = "desk/review.html" if reads else INVITATION
    return render(request, template, context, status=status)


def _redraw(
    request: StaffRequest, assignment: Assignment, redrawn: Redrawn
) -> HttpResponse:
    """A refusal can leave something behind; the other forms are drawn from that."""
    found = _visible(request.user)
    return _draw(request, get_object_or_404(found, pk=assignment.pk), redrawn)


def _page(_request: StaffRequest, assignment: Assignment) -> str:
    return assignment.get_absolute_url()


ASSIGNMENTS = Room(Assignment, _visible, _page, _redraw)
