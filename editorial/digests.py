"""
What can wait goes out together: one mail a day or a week to each, or none.

No deed owes it. Whoever sends mail looks who has notices from before their last morning
and owes them one digest for that morning. It takes all that was not told yet, so that
after an outage the first tells everything.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from editorial.models import MailChoice, Notification, Outbox

if TYPE_CHECKING:
    from editorial.models import User

Often = MailChoice.Often

MORNING = dt.time(7, tzinfo=dt.UTC)
LOOKED_AT = 200
"""Notices that one digest looks at, so that no mail behind it waits for long."""

WAITING = Notification.objects.filter(waits=True, digest=None, read_at=None)
NOBODYS = Q(recipient__mail_choice__often=Often.NONE) | Q(recipient__is_active=False)


def owe(now: dt.datetime) -> None:
    """
    Owe each person the digest of their last morning, once, if anything waits for it.

    For whoever left, or wants none, nothing waits: else every sweep would look at it.
    """
    WAITING.filter(NOBODYS).update(waits=False)
    weekly = Q(recipient__mail_choice__often=Often.WEEKLY)
    for who, often in ((~weekly, Often.DAILY), (weekly, Often.WEEKLY)):
        morning = last_morning(often, now)
        early = WAITING.filter(who, created_at__lt=morning)
        rows = early.values_list("recipient").annotate(last=Max("event"))
        Outbox.objects.bulk_create(
            (_digest(pk, event, morning) for pk, event in rows.order_by("recipient")),
            ignore_conflicts=True,
        )


def last_morning(often: str, now: dt.datetime) -> dt.datetime:
    """The last morning on which somebody is written to: any, or a Monday's."""
    today = dt.datetime.combine(now.astimezone(dt.UTC).date(), MORNING)
    morning = today if today <= now else today - dt.timedelta(days=1)
    if often == Often.WEEKLY:
        morning -= dt.timedelta(days=morning.weekday())
    return morning


def _digest(user_id: int, event_id: int, at: dt.datetime) -> Outbox:
    return Outbox(
        dedupe_key=f"digest:{user_id}:{at:%Y-%m-%d}",
        topic=Outbox.Topic.DIGEST,
        event_id=event_id,
        recipient_id=user_id,
        available_at=at,
    )


def gathered(row: Outbox) -> tuple[list[Notification], int]:
    """
    What waited for this digest and was not read meanwhile, newest first.

    All of it is taken by this digest for good, so that no other tells it again; of what
    is too much to look at, the older is only counted.
    """
    waiting = Notification.objects.filter(recipient=row.recipient_id, waits=True)
    waiting.filter(digest=None).update(digest=row)
    taken = waiting.filter(digest=row, read_at=None)
    newest = taken.select_related("event__version__article").order_by("-pk")
    found = list(newest[:LOOKED_AT])
    older = taken.count() - LOOKED_AT if len(found) == LOOKED_AT else 0
    return found, older


def choice_of(user: User) -> str:
    found = MailChoice.objects.filter(person=user).values_list("often", flat=True)
    return found.first() or Often.DAILY


def choose(*, by: User, often: str) -> None:
    """Say how often to be written to of what can wait."""
    MailChoice.objects.update_or_create(person=by, defaults={"often": Often(often)})
