"""Saving a review while it is typed, by a script or by a button, and losing nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from editorial import queries, workflow
from editorial.actions import jotting, replying
from editorial.errors import MovedOn, Refused
from editorial.forms.repeating import AS_BEFORE
from editorial.forms.reports import SHOWS, ReportForm, UnsignedReportForm
from editorial.views import doors, keeping, posted, two_windows
from editorial.views.fetched import fetched, no
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Redrawn
from reviews.models import Assignment, ReviewDraft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

SAVE = "save"
CLAIMS = "claims"
"""Names the page of claims to be shown, in an address and in a form."""


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what is typed so far; scripts are answered in JSON."""
    by_script = "application/json" in request.headers.get("Accept", "")
    return _save_by_script(request, pk) if by_script else _save_by_hand(request, pk)


@fetched
@require_POST
def _save_by_script(request: StaffRequest, pk: int) -> HttpResponse:
    assignment = _own(request, pk)
    try:
        draft = _jot(request, assignment, {})
    except Refused as error:
        return no(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return JsonResponse({"saves": draft.saves, "saved_at": draft.saved_at})


@staff
@require_POST
def _save_by_hand(request: StaffRequest, pk: int) -> HttpResponse:
    assignment = _own(request, pk)
    draft: ReviewDraft | None = getattr(assignment, "draft", None)
    try:
        _jot(request, assignment, draft.content if draft else {})
    except Refused as error:
        if draft and two_windows.is_choice(request.POST):
            return two_windows.shown(request, assignment, refusal=str(error))
        messages.error(request, str(error))
    except MovedOn as error:
        return two_windows.shown(request, assignment, error)
    else:
        keeping.forget(request)
        if comment := posted.key(request.POST.get("comment", "")):
            _settle(request, assignment, comment)
        else:
            messages.success(request, "Saved. Nobody else reads it before you sign.")
    return redirect(_page_of(assignment, request.POST))


def _settle(request: StaffRequest, assignment: Assignment, comment: int) -> None:
    """Close a comment of an earlier round, once what is typed beside it is saved."""
    try:
        replying.settle(assignment.pk, by=request.user, comment_id=comment)
    except (Refused, MovedOn) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, replying.TOLD)


def _page_of(assignment: Assignment, sent: Mapping[str, str]) -> str:
    """The review, or the page of its claims that was asked for."""
    page, claims = assignment.get_absolute_url(), sent.get(CLAIMS, "")
    if posted.key(claims):
        return f"{page}?{CLAIMS}={claims}#citations"
    if sent.get(AS_BEFORE):
        return f"{page}#citations"
    return f"{page}#checklist" if sent.get(SHOWS) else page


@fetched
@require_POST
def look(request: StaffRequest, pk: int) -> JsonResponse:
    """What the words sent still need before they can be signed; none are kept."""
    assignment = _own(request, pk)
    form = UnsignedReportForm(
        request.POST, assignment=assignment, name=workflow.REPORT.name
    )
    missing = posted.complaints(form)
    jotting.require_newest(assignment, form.window)
    return JsonResponse({"missing": missing, "passed_over": form.passed_over})


def _own(request: StaffRequest, pk: int) -> Assignment:
    """The reviewer's own; the desk, who may see it, writes nothing in it."""
    found = get_object_or_404(queries.visible_assignments(request.user), pk=pk)
    if not workflow.REPORT.permits(request.user, found):
        raise PermissionDenied
    return found


def _jot(
    request: StaffRequest, assignment: Assignment, stored: Mapping[str, str]
) -> ReviewDraft:
    """Keep what was sent, and of what is `stored` the comments that were chosen."""
    sent = ReportForm(request.POST, assignment=assignment).words()
    return jotting.jot(
        assignment.pk,
        by=request.user,
        content=two_windows.taken(request.POST, sent, stored),
        seen=posted.key(request.POST.get("saves", "")),
    )


def overtaken(request: StaffRequest, pk: int, error: MovedOn) -> HttpResponse:
    """What another window saved since, beside what this one would have signed."""
    return two_windows.shown(request, _own(request, pk), error)


def kept(request: StaffRequest, assignment: Assignment) -> Redrawn | None:
    """What somebody saved after their session had ended, put into the page again."""
    sent = keeping.kept(request)
    if sent is None or keeping.kept_step(request) != SAVE:
        return None
    door = doors.door_to(Assignment, workflow.REPORT.name)
    if door is None or not workflow.REPORT.is_open(assignment):
        return None
    content = ReportForm(sent, assignment=assignment).content()
    saves = posted.key(sent.get("saves", ""))
    initial = {"seen": assignment.revision, "saves": saves}
    form = ReportForm(
        assignment=assignment, name=door.step.name, content=content, initial=initial
    )
    messages.info(request, "You had been signed out. Here is what you wrote.")
    return Redrawn(door, assignment, form)


def left_behind(assignment: Assignment) -> list[tuple[str, str]]:
    """What a reviewer had typed of a review that they no longer write."""
    form = ReportForm(assignment=assignment)
    return posted.reported(form, form.draft.content if form.draft else {})
