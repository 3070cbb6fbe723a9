"""How often a deed that writes to people, or prints again, may be done in a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Article
from editorial.errors import Refused
from editorial.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from editorial.models import User
    from reviews.models import Assignment

A_DAY = dt.timedelta(days=1)

K = Event.Kind

MOST: dict[str, int] = {
    K.MORE_TIME_ASKED: 2,
    K.EXTENDED: 4,
    K.EDITOR_CHANGED: 4,
    K.NAMING_CHOSEN: 4,
    K.AWAY_NOTED: 20,
    K.AWAY_STRUCK: 20,
}
"""Far more than work needs; each is a mail to somebody, or is kept for ever."""

OFTEN: dict[str, str] = {
    K.MORE_TIME_ASKED: "You asked for more time",
    K.EXTENDED: "The date of this review was moved",
    K.EDITOR_CHANGED: "The editor of this article was changed",
    K.NAMING_CHOSEN: "You chose whether you are named",
    K.AWAY_NOTED: "You noted days away",
    K.AWAY_STRUCK: "You struck days away",
}


def keep(thing: Article | Assignment, kind: str) -> None:
    """Raise Refused if this was done as often as it may be in the last 24 hours."""
    about = "article" if isinstance(thing, Article) else "assignment"
    found = Event.objects.filter(**{about: thing.pk}, kind=kind)
    _require_pause(found, kind, why=", and people are written to each time")


def keep_own(kind: str, *, by: User) -> None:
    """The same for what people say of themselves, of which nobody is told."""
    _require_pause(Event.objects.filter(actor=by, kind=kind), kind)


def _require_pause(found: QuerySet[Event], kind: str, *, why: str = "") -> None:
    recent = found.filter(at__gt=timezone.now() - A_DAY).order_by("-pk")
    times = list(recent.values_list("at", flat=True)[: MOST[kind]])
    if len(times) == MOST[kind]:
        again = times[-1] + A_DAY
        message = (
            f"{OFTEN[kind]} {len(times)} times in the last 24 hours{why}. "
            f"Go on from {again:%-d %B at %H:%M} UTC."
        )
        raise Refused(message)
