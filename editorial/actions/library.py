"""Works that come into the library from elsewhere than an author's keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Citation, Work
from articles.vocabulary import RefType, WorkSource
from articles.works import identity
from editorial import ledger, roles, shelving
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from editorial.errors import MovedOn, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editorial.models import User

_NO_TYPE = "Choose one of the types of evidence."
_OWN = "You wrote a text that cites this work; another editor must correct it."

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


@authoring.retried
def correct(
    work_id: int,
    *,
    by: User,
    record: dict[str, Any],
    kind: str,
    reason: str,
    seen: int | None = None,
) -> tuple[str, ...]:
    """
    Correct the record of a work for everybody, and so confirm it; the desk's deed.

    Frozen versions keep their copy. Gives a sentence for whatever was left out.
    Raises MovedOn when the record changed since `seen`, and Refused where it names
    another work of the library, or where `by` wrote a text that cites it.
    """
    if not roles.on_the_desk(by) or not by.is_active:
        raise PermissionDenied
    if kind not in RefType.values:
        raise Refused(_NO_TYPE)
    told: list[str] = []
    item = shelving.cleaned(Reference("work", record), told)
    with transaction.atomic(durable=True):
        work = Work.objects.select_for_update().get(pk=work_id)
        if seen is not None and seen != shelving.edition(work):
            raise _moved_on(work)
        if objection := _objection(work, item, by):
            raise Refused(objection)
        work.describe(shelving.without_kind(item))
        work.kind, work.source = kind, WorkSource.CONFIRMED
        ledger.attribute(work, by=by, reason=reason)
        work.save()
    return tuple(told)


def _objection(work: Work, item: dict[str, Any], by: User) -> str | None:
    same = Work.objects.filter(fingerprint=identity.fingerprint(item))
    if other := same.exclude(pk=work.pk).first():
        return f"This is another work of the library, “{other}”."
    if Citation.objects.filter(
        work=work, version__article__authorships__user=by
    ).exists():
        return _OWN
    return None


def _moved_on(work: Work) -> MovedOn:
    last = Work.history.filter(id=work.pk).order_by("-history_id").first()
    who = str(last.history_user) if last and last.history_user else "The system"
    when = last.history_date if last else None
    return MovedOn("Changed meanwhile", who=who, when=when)
