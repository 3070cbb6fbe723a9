"""The filters of the desk that an editor keeps; they are their own, and no deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from editorial import roles
from editorial.errors import Refused
from editorial.models import SavedFilter, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 20
NAME_LENGTH = 60
QUERY_LENGTH = 500


def keep_filter(*, by: User, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name; the same name again is the same filter, changed."""
    _require_desk(by)
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        message = f"Give the filter a name of at most {NAME_LENGTH} characters."
        raise Refused(message)
    if not query or len(query) > QUERY_LENGTH:
        message = "There is nothing to keep, or more than fits."
        raise Refused(message)
    with transaction.atomic(durable=True):
        User.objects.select_for_update().get(pk=by.pk)  # two windows count in turn
        own = SavedFilter.objects.filter(owner=by)
        if own.exclude(name=name).count() >= MOST:
            message = f"You keep {MOST} filters already; delete one of them."
            raise Refused(message)
        own.filter(name=name).delete()
        return SavedFilter.objects.create(owner=by, name=name, query=query)


def forget_filter(filter_id: int, *, by: User) -> bool:
    """Delete one of one's own; False where there is none of that number."""
    _require_desk(by)
    own: QuerySet[SavedFilter] = SavedFilter.objects.filter(owner=by)
    deleted, _ = own.filter(pk=filter_id).delete()
    return bool(deleted)


def _require_desk(user: User) -> None:
    if not user.is_active or not roles.on_the_desk(user):
        raise PermissionDenied
