"""Nobody is flooded with mail, or the record with events, by who repeats a deed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone

from articles.vocabulary import Tier
from editorial import pace
from editorial.actions import handling, interests, naming, timing
from editorial.errors import Refused
from editorial.models import Event
from reviews.models import Absence, Assignment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
K = Event.Kind


def asked() -> Assignment:
    return (
        make.under_review(tier=Tier.C, editor=make.editor())
        .assignments.select_related("reviewer", "version__article")
        .get()
    )


def day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


def asking() -> Callable[[int], object]:
    found = make.accepted(asked())
    by = make.fresh(found.reviewer)
    return lambda n: timing.ask_more_time(
        found.pk, by=by, until=day(30 + n), reason="Ill"
    )


def extending() -> Callable[[int], object]:
    found, by = make.accepted(asked()), make.editor()
    return lambda n: timing.extend(found.pk, by=by, until=day(30 + n % 2))


def handing_over() -> Callable[[int], object]:
    article, chief = asked().version.article, make.chief()
    others = [make.editor().pk, make.editor().pk]
    return lambda n: handling.change_editor(article.pk, by=chief, editor=others[n % 2])


def choosing() -> Callable[[int], object]:
    by = make.reviewer()
    return lambda n: naming.choose(by=by, named=bool(n % 2))


def leaving() -> Callable[[int], object]:
    by = make.reviewer()
    return lambda n: interests.be_away(by=by, first_day=day(n), last_day=day(n))


def coming_back() -> Callable[[int], object]:
    by, days = make.reviewer(), range(pace.MOST[K.AWAY_STRUCK] + 1)
    gone = [
        Absence.objects.create(person=by, first_day=day(n), last_day=day(n))
        for n in days
    ]
    return lambda n: interests.be_back(by=by, absence_id=gone[n].pk)


DEEDS = {
    K.MORE_TIME_ASKED: asking,
    K.EXTENDED: extending,
    K.EDITOR_CHANGED: handing_over,
    K.NAMING_CHOSEN: choosing,
    K.AWAY_NOTED: leaving,
    K.AWAY_STRUCK: coming_back,
}


def test_every_deed_that_is_counted_is_tried_here() -> None:
    assert DEEDS.keys() == pace.MOST.keys() == pace.OFTEN.keys()


@pytest.mark.parametrize("kind", DEEDS)
def test_a_deed_is_repeated_so_often_in_a_day_and_told_when_again(
    kind: str, db: None
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        deed = DEEDS[K(kind)]()
        for n in range(pace.MOST[kind]):
            deed(n)
        done = Event.objects.filter(kind=kind).count()

        with traces.nothing_left(Refused, "Go on from 3 November at 09:00 UTC"):
            deed(pace.MOST[kind])
        clock.shift(dt.timedelta(days=1))
        deed(pace.MOST[kind])

    assert Event.objects.filter(kind=kind).count() == done + 1


@pytest.mark.parametrize("ahead", [30, 20])
def test_what_was_asked_for_is_not_asked_again(ahead: int, db: None) -> None:
    found = make.accepted(asked())
    by = make.fresh(found.reviewer)
    timing.ask_more_time(found.pk, by=by, until=day(30), reason="Ill")

    with traces.nothing_left(Refused, "You asked for that already"):
        timing.ask_more_time(found.pk, by=by, until=day(ahead), reason="Still ill")
