"""What people say of themselves: their interests, each year, and their days away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from editorial import ledger, pace
from editorial.actions.accounts import CHAIN
from editorial.errors import Refused
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event
from reviews import interests
from reviews.models import Absence, Declaration

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from editorial.models import User
    from reviews.interests import Answers

LONGEST_ABSENCE = 366


def declare(*, by: User, answers: Answers) -> Declaration:
    """State one's interests of the last three years; it holds for twelve months."""
    require(answers, interests.GENERAL)
    with transaction.atomic(durable=True):
        return record(by=by, answers=answers)


def require(answers: Answers, lines: tuple[interests.Line, ...]) -> None:
    if objection := interests.objection(answers, lines):
        raise Refused(objection)


def record(*, by: User, answers: Answers) -> Declaration:
    """Keep a declaration with its event, inside the transaction of a deed."""
    link = ledger.lock_named(CHAIN)
    made = Declaration.objects.create(
        person=by, answers=interests.clean(answers, interests.GENERAL)
    )
    noted = Noted(facts={"account": by.pk}, rows=[made])
    ledger.record(link, Subject(), Deed(Event.Kind.DECLARED, by, noted=noted))
    return made


def be_away(*, by: User, first_day: dt.date, last_day: dt.date) -> Absence:
    """Take no review from a day to a day."""
    if last_day < first_day:
        message = "The last day comes before the first."
        raise Refused(message)
    if last_day < timezone.localdate():
        message = "Those days have passed."
        raise Refused(message)
    if (last_day - first_day).days > LONGEST_ABSENCE:
        message = "Note at most a year at a time."
        raise Refused(message)
    absence = Absence(person=by, first_day=first_day, last_day=last_day)
    ledger.attribute(absence, by=by)
    with _recording(Event.Kind.AWAY_NOTED, by=by) as noted:
        absence.save()
        noted.facts |= _days(absence)
        noted.rows.append(absence)
    return absence


def be_back(*, by: User, absence_id: int) -> None:
    """Strike one's own days away."""
    with _recording(Event.Kind.AWAY_STRUCK, by=by) as noted:
        absence = Absence.objects.filter(person=by, pk=absence_id).first()
        if absence is None:
            message = "Those days are struck already."
            raise Refused(message)
        noted.facts |= {"struck": [ledger.row_name(absence)]} | _days(absence)
        ledger.attribute(absence, by=by)
        absence.delete()


def _days(absence: Absence) -> dict[str, str]:
    first, last = absence.first_day, absence.last_day
    return {"first_day": first.isoformat(), "last_day": last.isoformat()}


@contextmanager
def _recording(kind: Event.Kind, *, by: User) -> Iterator[Noted]:
    """The lock on what people say of themselves, and the event of what is done in it."""
    noted = Noted(facts={"person": by.pk})
    with transaction.atomic(durable=True):
        link = ledger.lock_named(CHAIN)
        pace.keep_own(kind, by=by)
        yield noted
        ledger.record(link, Subject(), Deed(kind, by, noted=noted))
