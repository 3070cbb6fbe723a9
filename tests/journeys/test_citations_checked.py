"""Claims held against their sources, by tap and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviews.models import ReviewDraft
from tests.journeys import doing
from tests.journeys.desks import LATER
from tests.journeys.reviewing import PHONE, Review, again

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_tap_says_that_a_work_supports_its_claim_and_more_only_where_it_does_not(
    browsers: Browsing,
) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)
    first, second = review.claims.all()[:2]
    answers = first.get_by_role("radio", include_hidden=False)
    offered = answers.evaluate_all("(all) => all.map((one) => one.labels[0].innerText)")
    first.get_by_label("supports", exact=True).tap()
    second.get_by_label("does not", exact=True).tap()
    asked = [claim.get_by_label("Where").is_visible() for claim in (first, second)]
    second.get_by_label("Where").fill("p. 412")
    second.get_by_label("supports", exact=True).tap()
    kept = second.get_by_label("Where").is_visible()
    review.saved()

    assert [word.strip() for word in offered] == [
        *("supports", "partly", "does not", "no access"),
    ]
    assert asked == [False, True]
    assert kept
    assert ReviewDraft.objects.get().content.items() >= {
        ("cite-1-verdict", "supports"),
        ("cite-2-verdict", "supports"),
        ("cite-2-locator", "p. 412"),
    }


def test_claims_are_answered_by_key_and_taken_back(browsers: Browsing) -> None:
    review = Review(browsers)
    count = review.claims.count()
    review.key("n", "Space", "n", "ArrowRight", "ArrowRight", "ArrowLeft")
    review.saved()
    answered = review.verdicts
    review.open()
    review.key("n")
    went_on = review.tab.evaluate("document.activeElement.name")
    [first, *_] = review.claims.all()
    first.locator("summary").click()
    first.get_by_role("button", name="Not checked after all").click()
    review.state.filter(has_text="Not saved yet").wait_for()
    review.saved()
    left = review.verdicts
    for _ in range(1, count):
        review.key("n", "Space")

    assert answered == {"cite-1-verdict": "supports", "cite-2-verdict": "partly"}
    assert went_on == "cite-3-verdict"
    assert left == {"cite-2-verdict": "partly"}
    assert not review.tab.get_by_role("link", name="Next unanswered").is_visible()


def test_an_answer_taken_back_stays_so_when_a_copy_is_brought_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    review.key("n", "Space")
    review.saved()
    review.tab.context.set_offline(True)
    [first, *_] = review.claims.all()
    first.locator("summary").click()
    first.get_by_role("button", name="Not checked after all").click()
    review.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    other = review.seat.another_tab()
    review.tab.close()
    review.tab = other.tab
    review.tab.context.set_offline(False)
    review.open()
    review.saved()

    assert review.verdicts == {}


def test_claims_of_a_further_round_are_answered_as_before_by_tap(
    browsers: Browsing,
) -> None:
    review = Review(browsers, again(), viewport=PHONE, has_touch=True)
    count = review.claims.count()
    first, second = review.claims.all()[:2]
    first.get_by_role("button", name="As in my review of version 1").tap()
    told = first.get_by_text("As in your review of version 1").is_visible()
    review.saved()
    one = review.verdicts
    second.get_by_label("partly", exact=True).tap()
    review.tab.get_by_role("button", name="Answer all of them as in my review").tap()
    review.state.filter(has_text="Not saved yet").wait_for()
    review.saved()
    said = review.tab.locator("[data-asked]").inner_text()
    left = review.tab.locator("[data-all-before]").is_visible()

    assert told
    assert one == {"cite-1-verdict": "supports"}
    assert review.verdicts == {
        f"cite-{n}-verdict": "partly" if n == 2 else "supports"
        for n in range(1, count + 1)
    }
    assert (
        f"{count} of {count} checked, {count - 1} as in your review of version 1"
        in said
    )
    assert not left


def test_a_signed_claim_has_the_width_of_its_list(browsers: Browsing) -> None:
    review = Review(browsers)
    doing.report(review.seat, vote="Approve")

    lines = review.tab.get_by_role("region", name="Citations answered").locator("li")
    drawn = lines.evaluate_all(
        """(lines) => lines.map((line) =>
          [line, line.firstElementChild].map((one) => one.getBoundingClientRect().width))"""
    )

    assert drawn
    assert [sentence for _, sentence in drawn] == [line for line, _ in drawn]
