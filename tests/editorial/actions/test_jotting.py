"""A review while it is typed: kept for its reviewer, in turn, and while it is open."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from editorial.actions import jotting, reviewing
from editorial.errors import MovedOn, Refused, SavedElsewhere
from editorial.models import Event
from reviews.models import Assignment, ReviewDraft
from tests import make, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Assignment:
    return make.accepted(make.under_review().assignments.order_by("pk")[0])


def jot(mine: Assignment, text: str, seen: int | None, window: str = "") -> ReviewDraft:
    content = {"remarks": text, "attempt": window}
    return jotting.jot(mine.pk, by=mine.reviewer, content=content, seen=seen)


def stored(mine: Assignment) -> tuple[str, int]:
    draft = ReviewDraft.objects.get(assignment=mine)
    return draft.content["remarks"], draft.saves


def test_each_save_goes_on_from_the_one_before(mine: Assignment) -> None:
    jot(mine, "One", 0)
    jot(mine, "One two", 1)
    jot(mine, "One two", 1)  # sent twice, kept once

    assert stored(mine) == ("One two", 2)


def test_another_window_overwrites_nothing_and_the_same_one_goes_on(
    mine: Assignment,
) -> None:
    jot(mine, "Here", 0, window="a")

    with pytest.raises(MovedOn, match="Saved"):
        jot(mine, "There", 0, window="b")
    assert stored(mine) == ("Here", 1)
    jot(mine, "Here too", 0, window="a")  # whose answer was lost

    assert stored(mine) == ("Here too", 2)


def test_it_leaves_no_event_and_moves_no_form(mine: Assignment) -> None:
    before = Event.objects.count()

    jot(mine, "One", 0)

    assert Event.objects.count() == before
    assert Assignment.objects.get(pk=mine.pk).revision == mine.revision


def test_nobody_jots_in_the_review_of_another(mine: Assignment) -> None:
    for person in (make.reviewer(), make.editor(), mine.version.submitted_by):
        with traces.nothing_left(PermissionDenied):
            jotting.jot(mine.pk, by=person, content={"remarks": "x"}, seen=0)

    assert not ReviewDraft.objects.exists()


def test_a_review_that_is_signed_or_too_long_is_not_written_on(
    mine: Assignment,
) -> None:
    with traces.nothing_left(Refused, "more than a review can hold"):
        jot(mine, "x" * jotting.LARGEST, 0)
    by, said = mine.reviewer, make.findings()
    reviewing.report(mine.pk, by=by, findings=said, proven=make.proven(by))

    with traces.nothing_left(MovedOn):
        jot(mine, "Later", 0)


def sign(mine: Assignment, content: dict[str, str], seen: int | None) -> None:
    by, window = mine.reviewer, jotting.Window(content, seen)
    said, proven = make.findings(), make.proven(by)
    reviewing.report(mine.pk, by=by, findings=said, proven=proven, window=window)


def test_nothing_is_signed_from_a_window_that_another_one_has_overtaken(
    mine: Assignment,
) -> None:
    jot(mine, "Here", 0, window="a")
    jot(mine, "Newer, there", 1, window="b")

    with traces.nothing_left(SavedElsewhere, "Saved"):
        sign(mine, {"remarks": "Here, unsaved", "attempt": "a"}, 1)

    assert stored(mine) == ("Newer, there", 2)


@pytest.mark.parametrize(
    ("words", "attempt", "seen"),
    [
        ("Not saved yet", "a", 2),
        ("Not saved yet", "b", 1),  # the answer to its last save was lost
        ("Two", "a", 0),  # both windows say the same
    ],
)
def test_the_window_that_saved_last_signs(
    mine: Assignment, words: str, attempt: str, seen: int
) -> None:
    jot(mine, "One", 0, window="b")
    jot(mine, "Two", 1, window="b")

    sign(mine, {"remarks": words, "attempt": attempt}, seen)

    assert Assignment.objects.get(pk=mine.pk).state == "reported"
