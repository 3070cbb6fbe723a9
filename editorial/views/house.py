"""What the house says of itself: its policy and its board, open to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.reading.outlets.answering import drawn
from articles.reading.printed import house_text
from editorial import trust
from editorial.models import BoardMember, Policy
from reviews import interests
from reviews.models import Declaration

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse


@require_safe
def policy(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the editorial policy in force, or an earlier one by its number."""
    issued = list(
        Policy.objects.filter(
            kind=Policy.Kind.EDITORIAL, in_force_from__lte=timezone.now()
        ).order_by("-number")
    )
    shown = [p for p in issued if number in (None, p.number)]
    if not shown:
        raise Http404
    context = {
        "policy": shown[0],
        "body": house_text(shown[0].body),
        "newest": issued[0],
        "issued": issued,
    }
    return drawn(request, "public/policy.html", context)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    serving = BoardMember.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, user__is_active=True
    )
    members = list(serving.select_related("user").order_by("user__name", "pk"))
    named = [member for member in members if member.named]
    declared = _declared(named)
    context = {
        "members": [(member, declared.get(member.user_id)) for member in named],
        "unnamed": len(members) - len(named),
    }
    return drawn(request, "public/board.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term that somebody approved, and who did."""
    context = {"terms": trust.house().glossary.terms}
    return drawn(request, "public/glossary.html", context)


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody declared last, in words; empty where it was nothing."""

    said: str
    made_at: dt.datetime


def _declared(members: Iterable[BoardMember]) -> dict[int, Declared]:
    people = [member.user_id for member in members]
    made = Declaration.objects.filter(person__in=people).order_by("made_at", "pk")
    return {
        row.person_id: Declared(interests.statement(row.answers), row.made_at)
        for row in made
    }
