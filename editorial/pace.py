"""How often a deed that writes to people may be repeated within a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Article
from editorial.errors import Refused
from editorial.models import Event

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.models import Assignment

A_DAY = dt.timedelta(days=1)

K = Event.Kind

MOST: dict[str, int] = {
    K.MORE_TIME_ASKED: 2,
    K.EXTENDED: 4,
    K.REPLIED: 30,
    K.EDITOR_CHANGED: 4,
}
"""Far more than work needs; each of them is a mail to somebody."""

OFTEN: dict[str, str] = {
    K.MORE_TIME_ASKED: "You asked for more time",
    K.EXTENDED: "The date of this review was moved",
    K.REPLIED: "You answered comments of this review",
    K.EDITOR_CHANGED: "The editor of this article was changed",
}
BY_EACH = frozenset({K.REPLIED})
"""What is counted for each person alone, because two people talk there."""


def keep(thing: Article | Assignment, kind: str, *, by: User) -> None:
    """Raise Refused if this was done as often as it may be in the last 24 hours."""
    about = "article" if isinstance(thing, Article) else "assignment"
    found = Event.objects.filter(**{about: thing.pk}, kind=kind)
    if kind in BY_EACH:
        found = found.filter(actor=by)
    recent = found.filter(at__gt=timezone.now() - A_DAY).order_by("-pk")
    times = list(recent.values_list("at", flat=True)[: MOST[kind]])
    if len(times) == MOST[kind]:
        again = times[-1] + A_DAY
        message = (
            f"{OFTEN[kind]} {len(times)} times in the last 24 hours, and people are "
            f"written to each time. Go on from {again:%-d %B at %H:%M} UTC."
        )
        raise Refused(message)
