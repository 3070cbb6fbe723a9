"""The accounts whose changes are on record: what each of them may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db.models import Q

from editorial import roles
from editorial.models import User
from editorial.verification.witness import BATCH, Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness


def accounts(witness: Witness) -> Iterator[Broken]:
    rows = User.objects.filter(pk__in=witness.accounts).prefetch_related("groups")
    found = {row.pk: row for row in rows.iterator(chunk_size=BATCH)}
    for pk, said in sorted(witness.accounts.items()):
        row = found.get(pk)
        if row is None:
            yield Broken(f"account {pk}", "the record speaks of it and it is gone")
        elif power(row) != {name: said[name] for name in power(row)}:
            yield Broken(f"account {pk}", "it may do what the record does not say")
    yield from _unsaid(witness)


def _unsaid(witness: Witness) -> Iterator[Broken]:
    """Accounts that may do more than write, and nobody let in."""
    more = Q(groups__in=Group.objects.exclude(name=roles.AUTHOR))
    found = User.objects.filter(more | Q(is_staff=True) | Q(is_superuser=True))
    for pk in found.distinct().order_by("pk").values_list("pk", flat=True):
        if pk not in witness.accounts:
            yield Broken(f"account {pk}", "the record does not say who let it in")


def power(user: User) -> dict[str, object]:
    """What an account may do, in the words of the event that records a change."""
    return {
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "roles": sorted(group.name for group in user.groups.all()),
    }
