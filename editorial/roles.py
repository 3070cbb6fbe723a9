"""Groups and their permissions, installed idempotently after every migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

if TYPE_CHECKING:
    from editorial.models import User

AUTHOR = "author"
REVIEWER = "reviewer"
EDITOR = "editor"
CHIEF_EDITOR = "chief editor"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"

DESK = frozenset({EDITOR, CHIEF_EDITOR})
DECIDING = DESK | {ADMINISTRATOR}
"""Roles that decide about texts, or about who does; it takes two to give them."""
OVERSEERS = frozenset({CHIEF_EDITOR, ADMINISTRATOR})
"""Who, beside superusers, hears of every role that decides."""

PERMISSIONS: dict[str, tuple[str, ...]] = {
    AUTHOR: (),
    REVIEWER: (),
    EDITOR: (),
    CHIEF_EDITOR: (),
    AUDITOR: (),
    ADMINISTRATOR: (
        "editorial.add_user",
        "editorial.change_user",
        "editorial.view_user",
        "editorial.add_boardmember",
        "editorial.change_boardmember",
        "editorial.view_boardmember",
        "auth.view_group",
    ),
}


def install() -> None:
    """Make every group exist with exactly its permissions."""
    for label in ("auth", "editorial"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        codes = [code.split(".") for code in wanted]
        found = [
            Permission.objects.get(content_type__app_label=app, codename=codename)
            for app, codename in codes
        ]
        group.permissions.set(found)


def oversees(user: User) -> bool:
    return user.is_superuser or bool(user.roles & OVERSEERS)


def decides(user: User) -> bool:
    return user.is_superuser or bool(user.roles & DECIDING)


def on_the_desk(user: User) -> bool:
    return bool(user.roles & DESK)


def works_here(user: User) -> bool:
    """Whether an editor is here: their account is open, and they are on the desk."""
    return user.is_active and on_the_desk(user)
