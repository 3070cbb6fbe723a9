"""
One event for every step, in the step's own transaction.

`taking` is the only way a step happens. It locks the chain of the article, which is
the lock on the article and all that hangs on it, asks the Step who may and what must
be true, lets the caller act, then saves, records and promises the announcement.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from articles.machine import LostRaceError, StatefulModel
from articles.models import Version
from articles.states import VersionState
from editorial import policies, rehearsal
from editorial.errors import MovedOn, Refused
from editorial.ledger import chains
from editorial.ledger.staleness import draft_moved_on, is_stale, moved_on
from editorial.models import Chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.models import User
    from editorial.workflow import Step

Thing = TypeVar("Thing", bound=StatefulModel)


@contextmanager
def taking(
    step: Step[Thing],
    pk: int,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
    noted: chains.Noted | None = None,
) -> Iterator[Thing]:
    """
    Lock the thing, check the step, let the caller act, then save and record.

    Anything raised inside leaves no trace: no state, no history, no event, no mail.
    `seen` is the revision the caller's form was drawn from; what is `noted` goes
    into the event and may be filled inside the block.

    Raises PermissionDenied (wrong person), MovedOn (somebody was first, or the form
    is stale) and Refused (something is missing).
    """
    try:
        with transaction.atomic(durable=True):
            chains.count_on(step.model, pk)
            thing = step.fetch(pk, by=by)
            before = state_of(thing)
            admit(step, thing, by=by, reason=reason, seen=seen)
            yield thing
            if not step.is_beside_a_draft(thing):
                attribute(thing, by=by, reason=reason)
                thing.save()
            deed = chains.Deed(step.kind, by, reason, before, state_of(thing))
            deed.noted = noted or deed.noted
            deed.kind = deed.noted.kind or step.kind
            subject = chains.Subject.of(thing)
            link = chains.link_of(subject, thing)
            event = chains.record(link, subject, deed)
            for further, following in deed.noted.then:
                chains.count_on(step.model, pk)
                chains.record(link, further, following)
            rehearsal.end(event)
    except LostRaceError as error:
        raise moved_on(step, step.fetch(pk, by=by), by=by) from error


def admit(
    step: Step[Thing],
    thing: Thing,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Raise unless `by` may take `step` on `thing` now, from what they have seen."""
    permit(step, thing, by=by)
    if is_stale(step, thing, seen):
        raise moved_on(step, thing, by=by)
    if not step.is_open(thing):
        raise moved_on(step, thing, by=by)
    if step.needs_reason and not reason.strip():
        message = f"“{step.label}” needs a reason."
        raise Refused(message)
    if objection := step.objection(thing):
        raise Refused(objection)


def permit(step: Step[Thing], thing: Thing, *, by: User) -> None:
    """Raise unless `by` may take `step`; whoever took it already is told so."""
    if step.permits(by, thing):
        return
    if step.was_taken_by(by, thing):
        raise MovedOn("Done already", who=str(by), when=None, mine=True)
    raise PermissionDenied


def state_of(thing: StatefulModel) -> str:
    return str(getattr(thing, thing.state_field))


def attribute(row: models.Model, *, by: User, reason: str = "") -> None:
    """Say who changes a row, and why, before it is saved."""
    row._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001  its interface
    row._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001


@contextmanager
def drafting(version_id: int, *, by: User, seen: int | None) -> Iterator[Version]:
    """
    Lock a draft for its author to write in; the history keeps the change, no event does.

    Raises PermissionDenied, or MovedOn when it was saved or submitted meanwhile.
    """
    with transaction.atomic(durable=True):
        chain = Chain.objects.filter(article__versions=version_id)
        if not list(chain.select_for_update(of=("self",))):
            raise Version.DoesNotExist
        version = Version.objects.select_related("article").get(pk=version_id)
        if not policies.is_author(by, version) or not by.is_active:
            raise PermissionDenied
        if version.state != VersionState.DRAFT or seen not in (None, version.revision):
            raise draft_moved_on(version_id)
        yield version
