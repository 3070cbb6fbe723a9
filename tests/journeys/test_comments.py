"""Comments on passages: their cards, the words they stand at, and what they suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from editorial import reports
from reviews.models import ReviewDraft
from tests.journeys import doing
from tests.journeys.reviewing import LONG, PHONE, Review, again

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELD = 200
"""Pixels of width that a comment needs to be written in."""
SUGGESTED = {"Suggestion": "Offer the treatment", "Question": "Watch for bleeding"}


def test_a_key_without_selected_words_asks_for_them_and_opens_no_card(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    asking = review.tab.get_by_text("Select words first", exact=False)
    for key in "cgb":
        review.key(key)
        asking.locator("visible=true").first.wait_for()
    opened = review.tab.locator("details.note:visible").count()

    review.tab.get_by_role("button", name="Add a comment").click()
    review.tab.keyboard.type("A word about the whole.")
    row = review.tab.locator("details.note[open]")

    assert opened == 0
    assert not review.tab.locator(".asking").is_visible()
    assert row.get_by_label("Passage").input_value() == ""
    assert row.get_by_label("What you say of it").input_value() == (
        "A word about the whole."
    )


@pytest.mark.parametrize("size", [PHONE, None], ids=["phone", "desk"])
def test_a_new_card_says_what_it_is_about_and_asks_only_for_its_words(
    browsers: Browsing, size: Any
) -> None:
    review = Review(browsers, **({"viewport": size} if size else {}))
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Question", exact=True).click()
    row = review.tab.locator("details.note[open]")
    fields = row.locator("textarea:visible, select:visible, input:visible")
    asked = fields.evaluate_all("(all) => all.map((one) => one.labels[0].textContent)")
    in_sight = review.writing_is_in_sight()
    focused = review.tab.evaluate("document.activeElement.name")
    head = " ".join(row.locator("summary").first.inner_text().split())
    review.tab.keyboard.type("For how long?")
    row.locator(".change > summary").click()
    row.get_by_label("Kind").select_option("Blocking")
    review.saved()

    assert [label.strip() for label in asked] == ["What you say of it (optional)"]
    assert focused.endswith("-text")
    assert in_sight
    assert head == "You · question no. 1 Watch for bleeding"
    assert review.marks == {"blocking": ["Watch for bleeding"]}


def test_a_suggestion_stands_in_the_text_and_no_place_is_counted_with_it(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    text = review.tab.locator(".reading .text").first
    for kind, words in SUGGESTED.items():
        review.select(words)
        review.tab.get_by_role("button", name=kind, exact=True).click()
        review.tab.keyboard.type(f"{kind}, in other words")
    review.saved()
    marks, shown = review.marks, text.locator("ins").all_inner_texts()
    text.locator("ins").click()
    card = review.tab.locator("details.note:focus-within [name$=-replacement]")
    went_to = card.input_value()
    content = ReviewDraft.objects.get().content
    plain = reports.parts(review.assignment.version)["clinician"]
    doing.report(review.seat, vote="Approve")
    signed = review.tab.locator(".reading ins").all_inner_texts()

    assert shown == signed == ["Suggestion, in other words"]
    assert marks == {
        "instead": ["Offer the treatment"],
        "question": ["Watch for bleeding"],
    }
    assert went_to == "Suggestion, in other words"
    assert content["comment-2-start"] == str(plain.index(SUGGESTED["Question"]))


def test_a_suggestion_that_is_removed_leaves_the_text_as_it_was(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    text = review.tab.locator(".reading .text").first
    before = text.inner_html()
    review.select("Offer the treatment")
    review.tab.get_by_role("button", name="Suggestion", exact=True).click()
    review.tab.keyboard.type("Give it")
    during = text.inner_html()
    review.tab.get_by_role("button", name="Remove").click()
    review.saved()

    assert during != before
    assert text.inner_html() == before
    assert review.marks == {}


@pytest.mark.parametrize("size", [PHONE, {"width": 1024, "height": 768}, None])
def test_the_passage_stays_in_sight_while_a_comment_is_written(
    browsers: Browsing, size: Any
) -> None:
    options = {"viewport": size} if size else {}
    review = Review(browsers, body=LONG, **options)
    kept = [review.write_about(words) for words in ("Offer it.", "Watch for bleeding")]
    review.saved()
    if size:
        review.tab.get_by_role("button", name="Done").click()
    again = review.is_in_sight("Watch for bleeding")

    assert kept == [True, True]
    assert again
    assert review.tab.locator(".raised").count() == 0


def test_a_card_that_stands_over_the_page_has_room_for_its_words(
    browsers: Browsing,
) -> None:
    assignment = again(*("How much of it? " * 20 for _ in range(5)))
    review = Review(browsers, assignment)
    review.select("Offer the treatment")
    review.tab.get_by_role("button", name="Question", exact=True).click()

    card = review.tab.locator("details.note.raised")
    field = card.get_by_label("What you say of it").bounding_box()

    assert field is not None
    assert field["width"] >= FIELD
    assert review.writing_is_in_sight()
