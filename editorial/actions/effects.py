"""What an editor decides about mail and publications that were held up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from editorial import ledger, roles
from editorial.errors import MovedOn
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, Outbox

if TYPE_CHECKING:
    from editorial.models import User

HELD = (Outbox.Status.UNKNOWN, Outbox.Status.PARKED)


def settle(effect_id: int, *, by: User, delivered: bool) -> Outbox:
    """
    Say that a held effect happened after all, or have it done again.

    Raises PermissionDenied off the desk, MovedOn when it is held no longer.
    """
    if not roles.on_the_desk(by) or not by.is_active:
        raise PermissionDenied
    with transaction.atomic(durable=True):
        link = ledger.lock_named("effects")
        row = Outbox.objects.select_for_update().get(pk=effect_id)
        if row.status not in HELD:
            what = f"{row.get_status_display()} meanwhile"
            raise MovedOn(what, who="Somebody on the desk", when=row.settled_at)
        before, now = row.status, timezone.now()
        if delivered:
            row.status, row.settled_at = Outbox.Status.DONE, now
        else:
            row.status, row.available_at = Outbox.Status.PENDING, now
            row.attempts, row.attempt_at, row.lease_until = 0, None, None
        row.save()
        noted = Noted(facts={"effect": row.dedupe_key})
        deed = Deed(Event.Kind.EFFECT_SETTLED, by, "", before, str(row.status), noted)
        ledger.record(link, Subject(), deed)
    return row
