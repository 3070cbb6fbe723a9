"""What an administrator does: every change of an account is in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from editorial import ledger
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event

if TYPE_CHECKING:
    from editorial.models import User

CHAIN = "accounts"


def record_change(user: User, *, by: User, what: str) -> Event:
    """Record that `by` changed the account of `user`, with how it stands now."""
    with transaction.atomic():
        link = ledger.lock_named(CHAIN)
        noted = Noted(facts=_account(user))
        deed = Deed(Event.Kind.ACCOUNT_CHANGED, by, what, noted=noted)
        return ledger.record(link, Subject(), deed)


def _account(user: User) -> dict[str, Any]:
    return {
        "account": user.pk,
        "name": user.printed_name,
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "roles": sorted(user.groups.values_list("name", flat=True)),
    }
