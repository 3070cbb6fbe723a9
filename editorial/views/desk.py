"""The desk: what needs me now, by role, the oldest promise first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Exists,
    IntegerChoices,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Authorship, Version
from articles.states import VersionState
from editorial import blinding, buckets, desk_lists, figures, queries, roles, rounds
from editorial.desk_lists import Key, Wanted
from editorial.forms.looking import LookingForm, told, wanted
from editorial.views import posted, waiting
from editorial.views.paging import PER_PAGE, Slice, keyed, sliced
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from editorial.desk_lists import Entry

PAST_SHOWN = 20
YEARS = range(2000, 2200)
EVERYTHING = "Needs a hand"


class Rank(IntegerChoices):
    """What waits for an author in a version; the order of their list."""

    INVITED = 0
    RETURNED = 1
    DRAFT = 2
    UNDER_WAY = 3
    DONE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the list at the side: its address, its name, how many wait."""

    address: str
    label: str
    count: str
    is_current: bool


@staff
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """The editors' list for who watches over everything, their own work for others."""
    if queries.sees_everything(request.user):
        return render(request, "desk/waiting.html", _watching(request))
    return _own(request)


@staff
@require_safe
def own(request: StaffRequest) -> HttpResponse:
    return _own(request)


def _own(request: StaffRequest) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {"roles": sorted(user.roles), "is_empty": not user.roles}
    if roles.REVIEWER in user.roles:
        context |= _reviewing(request)
    if roles.AUTHOR in user.roles:
        context |= {"authored": _authored(request), "ranks": Rank}
    return render(request, "desk/desk.html", context)


def _reviewing(request: StaffRequest) -> dict[str, Any]:
    waits = rounds.annotated(queries.reviewer_desk(request.user))
    promised = waits.order_by(Coalesce("due_at", "respond_by"), "id")
    return {
        "to_review": sliced(request, promised, "reviews"),
        "reviewed": list(queries.reviewer_past(request.user)[:PAST_SHOWN]),
    }


def _authored(request: StaffRequest) -> Slice:
    """
    Invitations, what is returned and unanswered, drafts, then what is under way.

    Of each article the newest version that goes on; the earlier ones are on its page.
    """
    invited = Authorship.objects.filter(
        article=OuterRef("article"), user=request.user, joined_at=None
    )
    newer = Version.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    stands = newer.exclude(state=VersionState.WITHDRAWN)
    goes_on = stands.exclude(state=VersionState.REJECTED)
    rank = Case(
        When(Q(state=VersionState.DRAFT) & Exists(invited), then=Value(Rank.INVITED)),
        When(
            Q(state=VersionState.RETURNED) & ~Exists(stands), then=Value(Rank.RETURNED)
        ),
        When(state=VersionState.DRAFT, then=Value(Rank.DRAFT)),
        When(state=VersionState.SUBMITTED, then=Value(Rank.UNDER_WAY)),
        When(state=VersionState.UNDER_REVIEW, then=Value(Rank.UNDER_WAY)),
        default=Value(Rank.DONE),
        output_field=IntegerField(),
    )
    found = queries.author_desk(request.user).filter(~Exists(goes_on))
    ranked = found.annotate(rank=rank).order_by("rank", "-id")
    page = sliced(request, ranked, "drafts")
    for version in page.rows:
        version.waits = version.rank < Rank.UNDER_WAY
    return page


def _watching(request: StaffRequest) -> dict[str, Any]:
    form = LookingForm(request.GET)
    looked = desk_lists.named(wanted(form, request.GET))
    after, before = _key(request.GET.get("after")), _key(request.GET.get("before"))
    places = desk_lists.survey(
        request.user,
        looked,
        size=0 if looked.state else PER_PAGE + 1,
        after=None if before else after,
        before=before,
    )
    if looked.state:
        page = _in_state(request, looked)
    else:
        page = keyed(request, places.entries, _spelled)
        page.rows[:] = waiting.rows(page.rows, request.user)
    blinding.veil(request.user, [row.version for row in page.rows if row.version])
    may_act = roles.on_the_desk(request.user)
    saved = list(request.user.saved_filters.all()) if may_act else []
    query = _query(request.GET)
    kept = next((row for row in saved if QueryDict(row.query) == query), None)
    return {
        "page": page,
        "buckets": list(_places(looked, places.counts)),
        "states": list(_states(looked)),
        "heading": _heading(looked),
        "looked": looked,
        "form": form,
        "chips": list(_chips(request.GET, Wanted() if kept else looked)),
        "told": [] if kept else list(told(form)),
        "on_the_desk": may_act,
        "saved": saved,
        "kept": kept,
        "query": query.urlencode(),
        "glance": None if looked.narrows else figures.glance(request.user),
        "undelivered": _counted(places.counts.get("mail", 0)),
        "listed": desk_lists.LISTED,
        "weighed": desk_lists.WEIGHED if places.unweighed else 0,
        "newest": desk_lists.NEWEST,
    }


def _in_state(request: StaffRequest, looked: Wanted) -> Slice:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = desk_lists.in_state(
        request.user,
        looked,
        size=PER_PAGE + 1,
        after=posted.key(after),
        before=posted.key(before),
    )
    page = keyed(request, found, lambda version: str(version.pk))
    by = request.user if roles.on_the_desk(request.user) else None
    page.rows[:] = waiting.listed(page.rows, by)
    return page


def _heading(looked: Wanted) -> str:
    if looked.state:
        return str(VersionState(looked.state).label)
    return buckets.BY_CODE[looked.bucket].label if looked.bucket else EVERYTHING


def _places(looked: Wanted, counts: dict[str, int]) -> Iterator[Place]:
    is_all = not looked.bucket and not looked.state
    yield Place("/desk/", EVERYTHING, _counted(sum(counts.values())), is_all)
    for bucket in buckets.BUCKETS:
        here = looked.bucket == bucket.code and not looked.state
        number = _counted(counts.get(bucket.code, 0))
        yield Place(f"/desk/?bucket={bucket.code}", bucket.label, number, here)


def _counted(number: int) -> str:
    most = desk_lists.COUNTED
    return f"{most:,}+" if number > most else f"{number:,}"


def _states(looked: Wanted) -> Iterator[Place]:
    for state in desk_lists.STATES:
        here = looked.state == state
        yield Place(f"/desk/?state={state}", str(state.label), "", here)


def _chips(asked: QueryDict, looked: Wanted) -> Iterator[Place]:
    """Ways to narrow the list by one touch, which keep what else is looked for."""
    yield _chip(asked, "Mine", looked.mine, mine="1")
    for tier in "ABC":
        yield _chip(asked, f"Tier {tier}", looked.tier == tier, tier=tier)


def _chip(asked: QueryDict, label: str, is_on: bool, **sets: str) -> Place:  # noqa: FBT001  as the chip stands
    query = _query(asked)
    for name in ("bucket", "state"):
        if asked.get(name):
            query[name] = asked.get(name, "")
    for name, value in sets.items():
        query[name] = value
        if is_on:
            del query[name]
    return Place(f"/desk/?{query.urlencode()}", label, "", is_on)


def _query(asked: QueryDict) -> QueryDict:
    """What is looked for, without the place in the list."""
    query = asked.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query


def _spelled(entry: Entry) -> str:
    key = entry.key
    return f"{key.promised.timestamp():.6f}_{key.rank}_{key.pk}"


def _key(spelled: str | None) -> Key | None:
    """A place in the list as its address spells it; None where it makes no sense."""
    try:
        moment, rank, pk = (spelled or "").split("_")
        promised = dt.datetime.fromtimestamp(float(moment), dt.UTC)
        key = Key(promised, int(rank), int(pk))
    except (ValueError, OverflowError, OSError):
        return None
    bounded = 0 <= key.rank < len(buckets.BUCKETS) and 0 <= key.pk < 2**53
    return key if bounded and promised.year in YEARS else None
