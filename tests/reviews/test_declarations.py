"""Which declaration of a person holds."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from reviews import declarations
from reviews.models import Declaration
from tests import make


def test_the_newest_comes_first_and_of_two_at_once_the_later(db: None) -> None:
    person, now = make.user(), timezone.now()
    days = (now - dt.timedelta(days=1), now, now, now - dt.timedelta(days=2))
    made = [
        Declaration.objects.create(person=person, answers={}, made_at=at) for at in days
    ]
    make.declaration(make.user())

    found = declarations.of(person)

    assert list(found) == [made[2], made[1], made[0], made[3]]
