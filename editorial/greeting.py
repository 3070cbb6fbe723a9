"""What every page of the desk knows of its visitor, asked for in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editorial import statements, trust
from editorial.models import Notification
from editorial.statements import Part

if TYPE_CHECKING:
    from editorial.models import User

MOST_UNREAD = 99
"""More unread notices than these are not counted."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """How many notices wait, one more than `MOST_UNREAD` at most; if it is a show."""

    unread: int
    is_demonstration: bool

    @property
    def unread_shown(self) -> int | str:
        return self.unread if self.unread <= MOST_UNREAD else f"{MOST_UNREAD}+"


def of(user: User) -> Greeting:
    """Read once for the visitor of a request, whose roles are known from then on."""
    found: Greeting | None = getattr(user, "greeting", None)
    if found is None:
        found = _read(user)
        user.greeting = found  # type: ignore[attr-defined]  # lives as long as a request
    return found


def _read(user: User) -> Greeting:
    unread = Notification.objects.filter(recipient=user.pk, read_at=None)
    few = unread.values_list("pk")[: MOST_UNREAD + 1]
    parts = [
        Part("role", "k.name, NULL", user.groups.values_list("name")),
        Part("unread", "NULL, COUNT(*)", few),
        Part("show", "NULL, COUNT(*)", trust.demonstrations().values_list("pk")),
    ]
    asked = statements.asked(parts, types="text bigint")
    counts = {code: number for code, _, number in asked if code != "role"}
    if not user.is_machine:
        user.roles = frozenset(name for code, name, _ in asked if code == "role")
    return Greeting(counts["unread"], counts["show"] > 0)
