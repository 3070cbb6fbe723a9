"""The decision screen: all there is to weigh, and the steps that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import freezing
from articles.models import Version
from articles.states import VersionState
from editorial import queries, workflow
from editorial.views import opening, scripts, seeing, stepping, versions, weighing
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Offered, Redrawn, Room
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User
    from editorial.views.opening import Opened

DECIDES = (
    *(workflow.APPROVE, workflow.RETURN, workflow.REJECT),
    *(workflow.RECOMMEND, workflow.INVITE),
)
TAKEN_HERE = {step.name for step in (*DECIDES, workflow.REOPEN)}


@staff
@require_safe
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    found = _found(request.user, pk)
    return _draw(request, found, stepping.kept(request, found.version))


@staff
def step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """The same steps as on the version's page, for who may see this one."""
    _found(request.user, pk)
    if step not in TAKEN_HERE:
        raise Http404
    return stepping.take(DESK, request, pk, step)


def _found(user: User, pk: int) -> Opened:
    """A version with the desk or decided, for those who see all of it."""
    found = opening.readable(user, pk)
    is_here = found.version.state != VersionState.DRAFT and found.version.sha256
    if not is_here or not seeing.seat_of(user, found.version).sees_all:
        raise Http404
    return found


def page(user: User, found: Opened, redrawn: Redrawn | None = None) -> dict[str, Any]:
    """Everything the decision screen shows; only for a seat that sees all."""
    version = found.version
    freezing.read_citations(version)
    scale = weighing.scale(version)
    offered = {o.door.step: o for o in stepping.offers(user, version, redrawn)}
    for offer in offered.values():
        offer.address = reverse("desk-decide-step", args=[version.pk, offer.name])
    again = offered.get(workflow.REOPEN)
    return {
        "version": version,
        "article": version.article,
        "scale": scale,
        "steps": [offered[step] for step in DECIDES if step in offered],
        "panel": [(one, again and _again(again, one)) for one in scale.others],
        "redrawn": redrawn,
        "quorum": QUORUM.get(version.article.tier),
        "signing": versions.signing(user, seeing.Seat.DESK, found),
    }


def _again(offered: Offered, one: weighing.Judged) -> Offered | None:
    """The form that asks one reviewer again, if there is a report to take up."""
    if not one.may_be_reopened:
        return None
    sent = offered.form.data.get("assignment_id", "") if offered.is_redrawn else ""
    if sent == str(one.pk):
        return offered
    form = offered.door.form(
        name=f"reopen-{one.pk}",
        initial={"seen": offered.form.initial["seen"], "assignment_id": one.pk},
    )
    return Offered(offered.door, form, offered.address, offered.objection)


def _draw(
    request: StaffRequest, found: Opened, redrawn: Redrawn | None = None
) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = page(request.user, found, redrawn)
    context["opened"] = request.GET.get("step", "")
    context["scripts"] = scripts.for_forms(request)
    return render(request, "desk/decide.html", context, status=status)


def _redraw(request: StaffRequest, version: Version, redrawn: Redrawn) -> HttpResponse:
    return _draw(request, _found(request.user, version.pk), redrawn)


def _landing(_request: StaffRequest, version: Version) -> str:
    return reverse("desk-decide", args=[version.pk])


DESK = Room(Version, queries.visible_versions, _landing, _redraw)
