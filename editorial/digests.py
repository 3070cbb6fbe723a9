"""
What can wait goes out together: one mail a day or a week to each, or none.

A digest is owed like any other mail, once for a person and a morning. When it goes out
it takes all that was not told yet, so that after an outage the first tells everything
and the others have nothing left to tell.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from editorial.models import MailChoice, Notification, Outbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editorial.models import Event, User

Often = MailChoice.Often

MORNING = dt.time(7, tzinfo=dt.UTC)
A_WEEK = 7
CLOSED = dt.timedelta(minutes=15)
"""What comes so shortly before a morning waits for the next; that mail may be gone."""


def owe(event: Event, people: Iterable[int]) -> None:
    """Owe each of them the digest of their next morning, once, if they want any."""
    ids = sorted(people)  # in one order, so that two deeds never wait for each other
    if not ids:
        return
    chosen = dict(
        MailChoice.objects.filter(person__in=ids).values_list("person", "often")
    )
    now = timezone.now()
    wanted = [(pk, chosen.get(pk, Often.DAILY)) for pk in ids]
    Outbox.objects.bulk_create(
        (
            _digest(event, pk, next_morning(often, now))
            for pk, often in wanted
            if often != Often.NONE
        ),
        ignore_conflicts=True,
    )


def next_morning(often: str, now: dt.datetime) -> dt.datetime:
    """The next morning on which somebody is written to: any, or a Monday's."""
    today = dt.datetime.combine(now.astimezone(dt.UTC).date(), MORNING)
    morning = today if now < today - CLOSED else today + dt.timedelta(days=1)
    if often == Often.WEEKLY:
        morning += dt.timedelta(days=-morning.weekday() % A_WEEK)
    return morning


def _digest(event: Event, user_id: int, at: dt.datetime) -> Outbox:
    return Outbox(
        dedupe_key=f"digest:{user_id}:{at:%Y-%m-%d}",
        topic=Outbox.Topic.DIGEST,
        event=event,
        recipient_id=user_id,
        available_at=at,
    )


def gathered(row: Outbox) -> list[Notification]:
    """
    What waited for this digest and was not read meanwhile, oldest first.

    It is taken by this digest for good, so that no other tells it again.
    """
    waiting = Notification.objects.filter(recipient=row.recipient_id, waits=True)
    waiting.filter(digest=None).update(digest=row)
    taken = waiting.filter(digest=row, read_at=None)
    return list(taken.select_related("event__version__article").order_by("pk"))


def choice_of(user: User) -> str:
    found = MailChoice.objects.filter(person=user).values_list("often", flat=True)
    return found.first() or Often.DAILY


def choose(*, by: User, often: str) -> None:
    """Say how often to be written to of what can wait."""
    MailChoice.objects.update_or_create(person=by, defaults={"often": Often(often)})
