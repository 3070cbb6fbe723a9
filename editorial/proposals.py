"""
Roles that decide, while they are proposed: given once two administrators agree.

A proposal is no row of its own; it stands in the newest event about the account.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from editorial import people, roles
from editorial.models import Event, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def allowed(
    user: User,
    wanted: Iterable[str],
    *,
    by: User,
    opens: bool = False,
    seconds: bool = True,
) -> set[str]:
    """
    Those roles of `wanted` that `by` alone may let an account have.

    Of the roles that decide, these are the ones held already, unless the account
    `opens` with them, and, where `by` `seconds`, the ones that another administrator,
    who is one still, has proposed.
    """
    held = set() if opens or not user.pk else set(user.roles)
    proposed = standing(last_said(user)) if user.pk and seconds else {}
    agreed = {r for r, first in proposed.items() if first not in (by.pk, user.pk)}
    return {r for r in wanted if r not in roles.DECIDING or r in held | agreed}


def waiting(user: User) -> list[str]:
    """What is proposed for an account and by whom, in words."""
    proposed = standing(last_said(user))
    names = {row.pk: str(row) for row in User.objects.filter(pk__in=proposed.values())}
    return [f"{role}, by {names[first]}" for role, first in sorted(proposed.items())]


def standing(said: dict[str, Any]) -> dict[str, int]:
    """Each proposed role with who proposed it, as far as they are administrators yet."""
    proposed: dict[str, int] = said.get("proposed", {})
    if not proposed:
        return {}
    found = people.administrators().filter(pk__in=proposed.values())
    present = set(found.values_list("pk", flat=True))
    return {role: first for role, first in proposed.items() if first in present}


def last_said(user: User) -> dict[str, Any]:
    """The facts of the newest event about an account; empty before the first."""
    last = _events(user).first()
    return json.loads(last.payload)["facts"] if last else {}


def last_by_others(user: User) -> Event | None:
    """The newest event about an account, but for what its owner did to it."""
    return _events(user).exclude(actor=user).select_related("actor").first()


def _events(user: User) -> QuerySet[Event]:
    return Event.objects.filter(account=user).order_by("-seq")
