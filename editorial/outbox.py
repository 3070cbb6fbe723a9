"""
The outbox: effects that are owed, each row claimed, begun and settled once.

Between `begin` and `settle` lies the one moment nobody can see into: whether the mail
server took the message. A row that stays there past its lease is looked up in the
mail journal, where there is one, and quarantined otherwise; it is never guessed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F, Min
from django.utils import timezone

from articles.canonical import sha256_hex
from editorial.models import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    Journal = Callable[[Outbox], bool | None]

Topic, Status = Outbox.Topic, Outbox.Status

WRITTEN = (Topic.MAIL, Topic.DIGEST, Topic.LETTER)
"""What is written to people."""

LEASE = dt.timedelta(seconds=60)
"""How long a claimed row may wait until it is begun."""
SENDING = dt.timedelta(minutes=5)
"""How long a begun one may take: longer than any process that sends may live."""
BATCH = 20
ATTEMPTS = 30
"""After this many failures, which take a day, a row is parked."""
LONGEST_PAUSE = 60  # minutes
NEVER_BEGUN = "Whoever took it never came as far as to send it."


def claim(limit: int = BATCH) -> list[Outbox]:
    """Take up to `limit` mails that are due; nobody else gets them until the lease."""
    token, now = uuid4(), timezone.now()
    with transaction.atomic():
        due = Outbox.objects.filter(
            topic__in=WRITTEN, status=Status.PENDING, available_at__lte=now
        ).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:limit])
        Outbox.objects.filter(pk__in=ids, status=Status.PENDING).update(
            status=Status.SENDING,
            claim=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
    return list(
        Outbox.objects.filter(claim=token, status=Status.SENDING)
        .select_related("recipient", "event__version", "event__assignment__version")
        .order_by("id")
    )


def begin(row: Outbox) -> bool:
    """Commit to the side effect; False when the lease went to somebody else."""
    now = timezone.now()
    held = _held(row).filter(attempt_at=None, lease_until__gt=now)
    return held.update(attempt_at=now, lease_until=now + SENDING) == 1


def settle(row: Outbox, status: str, error: str = "") -> bool:
    """Say how it ended; only the holder may."""
    settled = _held(row).update(
        status=status, settled_at=timezone.now(), last_error=error[:2000], claim=None
    )
    return settled == 1


def retry(row: Outbox, error: str) -> None:
    """Put a row whose effect certainly did not happen back, later, or park it."""
    if row.attempts >= ATTEMPTS:
        settle(row, Status.PARKED, error)
        return
    _held(row).update(
        status=Status.PENDING,
        claim=None,
        lease_until=None,
        attempt_at=None,
        available_at=timezone.now() + pause(row.attempts),
        last_error=error[:2000],
    )


def put_back(rows: Iterable[Outbox], error: str) -> None:
    for row in rows:
        retry(row, error)


def release(rows: Iterable[Outbox]) -> None:
    """Leave what was claimed and not begun to whoever comes next, at once."""
    for row in rows:
        _held(row).filter(attempt_at=None).update(
            status=Status.PENDING,
            claim=None,
            lease_until=None,
            attempts=F("attempts") - 1,
        )


def pause(attempts: int) -> dt.timedelta:
    """One minute, doubled with every failure until it is an hour."""
    return dt.timedelta(minutes=min(2 ** max(attempts - 1, 0), LONGEST_PAUSE))


def reap(was_sent: Journal) -> None:
    """
    Free rows whose holder died: what was not begun goes back, the rest is looked up.

    What was given back so often that something must be wrong with it is parked; what
    was only waiting behind it has tried nothing.
    `was_sent` answers from the mail journal, or None where nobody can know.
    """
    lapsed = Outbox.objects.filter(
        status=Status.SENDING, lease_until__lt=timezone.now()
    )
    rows = list(lapsed.order_by("pk"))
    at_hand = _at_hand({row.claim for row in rows})
    for row in rows:
        if row.attempt_at is not None:
            look_up(row, was_sent, "The worker died while sending.")
        elif row.pk not in at_hand:
            release([row])
        elif row.attempts >= ATTEMPTS:
            settle(row, Status.PARKED, NEVER_BEGUN)
        else:
            _held(row).update(status=Status.PENDING, claim=None)


def _at_hand(claims: set[UUID | None]) -> set[int]:
    """Of each claim the first row that is left: what its holder was busy with."""
    left = Outbox.objects.filter(status=Status.SENDING, claim__in=claims).order_by()
    firsts = left.values("claim").annotate(first=Min("pk"))
    return set(firsts.values_list("first", flat=True))


def look_up(row: Outbox, was_sent: Journal, error: str) -> None:
    """Settle by what the journal says of a row whose end nobody saw."""
    match was_sent(row):
        case True:
            settle(row, Status.DONE)
        case False:
            retry(row, error)
        case None:
            settle(row, Status.UNKNOWN, error)


def message_id(row: Outbox, host: str) -> str:
    """The same Message-ID for every attempt at the same mail."""
    return f"<{sha256_hex(row.dedupe_key.encode())[:32]}@{host}>"


def _held(row: Outbox) -> QuerySet[Outbox]:
    return Outbox.objects.filter(pk=row.pk, claim=row.claim, status=Status.SENDING)
