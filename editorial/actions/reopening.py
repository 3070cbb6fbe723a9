"""A submitted report never changes: who is asked again hands in another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from editorial import ledger, roles, shopfront, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews import panel
from reviews.models import Assignment, Disclosure
from reviews.states import AssignmentState
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

LONGEST = 60
"""Days that a review may be given when it is taken up again."""


def reopen(
    version_id: int,
    *,
    by: User,
    assignment_id: int,
    reason: str,
    due_on: dt.date | None = None,
    seen: int | None = None,
) -> Assignment:
    """
    Ask a reviewer to take a report up again by a day, or in the tier's usual time.

    The report stays as it was signed and counts no more from now on: what an editor
    has sent back must not carry an approval.
    """
    due_at = _due(due_on)
    noted = Noted()
    with taking(
        workflow.REOPEN, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        earlier = _reported(version, assignment_id)
        earlier.reopen(reason=reason)
        ledger.attribute(earlier, by=by, reason=reason)
        earlier.save()
        again = _again(earlier, by=by, due_at=due_at or _usual(version))
        noted.rows += [earlier, again, _declared(earlier, again)]
        noted.facts |= {"reviewer": again.reviewer_id, "again": again.pk}
        panel.forget(version)
        shopfront.refresh(version, noted=noted)
    return again


def _due(day: dt.date | None) -> dt.datetime | None:
    """The end of the day, in UTC."""
    if day is None:
        return None
    today = timezone.now().date()
    if not today < day <= today + dt.timedelta(days=LONGEST):
        message = f"Choose a day from tomorrow on, within {LONGEST} days."
        raise Refused(message)
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)


def _usual(version: Version) -> dt.datetime:
    days = QUORUM[version.article.tier].review_days
    return timezone.now() + dt.timedelta(days=days)


def _reported(version: Version, assignment_id: int) -> Assignment:
    found = next((a for a in panel.of(version) if a.pk == assignment_id), None)
    if found is None or found.state != AssignmentState.REPORTED:
        message = "Only a review that was handed in can be taken up again."
        raise Refused(message)
    if not found.reviewer.is_active or roles.REVIEWER not in found.reviewer.roles:
        message = f"{found.reviewer} is no reviewer any more."
        raise Refused(message)
    return found


def _again(earlier: Assignment, *, by: User, due_at: dt.datetime) -> Assignment:
    now = timezone.now()
    again = Assignment(
        version=earlier.version,
        reviewer=earlier.reviewer,
        invited_by=by,
        in_specialty=earlier.in_specialty,
        pseudonym=earlier.pseudonym,
        invited_at=now,
        respond_by=now,
        reopens=earlier,
    )
    again.accept(due_at=due_at)
    ledger.attribute(again, by=by)
    again.save()
    return again


def _declared(earlier: Assignment, again: Assignment) -> Disclosure:
    """What they declared about this very version holds on."""
    made = Disclosure.objects.get(assignment=earlier)
    made.pk, made.assignment = None, again
    made._state.adding = True  # noqa: SLF001  Django's way to copy a row
    made.save(force_insert=True)
    return made
