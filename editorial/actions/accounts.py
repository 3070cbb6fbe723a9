"""
What administrators do: every change of an account is in the ledger.

A role that decides is given by two administrators: what the first sets is only
proposed, and holds once a second sets it too. The proposal is no row of its own; it
stands in the newest event about the account. Whoever runs the machine gives roles
alone, by a command, which is how a house gets its first administrators.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q

from editorial import audiences, ledger, notifications, roles
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, User

if TYPE_CHECKING:
    from collections.abc import Iterable

CHAIN = "accounts"


def record_change(
    user: User, *, by: User, what: str, proposes: Iterable[str] = ()
) -> Event:
    """
    Record that `by` changed the account of `user`, with how it stands now.

    Administrators and chief editors hear of each role that decides, when it is
    proposed and when it is given.
    """
    with transaction.atomic():
        link = ledger.lock_named(CHAIN)
        before = _last_said(user)
        facts = _account(user)
        if proposed := _proposed(before, facts, dict.fromkeys(proposes, by.pk)):
            facts["proposed"] = proposed
        deed = Deed(Event.Kind.ACCOUNT_CHANGED, by, what, noted=Noted(facts=facts))
        event = ledger.record(link, Subject(), deed)
        if news := _news(before, facts):
            notices = audiences.overseers(f"{news}: {user.printed_name}", user)
            notifications.tell(event, notices)
    return event


def allowed(
    user: User, wanted: Iterable[str], *, by: User, opens: bool = False
) -> set[str]:
    """
    Those roles of `wanted` that `by` alone may let an account have.

    Of the roles that decide, these are the ones held already, unless the account
    `opens` with them, and the ones that another administrator, who is one still, has
    proposed.
    """
    held = set() if opens or not user.pk else set(user.roles)
    proposed = _last_said(user).get("proposed", {}) if user.pk else {}
    others = _administrators().exclude(pk__in=(by.pk, user.pk))
    seconded = set(others.filter(pk__in=proposed.values()).values_list("pk", flat=True))
    agreed = {role for role, first in proposed.items() if first in seconded}
    return {r for r in wanted if r not in roles.DECIDING or r in held | agreed}


def waiting(user: User) -> list[str]:
    """What is proposed for an account and by whom, in words."""
    proposed = _last_said(user).get("proposed", {})
    names = {row.pk: str(row) for row in User.objects.filter(pk__in=proposed.values())}
    return [f"{role}, by {names[first]}" for role, first in sorted(proposed.items())]


def appoint(user: User, role: str, *, by: User) -> None:
    """Give a role at once, as whoever runs the machine may."""
    with transaction.atomic(durable=True):
        user.groups.add(Group.objects.get(name=role))
        appointed = User.objects.get(pk=user.pk)
        open_the_door(appointed, by=by)
        record_change(appointed, by=by, what=f"Appointed {role} on the machine")


def open_the_door(user: User, *, by: User) -> None:
    """Let administrators and superusers, and nobody else, into the admin's pages."""
    is_staff = (
        user.is_superuser or user.groups.filter(name=roles.ADMINISTRATOR).exists()
    )
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        ledger.attribute(user, by=by)
        user.save(update_fields=["is_staff"])


def _account(user: User) -> dict[str, Any]:
    return {
        "account": user.pk,
        "name": user.printed_name,
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "roles": sorted(user.groups.values_list("name", flat=True)),
    }


def _last_said(user: User) -> dict[str, Any]:
    """The facts of the newest event about an account; empty before the first."""
    found = Event.objects.filter(
        chain__name=CHAIN, payload__contains=f'"account":{user.pk},'
    )
    for event in found.order_by("-seq").iterator(chunk_size=10):
        facts: dict[str, Any] = json.loads(event.payload)["facts"]
        if facts.get("account") == user.pk:
            return facts
    return {}


def _proposed(
    before: dict[str, Any], now: dict[str, Any], more: dict[str, int]
) -> dict[str, int]:
    """Who proposed first what is not given yet; a closed account is given nothing."""
    if not now["active"]:
        return {}
    proposed = more | before.get("proposed", {})
    return {role: first for role, first in proposed.items() if role not in now["roles"]}


def _news(before: dict[str, Any], now: dict[str, Any]) -> str:
    """What those who watch over the roles must hear; empty if nothing."""
    given = roles.DECIDING & (_power(now) - _power(before))
    proposed = now.get("proposed", {}).keys() - before.get("proposed", {}).keys()
    said = [f"Made {role}" for role in sorted(given)]
    return " · ".join([*said, *(f"Proposed as {role}" for role in sorted(proposed))])


def _power(facts: dict[str, Any]) -> set[str]:
    return set(facts["roles"]) if facts.get("active") else set()


def _administrators() -> Any:
    is_one = Q(groups__name=roles.ADMINISTRATOR) | Q(is_superuser=True)
    return User.objects.filter(is_one, is_active=True, is_machine=False).distinct()
