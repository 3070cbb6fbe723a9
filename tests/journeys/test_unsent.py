"""What an editor types and does not send stands there again, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from tests.journeys.browsing import Browsing
    from tests.journeys.seats import Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = "Please take the dose of the trial, and say for how long."
KEPT = "Object.keys(localStorage)"
WAITS = "Typed here and not saved yet."


def weighed(browsers: Browsing) -> tuple[Seat, Version]:
    """A chief editor at the decision screen of a reviewed version."""
    version = make.under_review(tier="C")
    asked = version.assignments.get()
    make.reported(asked, vote="changes", remarks="The dose first.")
    seat = browsers.seat(make.chief())
    seat.tab.goto(f"/desk/versions/{version.pk}/decide/")
    return seat, version


def letter(seat: Seat, step: str = "return_for_changes") -> str:
    """What stands in the letter of a form that is open."""
    field = seat.tab.locator(f"#{step}-reason").locator("visible=true")
    return field.input_value()


def test_a_letter_outlives_a_look_at_the_text(browsers: Browsing) -> None:
    seat, version = weighed(browsers)
    seat.unfold("Return for changes")
    seat.fill("Letter to the authors", LETTER)
    step = seat.unfold("Return for changes")
    step.get_by_label("Request").nth(1).fill("Add a table.")
    step.get_by_label("It may stay unanswered").nth(1).check()
    seat.tab.get_by_role("link", name="Read the text").click()
    on_the_text = letter(seat)
    seat.tab.goto(f"/desk/versions/{version.pk}/decide/")
    requests = seat.tab.get_by_label("Request").locator("visible=true")
    optional = seat.tab.get_by_label("It may stay unanswered").locator("visible=true")

    assert (on_the_text, letter(seat)) == (LETTER, LETTER)
    assert [field.input_value() for field in requests.all()][:2] == [
        *("The dose first.", "Add a table."),
    ]
    assert [box.is_checked() for box in optional.all()][:2] == [False, True]
    assert seat.press("Return for changes") == 200
    assert seat.told == ["Returned. The author has been told."]
    assert seat.tab.evaluate(KEPT) == []


def test_a_letter_that_was_looked_at_or_came_back_is_kept_too(
    browsers: Browsing,
) -> None:
    seat, version = weighed(browsers)
    seat.unfold("Return for changes")
    seat.fill("Letter to the authors", LETTER)
    seat.press("Preview who gets what")
    seat.tab.goto(version.get_absolute_url())
    previewed = letter(seat)
    seat.unfold("Recommend a decision")
    seat.tab.locator("#recommend-reason").fill("Nearly there.")
    refused = seat.press("Recommend a decision")
    seat.tab.goto(version.get_absolute_url())

    assert (previewed, letter(seat)) == (LETTER, LETTER)
    assert (refused, letter(seat, "recommend")) == (422, "Nearly there.")


def test_words_that_are_thrown_away_are_those_that_were_typed(
    browsers: Browsing,
) -> None:
    seat, _ = weighed(browsers)
    seat.unfold("Return for changes")
    before = letter(seat)
    seat.fill("Letter to the authors", LETTER)
    seat.tab.reload()
    assert seat.tab.get_by_text(WAITS).is_visible()
    seat.tab.get_by_role("button", name="Throw it away").click()

    assert letter(seat) == before
    assert seat.tab.evaluate(KEPT) == []


def test_a_password_is_never_among_what_is_kept(browsers: Browsing) -> None:
    version = make.reviewed(tier="C")
    seat = browsers.seat(make.chief())
    seat.tab.goto(f"/desk/versions/{version.pk}/decide/")
    seat.unfold("Approve and sign")
    seat.fill("Note for the record", "After a call.")
    seat.fill("Your password", make.PASSWORD)
    [kept] = seat.tab.evaluate("Object.values(localStorage)")

    assert "After a call." in kept
    assert make.PASSWORD not in kept
