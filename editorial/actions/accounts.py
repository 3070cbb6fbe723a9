"""
What administrators do: every change of an account in the house is in the ledger.

A role that decides is given by two administrators: what the first sets is only
proposed (see `proposals`), and holds once a second sets it too. Whoever runs the
machine gives roles alone, by a command, which is how a house gets its first ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db import transaction

from editorial import audiences, ledger, notifications, people, proposals, roles
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editorial.ledger import Link

CHAIN = "accounts"


def enroll(user: User, *, by: User, what: str) -> Event:
    """Record an account as it stands, of which nobody need be told."""
    with transaction.atomic():
        link, now = _locked(user)
        return _record(link, now, by, what, _account(now))


def record_change(
    user: User,
    *,
    by: User,
    what: str,
    proposes: Iterable[str] = (),
    keeps: bool = True,
) -> Event:
    """
    Record that `by` changed the account of `user`, with how it stands now.

    What was proposed before is dropped unless it `keeps`. Administrators and chief
    editors hear of each role that decides, when it is proposed and when it is given.
    """
    with transaction.atomic():
        link, now = _locked(user)
        before, facts = proposals.last_said(now), _account(now)
        earlier = proposals.standing(before) if keeps else {}
        if proposed := _proposed(earlier, facts, dict.fromkeys(proposes, by.pk)):
            facts["proposed"] = proposed
        event = _record(link, now, by, what, facts)
        if news := _news(before, facts):
            notices = audiences.overseers(f"{news}: {now.printed_name}", now)
            notifications.tell(event, notices)
    return event


def appoint(user: User, role: str, *, by: User) -> None:
    """Give a role at once, as whoever runs the machine may."""
    with transaction.atomic(durable=True):
        ledger.hold_named(CHAIN)
        user.groups.add(Group.objects.get(name=role))
        appointed = User.objects.get(pk=user.pk)
        open_the_door(appointed, by=by)
        record_change(appointed, by=by, what=f"Appointed {role} on the machine")


def open_the_door(user: User, *, by: User) -> None:
    """Let administrators and superusers, and nobody else, into the admin's pages."""
    is_staff = people.administrators().filter(pk=user.pk).exists()
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        ledger.attribute(user, by=by)
        user.save(update_fields=["is_staff"])


def _locked(user: User) -> tuple[Link, User]:
    """The place of the next event, and the account as whoever was first left it."""
    return ledger.lock_named(CHAIN), User.objects.get(pk=user.pk)


def _record(
    link: Link, user: User, by: User, what: str, facts: dict[str, Any]
) -> Event:
    deed = Deed(Event.Kind.ACCOUNT_CHANGED, by, what, noted=Noted(facts=facts))
    return ledger.record(link, Subject(account=user), deed)


def _account(user: User) -> dict[str, Any]:
    return {
        "account": user.pk,
        "name": user.printed_name,
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "roles": sorted(user.groups.values_list("name", flat=True)),
    }


def _proposed(
    earlier: dict[str, int], now: dict[str, Any], more: dict[str, int]
) -> dict[str, int]:
    """Who proposed first what is not given yet; a closed account is given nothing."""
    if not now["active"]:
        return {}
    proposed = more | earlier
    return {role: first for role, first in proposed.items() if role not in now["roles"]}


def _news(before: dict[str, Any], now: dict[str, Any]) -> str:
    """What those who watch over the roles must hear; empty if nothing."""
    given = roles.DECIDING & (_power(now) - _power(before))
    proposed = now.get("proposed", {}).keys() - before.get("proposed", {}).keys()
    said = [f"Made {role}" for role in sorted(given)]
    return " · ".join([*said, *(f"Proposed as {role}" for role in sorted(proposed))])


def _power(facts: dict[str, Any]) -> set[str]:
    return set(facts["roles"]) if facts.get("active") else set()
