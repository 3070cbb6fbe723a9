"""Everybody who could try a step, around one article: the cast of the matrix."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Authorship
from editorial import people, roles
from editorial.models import BoardMember, User
from reviews.models import Assignment
from tests import make

if TYPE_CHECKING:
    from articles.models import Article, Version

AUTHORS = ("author", "editor who wrote it", "chief who wrote it", "superuser who did")
REVIEWERS = ("reviewer", "editor who reviews it", "chief who reviews it")

CAST: dict[str, tuple[str, ...]] = {
    "author": (roles.AUTHOR,),
    "another author": (roles.AUTHOR,),
    "invited author": (roles.AUTHOR,),
    "reviewer": (roles.REVIEWER,),
    "another reviewer": (roles.REVIEWER,),
    "editor": (roles.EDITOR,),
    "editor who wrote it": (roles.AUTHOR, roles.EDITOR),
    "editor who reviews it": (roles.REVIEWER, roles.EDITOR),
    "chief": (roles.CHIEF_EDITOR,),
    "chief who wrote it": (roles.AUTHOR, roles.CHIEF_EDITOR),
    "chief who reviews it": (roles.REVIEWER, roles.CHIEF_EDITOR),
    "auditor": (roles.AUDITOR,),
    "administrator": (roles.ADMINISTRATOR,),
    "superuser": (),
    "superuser who did": (roles.AUTHOR, roles.CHIEF_EDITOR),
    "former chief": (roles.CHIEF_EDITOR,),
    "system": (),
}
"""Who they are, and the groups they are in; `superuser who did` wrote it."""


def cast() -> dict[str, User]:
    """Make them all; those who review serve on the board."""
    found = {name: _person(name, groups) for name, groups in CAST.items()}
    return found | {"system": people.system()}


def _person(name: str, groups: tuple[str, ...]) -> User:
    person = make.user(
        *groups,
        name=name.capitalize(),
        is_superuser=name.startswith("superuser"),
        is_active=name != "former chief",
    )
    if roles.REVIEWER in groups:
        BoardMember.objects.create(
            user=person,
            specialties=[make.CARDIOLOGY],
            since=timezone.localdate() - dt.timedelta(days=1),
        )
    return person


def write(article: Article, known: dict[str, User]) -> None:
    """List those who wrote it, and the one who is only invited to."""
    for name in AUTHORS[1:]:
        Authorship.objects.create(article=article, user=known[name], position=2)
    invited = {"invited_by": known["author"], "joined_at": None, "position": 3}
    Authorship.objects.create(article=article, user=known["invited author"], **invited)


def ask(version: Version, known: dict[str, User]) -> None:
    """Ask those who review it, whatever the version's state."""
    for name in REVIEWERS:
        Assignment.objects.create(
            version=version,
            reviewer=known[name],
            invited_by=known["editor"],
            in_specialty=True,
            respond_by=timezone.now(),
        )
