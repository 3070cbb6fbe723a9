"""What needs a hand: which rows, in which order, counted how far, for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from editorial import desk_lists
from editorial.desk_lists import Wanted
from reviews.models import Assignment
from tests import make

if TYPE_CHECKING:
    from editorial.models import User

SIZE = 50


def found(user: User, **wanted: Any) -> list[tuple[str, int]]:
    asked = desk_lists.survey(
        user, Wanted(**wanted), size=SIZE, after=None, before=None
    )
    return [(entry.bucket.code, entry.key.pk) for entry in asked.entries]


def late(assignment: Assignment, days: int) -> None:
    """Move the day a review is due into the past."""
    due = timezone.now() - dt.timedelta(days=days)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due)


def test_each_thing_stands_in_the_bucket_of_its_next_step(db: None) -> None:
    editor = make.editor()
    fresh = make.submitted()
    invited = make.under_review(tier="C", editor=editor).assignments.get()
    overdue = make.accepted(make.under_review(tier="C").assignments.get())
    late(overdue, 2)
    decide = make.reviewed()

    assert set(found(editor)) == {
        ("unassigned", fresh.pk),
        ("unanswered", invited.pk),
        ("overdue", overdue.pk),
        ("to_decide", decide.pk),
    }
