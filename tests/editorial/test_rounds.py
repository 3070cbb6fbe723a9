"""What a reviewer who is asked again is told of the round before."""

from __future__ import annotations

import pytest

from editorial import rounds
from editorial.actions import desk
from editorial.models import User
from reviews.models import Assignment
from tests import make

NEW_TO_IT = "Round 2."


def further(*said: str, tier: str = "B") -> tuple[User, User, User]:
    """Two reviewers asked again, the first of whom said this, and one more."""
    author, one, two, third = make.author(), *(make.reviewer() for _ in range(3))
    first = make.under_review(by=author, tier=tier, reviewers=[one, two])
    for row in first.assignments.select_related("reviewer").order_by("pk"):
        words = said if row.reviewer == one else ()
        make.reported(row, comments=tuple(map(make.blocking, words)))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    make.send(text, tier=tier, reviewers=[one, two, third])
    return one, two, third


def told(person: User) -> list[str]:
    asked = Assignment.objects.filter(reviewer=person).order_by("pk")
    return [rounds.told(row) for row in rounds.annotated(asked)]


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ((), ""),
        (("Wrong dose.",), "; 1 of your comments was answered"),
        (("Wrong dose.", "Wrong drug."), "; 2 of your comments were answered"),
    ],
)
def test_a_reviewer_is_told_what_became_of_what_they_said(
    said: tuple[str, ...], counted: str, db: None
) -> None:
    one, _, _ = further(*said)

    assert told(one) == ["", f"Round 2; you reviewed version 1{counted}."]


def test_nobody_is_told_of_the_comments_of_another(db: None) -> None:
    _, two, third = further("Wrong dose.")

    assert told(two) == ["", "Round 2; you reviewed version 1."]
    assert told(third) == [NEW_TO_IT]


def test_a_first_round_is_not_called_one(db: None) -> None:
    asked = make.under_review(tier="C").assignments.get()

    assert told(asked.reviewer) == [""]
