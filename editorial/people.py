"""The accounts that are nobody's: the scheduler and the importer; who serves where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone

from editorial import roles
from editorial.models import BoardMember, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

SYSTEM = "system@imprimatur.invalid"
IMPORTER = "import@imprimatur.invalid"
BUILT_IN = (SYSTEM, IMPORTER)


def install() -> None:
    """Make the built-in accounts exist; nobody can sign in to them."""
    if not User.objects.filter(email=SYSTEM).exists():
        User.objects.create_user(SYSTEM, name="The system", is_machine=True)
    if not User.objects.filter(email=IMPORTER).exists():
        importer = User.objects.create_user(IMPORTER, name="Imported texts")
        importer.groups.add(Group.objects.get(name=roles.AUTHOR))


def system() -> User:
    """The account that deeds of the scheduler are recorded under."""
    return User.objects.get(email=SYSTEM)


def importer() -> User:
    """The author of imported articles that name none."""
    return User.objects.get(email=IMPORTER)


def administrators() -> QuerySet[User]:
    """Who keeps the accounts: the group, and whoever runs the machine as superuser."""
    return _active(Q(groups__name=roles.ADMINISTRATOR) | Q(is_superuser=True))


def overseers() -> QuerySet[User]:
    """Who hears of every role that decides."""
    return _active(Q(groups__name__in=roles.OVERSEERS) | Q(is_superuser=True))


def _active(found: Q) -> QuerySet[User]:
    return User.objects.filter(found, is_active=True, is_machine=False).distinct()


def is_on_the_board(user: User) -> bool:
    """A reviewer who serves on the board today; asked once for an account."""
    known = user.__dict__
    if "is_on_the_board" not in known:
        known["is_on_the_board"] = roles.REVIEWER in user.roles and _serves(user)
    found: bool = known["is_on_the_board"]
    return found


def _serves(user: User) -> bool:
    today = timezone.localdate()
    now = BoardMember.objects.filter(Q(until=None) | Q(until__gte=today))
    return now.filter(user=user, since__lte=today).exists()
