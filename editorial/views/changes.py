"""What changed between two versions, for whoever may read both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles import changes, freezing, sources
from articles.models import Version
from articles.quantities import Sort
from editorial import queries, roles
from editorial.actions import looking
from editorial.views import earlier, opening, posted, printing
from editorial.views.staff import StaffRequest, staff
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from collections import Counter

    from django.http import HttpResponse

    from editorial.models import User
    from editorial.views.opening import Opened
    from reviews.models import Assignment

LOOKED, ROUND, LIVE = "looked", "round", "live"
SINCE = {
    LOOKED: "Since I last looked",
    ROUND: "Since the last round",
    LIVE: "Against what is live",
}
NO_SUCH = {
    LOOKED: "You have not said of an earlier version that you have seen it.",
    ROUND: "There was no earlier round that you may read.",
    LIVE: "No other version is live.",
}
PLURALS = {
    Sort.NUMBER: "numbers",
    Sort.UNIT: "units",
    Sort.FREQUENCY: "frequencies",
    Sort.NEGATION: "negations",
    Sort.COMPARISON: "comparisons",
    Sort.DRUG: "drug names",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A version to compare with; `since` says why that one, or is its number."""

    since: str
    label: str
    version: Version
    address: str


@dataclass(frozen=True, slots=True)
class Beginnings:
    """The versions of an article that a person may read, and what each is to them."""

    version: Version
    readable: dict[int, Version]
    looked: int | None
    live: int | None

    def find(self, since: str) -> Version | None:
        """The version that `since` names, if there is one and it is another one."""
        if since == ROUND:
            return self._round()
        pk = {LOOKED: self.looked, LIVE: self.live}.get(since)
        found = self.readable.get(pk) if pk else self._numbered(since)
        return found if found and found.pk != self.version.pk else None

    def _round(self) -> Version | None:
        return next((v for v in self._earlier() if v.review_started_at), None)

    def _numbered(self, since: str) -> Version | None:
        number = posted.key(since)
        return next((v for v in self.readable.values() if v.number == number), None)

    def _earlier(self) -> list[Version]:
        """Those with a lower number, the newest first."""
        own = self.version.number
        earlier = (v for v in self.readable.values() if v.number < own)
        return sorted(earlier, key=lambda v: -v.number)

    @property
    def before(self) -> Link | None:
        """What changed since the version with the number before."""
        found = next(iter(self._earlier()), None)
        return self.since(found.number) if found else None

    def since(self, number: int) -> Link | None:
        """What changed since the version with that number, if they may read it."""
        other = self._numbered(str(number))
        is_other = other is not None and other.pk != self.version.pk
        return self._link(other, []) if other and is_other else None

    @property
    def links(self) -> list[Link]:
        """One for each version: first those with a name, then the newest."""
        others = sorted(self.readable.values(), key=lambda v: -v.number)
        found = {since: self.find(since) for since in SINCE}
        first = [v for v in found.values() if v]
        ordered = {v.pk: v for v in (*first, *others) if v.pk != self.version.pk}
        return [
            self._link(version, [s for s in SINCE if found[s] == version])
            for version in ordered.values()
        ]

    def _link(self, version: Version, names: list[str]) -> Link:
        """All that a version is to them, in one link."""
        since = names[0] if names else str(version.number)
        label = f"Since version {version.number}"
        if names:
            said = [SINCE[since], *(_lower(SINCE[name]) for name in names[1:])]
            label = f"{', '.join(said)} (version {version.number})"
        return Link(since, label, version, _address(self.version, since))

    @property
    def first(self) -> str:
        return next((link.since for link in self.links), "")


def beginnings(found: Opened) -> Beginnings:
    """What this version can be compared with; what was public, anybody may read."""
    known = found.public | found.readable
    return Beginnings(found.version, known, found.looked, found.live)


def links(known: Beginnings) -> dict[str, Any]:
    """What `desk/_changes_links.html` needs."""
    return {
        "changes_links": known.links,
        "looked_at_this": known.looked == known.version.pk,
        "looking": reverse("desk-looked", args=[known.version.pk]),
    }


@staff
@require_safe
def page(request: StaffRequest, pk: int) -> HttpResponse:
    found = opening.readable(request.user, pk)
    known, version = beginnings(found), found.version
    since = request.GET.get("from", "") or known.first
    before = known.find(since)
    if before is None and since and since not in SINCE:
        raise Http404
    context: dict[str, Any] = {
        "version": version,
        "before": before,
        "since": since,
        "own_review": _own_review(request.user, version),
        "nothing": NO_SUCH.get(since, "There is no other version that you may read."),
        **links(known),
    }
    if before:
        context |= _compared(before, version)
        context |= {"said": earlier.said(request.user, before, version)}
    return render(request, "desk/changes.html", context)


def _own_review(user: User, version: Version) -> Assignment | None:
    """The review of this version that the person is writing."""
    if roles.REVIEWER not in user.roles:
        return None
    own = version.assignments.filter(reviewer=user, state=AssignmentState.ACCEPTED)
    return own.order_by("-pk").first()


@staff
@require_POST
def looked(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that one has seen this version; what comes later is compared with it."""
    version = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    looking.look(version, by=request.user)
    messages.success(request, "Noted: you have seen this version.")
    return redirect(version.get_absolute_url())


def _compared(before: Version, after: Version) -> dict[str, Any]:
    freezing.read(before, after)
    prefetch_related_objects([before, after], *printing.CONTENT)
    texts = printing.text_for(before), printing.text_for(after)
    parts, tally = changes.parts(*texts)
    return {
        "parts": parts,
        "sources": sources.changed(*texts),
        "tally": in_words(tally),
        "is_bounded": not all(part.is_compared for part in parts),
    }


def in_words(tally: Counter[Sort]) -> list[str]:
    """Such as “3 numbers” and “1 negation”, in the order of the table."""
    return [
        f"{tally[sort]} {plural if tally[sort] > 1 else sort.value}"
        for sort, plural in PLURALS.items()
        if tally[sort]
    ]


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def _address(version: Version, since: str) -> str:
    return f"{reverse('desk-changes', args=[version.pk])}?from={since}"
