"""One way to take any step: by its name, through its form, to its deed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from editorial import ledger, workflow
from editorial.errors import MovedOn, Refused, SavedElsewhere
from editorial.views import doors, keeping, posted, signing
from editorial.views.staff import moved_on
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from articles.machine import StatefulModel
    from editorial.forms.base import StepForm
    from editorial.models import User
    from editorial.views.doors import Door
    from editorial.views.staff import StaffRequest
    from editorial.workflow import Step


@dataclass(slots=True)
class Offered:
    """A step as a page shows it: its form, or what it still waits for."""

    door: Door
    form: StepForm
    address: str
    objection: str | None
    refusal: str = ""

    @property
    def name(self) -> str:
        return self.door.step.name

    @property
    def label(self) -> str:
        return self.door.step.label

    @property
    def is_redrawn(self) -> bool:
        return self.form.is_bound

    @property
    def is_one_button(self) -> bool:
        """Whether there is nothing to fill in."""
        return not self.form.visible_fields()

    @property
    def is_quiet(self) -> bool:
        """Whether it undoes what was just done, and should not call for it."""
        return self.door.step in UNDO


UNDO = (workflow.RECALL, workflow.WITHDRAW)


@dataclass(slots=True)
class Redrawn:
    """A form that comes back: refused with a sentence, wrong, or kept for its sender."""

    door: Door
    thing: StatefulModel
    form: StepForm
    refusal: str = ""
    complaints: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.complaints = posted.complaints(self.form)


@dataclass(frozen=True, slots=True)
class Room:
    """
    What the steps of one kind of thing share.

    `draw` draws the page that the steps are on, with the form that comes back.
    """

    model: type[Any]
    visible: Callable[[User], QuerySet[Any]]
    page: Callable[[StaffRequest, Any], str]
    draw: Callable[[StaffRequest, Any, Redrawn], HttpResponse]


def take(room: Room, request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """Take the step of that name, or say why not; raises SavedElsewhere."""
    door = doors.door_to(room.model, name)
    if door is None:
        raise Http404
    thing = get_object_or_404(room.visible(request.user), pk=pk)
    if request.method in ("GET", "HEAD"):  # an address that somebody typed or reloaded
        return redirect(room.page(request, thing))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        ledger.permit(door.step, thing, by=request.user)
        return _take(room, request, thing, door)
    except SavedElsewhere:
        raise  # both texts are shown, by who knows how they are kept
    except MovedOn as error:
        if not error.mine:
            written = posted.written(door.form_for(thing, request.POST))
            return moved_on(
                request, error, back=room.page(request, thing), written=written
            )
        messages.info(request, door.again)
        return redirect(room.page(request, thing))
    except signing.TooManyTries:
        return signing.end_session(request, room.page(request, thing))


def _take(room: Room, request: StaffRequest, thing: Any, door: Door) -> HttpResponse:
    if not door.step.is_open(thing) and not _may_be_a_repeat(door, thing):
        raise ledger.moved_on(door.step, thing, by=request.user)
    form = door.form_for(thing, request.POST, suffix=_suffix(request.POST))
    if not form.is_valid():
        return room.draw(request, thing, Redrawn(door, thing, form))
    facts = form.facts()
    if "password" in facts:
        try:
            facts["proven"] = signing.prove(request, facts.pop("password"))
        except Refused as error:
            form.add_error("password", str(error))
            return room.draw(request, thing, Redrawn(door, thing, form))
    try:
        seen = form.cleaned_data["seen"]
        result = door.take(thing.pk, by=request.user, seen=seen, **facts)
    except Refused as error:
        return room.draw(request, thing, Redrawn(door, thing, form, str(error)))
    keeping.forget(request)
    messages.success(request, door.done)
    return redirect(_landing(room, request, thing, door, result))


def _may_be_a_repeat(door: Door, thing: Any) -> bool:
    """Whether the deed itself tells the same report again from another one."""
    return door.step is workflow.REPORT and thing.state == AssignmentState.REPORTED


def _landing(
    room: Room, request: StaffRequest, thing: Any, door: Door, result: Any
) -> str:
    if door.step is workflow.REVISE:
        return reverse("desk-version-edit", args=[result.pk])
    return room.page(request, thing)


def _suffix(data: Any) -> str:
    """Forms that a page shows several of are told apart by what they are about."""
    told = data or {}
    named = ("comment", "authorship", "assignment_id")
    about = next((told[name] for name in named if told.get(name)), "")
    return f"-{about}" if about.isascii() and about.isdigit() else ""


def offers(
    user: User,
    thing: StatefulModel,
    redrawn: Redrawn | None = None,
    *,
    but: Collection[Step[Any]] = (),
) -> list[Offered]:
    """The steps open to somebody now, each with its form."""
    found = []
    for offer in workflow.steps_for(user, thing, but=but):
        door = doors.door_to(type(thing), offer.step.name)
        if door is None:
            continue
        again = redrawn if redrawn and redrawn.door is door else None
        form = again.form if again else door.form_for(thing)
        found.append(
            Offered(
                door,
                form,
                door.address(thing),
                offer.objection,
                again.refusal if again else "",
            )
        )
    return found


def kept(request: StaffRequest, thing: StatefulModel) -> Redrawn | None:
    """The form that somebody sent from this page after their session had ended."""
    sent = keeping.kept(request)
    door = sent is not None and doors.door_to(type(thing), keeping.kept_step(request))
    if not door:
        return None
    form = door.form_for(thing, sent, suffix=_suffix(sent))
    messages.info(
        request, "You had been signed out; nothing was done. Here is what you wrote."
    )
    return Redrawn(door, thing, form)
