"""The desk: what needs me now, by role, the oldest promise first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Authorship, Version
from articles.states import VersionState
from editorial import blinding, queries, roles
from editorial.views.paging import Slice, sliced
from editorial.views.staff import StaffRequest, staff
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from editorial.models import User

HELD_SHOWN = 5
INVITED = -1
PAST_SHOWN = 20
TO_DECIDE = "to_decide"
STATES = (
    VersionState.SUBMITTED,
    VersionState.UNDER_REVIEW,
    VersionState.RETURNED,
    VersionState.APPROVED,
    VersionState.REJECTED,
    VersionState.WITHDRAWN,
    VersionState.DRAFT,
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A view of the editor's list: its address, its name, how many it shows."""

    address: str
    label: str
    count: int | None
    is_current: bool


@staff
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {"roles": sorted(user.roles), "is_empty": not user.roles}
    if roles.REVIEWER in user.roles:
        context |= _reviewing(request)
    if queries.sees_everything(user):
        context |= _watching(request)
    if roles.AUTHOR in user.roles:
        context |= {"authored": _authored(request)}
    return render(request, "desk/desk.html", context)


def _reviewing(request: StaffRequest) -> dict[str, Any]:
    waiting = queries.reviewer_desk(request.user)
    promised = waiting.order_by(Coalesce("due_at", "respond_by"), "id")
    return {
        "to_review": sliced(request, promised, "reviews"),
        "reviewed": list(queries.reviewer_past(request.user)[:PAST_SHOWN]),
    }


def _authored(request: StaffRequest) -> Slice:
    """Invitations, what is returned and unanswered, drafts, then what is under way."""
    invited = Authorship.objects.filter(
        article=OuterRef("article"), user=request.user, joined_at=None
    )
    newer = Version.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    rank = Case(
        When(Q(state=VersionState.DRAFT) & Exists(invited), then=Value(INVITED)),
        When(Q(state=VersionState.RETURNED) & ~Exists(newer), then=Value(0)),
        When(state=VersionState.DRAFT, then=Value(1)),
        When(state=VersionState.SUBMITTED, then=Value(2)),
        When(state=VersionState.UNDER_REVIEW, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = queries.author_desk(request.user).annotate(rank=rank)
    return sliced(request, found.order_by("rank", "-id"), "drafts")


def _watching(request: StaffRequest) -> dict[str, Any]:
    asked = request.GET.get("state", "")
    state = asked if asked in (*STATES, TO_DECIDE) else ""
    mine = request.GET.get("mine") == "1"
    found = _waiting(request.user, state)
    if mine:
        found = found.filter(article__editor=request.user)
    waiting = sliced(request, found)
    blinding.veil(request.user, waiting.rows)
    return {
        "waiting": waiting,
        "filters": list(_filters(state)),
        "state": state,
        "mine": mine,
        "on_the_desk": roles.on_the_desk(request.user),
        "held": list(queries.held_effects(request.user)[:HELD_SHOWN]),
    }


def _waiting(user: User, state: str) -> QuerySet[Version]:
    if state != TO_DECIDE:
        return queries.editor_desk(user, state)
    found = queries.editor_desk(user, VersionState.UNDER_REVIEW)
    enough = Q()
    for tier, quorum in QUORUM.items():
        enough |= Q(article__tier=tier, reported__gte=quorum.reviewers)
    return found.filter(enough)


def _filters(current: str) -> Iterator[Filter]:
    counts = queries.desk_counts()
    yield Filter("?", "Waiting", None, not current)
    yield Filter(f"?state={TO_DECIDE}", "To decide", None, current == TO_DECIDE)
    for state in STATES:
        label = str(state.label)
        yield Filter(f"?state={state}", label, counts.get(state, 0), current == state)
