"""Works that come into the library from elsewhere than an author's keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.vocabulary import WorkSource
from editorial import roles, shelving
from editorial.actions import authoring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Work
    from editorial.actions.authoring import Reference
    from editorial.models import User

MAY = roles.DESK | {roles.AUTHOR}


@authoring.retried
def take_in(
    *,
    by: User,
    references: Iterable[Reference],
    source: str,
    record: WorkSource = WorkSource.IMPORTED,
) -> list[Work]:
    """
    Store works that an import or a look-up found; `source` says which, in words.

    Such a work is vouched for, so that a text in which a machine took part may cite it.
    """
    if not by.is_active or not by.roles & MAY:
        raise PermissionDenied
    with transaction.atomic(durable=True):
        brought = [replace(r, source=record) for r in references]
        return shelving.works_of(brought, [], by=by, reason=source)
