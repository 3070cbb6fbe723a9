"""The second look before a review is signed: what it shows, and what it lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviews import checklist
from reviews.models import Comment, ReviewDraft
from tests import make
from tests.journeys import doing
from tests.journeys.desks import LATER
from tests.journeys.reviewing import DOSE, Review
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RING = 8
"""Pixels around a field within which its ring is drawn, and some air."""


def test_a_refused_signature_leaves_a_page_that_goes_on_saving(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "not this one")
    assert review.seat.press("Sign and submit") == 422
    review.saved()
    review.tab.get_by_role("button", name="Go on reading").click()
    review.seat.fill("Remarks for the author", "Typed after the refusal.")

    review.state.filter(has_text="Not saved yet").wait_for()
    review.saved()
    draft = ReviewDraft.objects.get().content
    assert (draft["vote"], draft["remarks"]) == ("approve", "Typed after the refusal.")


def test_a_wrong_password_is_told_clear_of_the_ring_around_its_field(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "not this one")
    review.seat.press("Sign and submit")
    field = review.tab.get_by_label("Your password")
    field.focus()
    room = review.tab.locator("dialog .errorlist li").evaluate(
        """(told) => document.activeElement.getBoundingClientRect().top
          - told.getBoundingClientRect().bottom"""
    )

    assert room >= RING


def test_the_second_look_leads_to_what_is_missing_before_the_password(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.seat.choose(checklist.ITEMS[DOSE - 1].text, "no")
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("Before you can sign:").wait_for()
    said = dialog.get_by_role("listitem").all_inner_texts()
    password = review.tab.get_by_label("Your password")
    asked_at_once = password.is_visible()
    dialog.get_by_role("link", name="Say what you found in this passage.").click()
    review.tab.keyboard.type("For how long?")
    row = review.tab.locator("details.note[open]")
    row.locator(".change > summary").click()
    row.get_by_label("Line that fails here").select_option("doses")

    doing.sign(review.seat)
    assert said == [
        f"“{checklist.ITEMS[DOSE - 1].text}” is answered “No”: {checklist.WHERE}",
        "Say what you found in this passage.",
    ]
    assert not asked_at_once
    assert Comment.objects.get().text == "For how long?"


def test_the_second_look_says_how_many_claims_the_tier_asks_for(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    count = review.claims.count()
    asked = review.tab.locator("[data-asked]")
    review.key("n", "Space", "n", "Space", "ArrowLeft")
    on_the_page = asked.inner_text()
    doing.look_twice(review.seat)
    facts = review.tab.get_by_role("dialog").locator("dl").inner_text()

    said = f"1 of {count} checked; tier C asks for {min(count, 5)}"
    assert on_the_page == f"{said}."
    assert said in facts


def test_without_a_connection_nothing_is_signed_until_it_is_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    posted: list[str] = []
    review.tab.on("request", lambda sent: posted.append(sent.method))
    review.tab.context.set_offline(True)
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("No connection: you can sign when it is back.").wait_for()
    review.seat.fill("Your password", make.PASSWORD)
    review.tab.keyboard.press("Enter")
    button = dialog.get_by_role("button", name="Sign and submit")
    offered = button.is_enabled()
    sent = posted.copy()

    review.tab.context.set_offline(False)
    dialog.get_by_text("No connection").wait_for(state="hidden")
    review.seat.press("Sign and submit")
    assert (offered, sent) == (False, [])
    assert review.seat.told == ["Signed and handed in. Thank you."]


def test_a_connection_that_breaks_in_the_second_look_takes_the_button_away(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("Looking once more").wait_for(state="hidden")
    review.tab.context.set_offline(True)

    dialog.get_by_text("No connection: you can sign when it is back.").wait_for()
    assert dialog.get_by_role("button", name="Sign and submit").is_disabled()


def test_the_second_look_of_a_window_that_is_behind_leads_to_both_texts(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(409)
    other = review.seat.another_tab()
    other.tab.goto(review.assignment.get_absolute_url())
    other.fill("Remarks for the author", "In the second window.")
    other.tab.locator("[data-saving]").filter(has_text="Saved at").wait_for(
        timeout=LATER
    )

    doing.look_twice(review.seat)
    see = review.tab.get_by_role("dialog").get_by_role("button", name="See both texts")
    see.wait_for()
    asked = review.tab.get_by_label("Your password").is_visible()
    see.click()
    review.tab.get_by_text("From the other window: In the second window.").wait_for()
    assert not asked


def test_who_is_signed_out_is_told_before_a_password_and_signs_once_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(401)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    review.tab.context.clear_cookies()
    browsers.expected.add(403)
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("You are signed out").wait_for()
    asked = review.tab.get_by_label("Your password").is_visible()

    with review.tab.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    Seat(opened.value, review.seat.user).type_password()
    review.tab.get_by_label("Your password").wait_for(timeout=LATER)
    review.seat.fill("Your password", make.PASSWORD)
    review.seat.press("Sign and submit")
    assert not asked
    assert review.seat.told == ["Signed and handed in. Thank you."]


def test_the_password_is_empty_whenever_the_second_look_opens(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "letters typed meanwhile")
    review.tab.get_by_role("button", name="Go on reading").click()

    doing.look_twice(review.seat)
    assert review.tab.get_by_label("Your password").input_value() == ""


def test_a_refusal_stays_in_sight_and_leads_to_its_field(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    line = checklist.ITEMS[DOSE - 1].text
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", make.PASSWORD)
    review.tab.locator("[name=check_doses][value=no]").evaluate(
        "(line) => { line.checked = true; }"
    )
    assert review.seat.press("Sign and submit") == 422
    review.saved()
    sentence = f"“{line}” is answered “No”: {checklist.WHERE}"
    complaints = review.seat.complaints
    covered = review.tab.get_by_role("dialog").count()
    summary = review.tab.locator(".errors")
    box = summary.bounding_box()

    review.tab.get_by_role("link", name=sentence).click()
    focused = review.tab.evaluate("document.activeElement.name")
    review.key("ArrowLeft")

    assert sentence in complaints
    assert covered == 0
    assert box
    assert 0 <= box["y"] < review.size["height"]
    assert focused == "check_doses"
    assert sentence not in review.seat.complaints
    assert review.tab.url.endswith(review.assignment.get_absolute_url())
