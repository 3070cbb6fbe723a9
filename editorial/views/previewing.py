"""
Exactly who gets what, before it is sent.

The step is rehearsed: taken for real, looked at, and undone. So what is shown is what
the functions that send have written, and what the pages of each recipient would say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from articles.models import Version
from editorial import mails, queries, rehearsal, workflow
from editorial.errors import MovedOn, Refused
from editorial.models import Outbox
from editorial.views import doors, posted, scripts, seeing
from editorial.views.staff import StaffRequest, moved_on, staff
from editorial.views.stepping import Redrawn
from reviews import panel
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from editorial.forms.base import StepForm
    from editorial.models import Event, User
    from editorial.views.doors import Door
    from editorial.views.seeing import CommentSeen, RemarkSeen

PREVIEWED = (workflow.RETURN, workflow.REJECT)


@dataclass(frozen=True, slots=True)
class Heard:
    """One person: the mail they are sent, if any, and what they can read then."""

    who: str
    subject: str
    mail: str
    letter: str
    remarks: list[RemarkSeen]
    comments: list[CommentSeen]

    @property
    def reads_something(self) -> bool:
        return bool(self.letter or self.remarks or self.comments)


@staff
@require_POST
def preview(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """Show what a letter would do; nothing of it is kept."""
    door = doors.door_to(Version, step)
    if door is None or door.step not in PREVIEWED:
        raise Http404
    version = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    if not door.step.permits(request.user, version):
        raise PermissionDenied
    form = door.form_for(version, request.POST)
    try:
        return _shown(request, version, door, form)
    except MovedOn as error:
        back, written = version.get_absolute_url(), posted.written(form)
        return moved_on(request, error, back=back, written=written)


def _shown(
    request: StaffRequest, version: Version, door: Door, form: StepForm
) -> HttpResponse:
    heard, refusal = None, ""
    if form.is_valid():
        try:
            heard = rehearsed(door, version.pk, form, by=request.user)
        except Refused as error:
            refusal = str(error)
    context: dict[str, Any] = {
        "version": version,
        "door": door,
        "address": door.address(version),
        "form": form,
        "heard": heard,
        "scripts": scripts.for_forms(request),
        "redrawn": Redrawn(door, version, form, refusal),
    }
    return render(
        request, "desk/preview.html", context, status=422 if heard is None else 200
    )


def rehearsed(door: Door, pk: int, form: StepForm, *, by: User) -> list[Heard]:
    """What each recipient would get of the step; raises what the step raises."""
    heard: list[Heard] = []
    with rehearsal.rehearsing(lambda event: heard.extend(_heard(event))):
        door.take(pk, by=by, seen=form.cleaned_data["seen"], **form.facts())
    return heard


def _heard(event: Event) -> Iterator[Heard]:
    version = Version.objects.select_related("article").get(events=event)
    owed = Outbox.objects.filter(event=event, topic=Outbox.Topic.MAIL)
    told = set()
    for row in owed.select_related("recipient", "event__version").order_by("pk"):
        if row.recipient:
            told.add(row.recipient_id)
            yield _person(row.recipient, version, row)
    for assignment in panel.of(version):
        silent = assignment.reviewer_id not in told
        if silent and assignment.state == AssignmentState.REPORTED:
            yield _person(assignment.reviewer, version)


def _person(user: User, version: Version, row: Outbox | None = None) -> Heard:
    seat = seeing.seat_of(user, version)
    message = mails.compose(row) if row else None
    said = seeing.comments(seat, user, version)
    return Heard(
        who=user.printed_name,
        subject=str(message.subject) if message else "",
        mail=str(message.body) if message else "",
        letter=seeing.decision(seat, version),
        remarks=seeing.remarks_for_author(seat, user, version, said),
        comments=seeing.numbered(said),
    )
