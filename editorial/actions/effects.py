"""What an editor decides about mail and publications that were held up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from editorial import ledger, queries, roles
from editorial.errors import MovedOn, Refused
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, Outbox

if TYPE_CHECKING:
    from editorial.models import User


def settle(effect_id: int, *, by: User, delivered: bool) -> Outbox:
    """
    Say that a held effect happened after all, or have it done again.

    Raises PermissionDenied off the desk, DoesNotExist where it is about a text that
    they wrote or review, and MovedOn when it is held no longer.
    """
    if not roles.on_the_desk(by) or not by.is_active:
        raise PermissionDenied
    with transaction.atomic(durable=True):
        link = ledger.lock_named("effects")
        row = queries.effects(by).select_for_update(of=("self",)).get(pk=effect_id)
        if delivered and row.topic == Outbox.Topic.PUBLISH:
            message = "A publication cannot be said to have happened; try it again."
            raise Refused(message)
        if row.status not in queries.HELD:
            raise _moved_on(row, by=by, delivered=delivered)
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


def _moved_on(row: Outbox, *, by: User, delivered: bool) -> MovedOn:
    """The refusal that names who settled it, if a person did, and when."""
    answers = Event.objects.filter(
        kind=Event.Kind.EFFECT_SETTLED, payload__contains=f'"{row.dedupe_key}"'
    )
    what = f"{row.get_status_display()} meanwhile"
    last = answers.select_related("actor").order_by("-pk").first()
    if last is None:
        return MovedOn(what, who="The system", when=row.settled_at)
    wanted = Outbox.Status.DONE if delivered else Outbox.Status.PENDING
    mine = json.loads(last.payload)["to"] == wanted and last.actor_id == by.pk
    return MovedOn(what, who=str(last.actor), when=last.at, mine=mine)
