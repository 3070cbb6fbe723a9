"""The review page as a reviewer works in it: by keys, by thumb, and through mishaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session

from reviews import checklist
from reviews.models import Assignment, Comment, Report, ReviewDraft
from tests import make
from tests.journeys import axe, doing
from tests.journeys.desks import LATER
from tests.journeys.reviewing import DOSE, LONG, PHONE, Review, again
from tests.journeys.seats import Seat
from tests.processes import wait_until

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEAR = 8
"""Pixels by which a page may move while its bars are drawn anew."""
SCROLLED = 900
"""Milliseconds after which a page has scrolled, smoothly, to where a link leads."""
OVER = "You vote “Approve” over 1 blocking comment of your own."


def test_a_whole_review_by_keyboard_alone(browsers: Browsing) -> None:
    review = Review(browsers)

    review.key("t", "ArrowRight", "Shift+ArrowRight")
    review.tab.get_by_role("toolbar").wait_for()
    review.key("b")
    review.tab.keyboard.type("Whom, and how much?")
    review.tab.keyboard.press("Shift+Tab")
    for number in range(1, len(checklist.ITEMS) + 1):
        review.key(str(number), "Space")
    review.key("v", "Space")
    review.key("j", "k")
    review.key("s")
    review.tab.get_by_role("dialog").wait_for()
    assert "1, 1 of them blocking" in review.tab.get_by_role("dialog").inner_text()
    review.tab.get_by_label("Your password").wait_for()
    review.tab.get_by_text(OVER).wait_for()
    review.tab.keyboard.type(make.PASSWORD)
    review.tab.keyboard.press("Tab")
    review.tab.keyboard.press("Enter")

    review.tab.get_by_text("Signed and handed in. Thank you.").wait_for()
    report, comment = Report.objects.get(), Comment.objects.get()
    assert report.checklist == {item.code: "yes" for item in checklist.ITEMS}
    assert (report.vote, comment.kind, comment.part) == (
        *("approve", "blocking", "key_answer"),
    )
    assert comment.passage in "Offer it."
    assert comment.text == "Whom, and how much?"


def test_the_text_is_gone_through_by_key_block_by_block(browsers: Browsing) -> None:
    review = Review(browsers)
    keys = ["t", "t", "t", "t", "Shift+T", "ArrowRight", "Shift+ArrowRight"]

    selected = []
    for key in keys:
        review.key(key)
        selected.append(review.tab.evaluate("String(getSelection()).trim()"))
    review.key("c")
    review.tab.keyboard.type("Which?")
    review.tab.keyboard.press("Shift+Tab")
    review.key("t", "t")

    assert selected == [
        *("Offer", "What", "Offer", "Stop", "Offer", "the", "the treatment"),
    ]
    assert review.marks == {"question": ["the treatment"]}
    assert review.tab.evaluate("String(getSelection()).trim()") == "Stop"


def test_a_table_is_gone_through_by_key_like_the_rest(browsers: Browsing) -> None:
    cells = "".join(f"<tr><th>Day {n}</th><td>{n} mg</td></tr>" for n in (1, 2))
    body = f"{make.BODY}<table>{cells}</table><p>Then go on.</p>"
    review = Review(browsers, body=body)

    selected = []
    for key in ("t",) * 7 + ("Shift+T", "Shift+ArrowRight"):
        review.key(key)
        selected.append(review.tab.evaluate("String(getSelection()).trim()"))

    assert selected[4:] == ["Day", "Day", "Then", "Day", "Day 2"]


def test_asked_where_a_line_fails_one_stays_where_one_was_reading(
    browsers: Browsing,
) -> None:
    review = Review(browsers, body=LONG)
    review.tab.mouse.wheel(0, 1200)
    review.tab.wait_for_timeout(SCROLLED)
    line = review.tab.locator("[data-line]").nth(2)
    line.get_by_role("radio", name="no", exact=True).check(force=True)
    here = review.tab.evaluate("scrollY")
    line.get_by_role("button", name="Comment on where it fails").click()
    review.tab.wait_for_timeout(SCROLLED)
    wide = review.tab.evaluate("scrollY") - here

    review.tab.set_viewport_size({"width": 390, "height": 844})
    review.tab.evaluate("scrollTo({ top: 1000, behavior: 'instant' })")
    review.tab.wait_for_timeout(SCROLLED)
    line.get_by_role("button", name="Comment on where it fails").click()
    review.tab.wait_for_timeout(SCROLLED)

    assert here > 0
    assert wide == 0
    assert abs(review.tab.evaluate("scrollY") - 1000) < NEAR


def test_a_comment_made_before_shows_where_a_line_fails_by_one_press(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doses = checklist.ITEMS[DOSE - 1].text
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    review.tab.keyboard.type("For how long?")
    doing.fill_report(review.seat, vote="Changes needed")
    review.seat.choose(doses, "no")
    known = review.tab.get_by_role(
        "button", name="It is comment 1 “Watch for bleeding”"
    )
    known.click()
    focus = review.tab.evaluate("document.activeElement.value")
    left = review.tab.locator("[data-line] .shows").count()
    doing.sign(review.seat)

    comment = Comment.objects.get()
    assert (focus, left) == ("no", 0)
    assert (comment.kind, comment.criterion) == ("blocking", "doses")


def test_the_bar_of_a_review_is_one_row_with_a_request_for_more_time(
    browsers: Browsing,
) -> None:
    assignment = again()
    Assignment.objects.filter(pk=assignment.pk).update(asked_until=assignment.due_at)
    review = Review(browsers, assignment)
    drawn = review.tab.locator(".bar > :visible").evaluate_all(
        """(all) => all.map((one) => one.getBoundingClientRect())
          .map(({ top, height }) => Math.round(top + height / 2))"""
    )

    assert "More time asked for" in review.tab.locator(".bar").inner_text()
    assert max(drawn) - min(drawn) <= 1


def test_a_review_killed_in_the_middle_loses_nothing(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(401)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    review.seat.fill("Remarks for the author", "Saved by itself.")
    review.saved()
    Session.objects.all().delete()
    review.seat.fill("Private note to the editor", "Typed after the session died.")
    review.state.filter(has_text="you are signed out").wait_for(timeout=LATER)
    other = Seat(review.tab.context.new_page(), review.seat.user)
    other.sign_in()
    review.saved()
    review.tab.context.set_offline(True)
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    review.tab.keyboard.type("Typed on a train.")
    review.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    review.tab.close()

    other.tab.context.set_offline(False)
    review.tab = other.tab
    review.open()

    def content() -> dict[str, str]:
        return dict(ReviewDraft.objects.get().content)

    # A page that closes may still send its words; then there is nothing to bring back.
    wait_until(lambda: "Typed on a train." in content().values())
    review.tab.wait_for_function("localStorage.length === 0")
    assert content()["remarks"] == "Saved by itself."
    assert content()["note_to_editor"] == "Typed after the session died."
    assert review.marks == {"blocking": ["Watch for bleeding"]}


def test_two_windows_of_one_review_end_in_a_choice(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(409)
    other = review.seat.another_tab()
    other.tab.goto(review.assignment.get_absolute_url())
    other.fill("Remarks for the author", "In the second window.")
    other.tab.locator("[data-saving]").filter(has_text="Saved at").wait_for(
        timeout=LATER
    )
    review.seat.fill("Remarks for the author", "In the first window.")
    review.tab.get_by_role("button", name="See both texts").click(timeout=LATER)
    review.tab.get_by_label("From the other window").check()
    review.seat.press("Save what I chose")

    assert ReviewDraft.objects.get().content["remarks"] == "In the second window."
    assert (
        review.tab.get_by_label("Remarks for the author").input_value()
        == "In the second window."
    )


def test_a_review_on_a_phone(browsers: Browsing) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)
    review.tab.get_by_role("tab", name="For patients").click()
    review.select("Your doctor may offer you this medicine.")
    review.tab.get_by_role("button", name="Suggestion", exact=True).tap()
    review.tab.keyboard.type("Ask your doctor about this medicine.")
    bar = review.tab.get_by_role("navigation", name="Parts of the review")
    bar.get_by_role("link", name="Checklist").tap()
    doing.fill_report(review.seat, vote="Approve with minor changes")
    review.seat.choose(checklist.ITEMS[DOSE - 1].text, "no")
    review.tab.get_by_role("button", name="Comment on where it fails").tap()
    review.tab.get_by_role("tab", name="For clinicians").click()
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Question", exact=True).tap()
    review.tab.keyboard.type("For how long?")
    bar.get_by_role("button", name="Sign").tap()
    review.seat.fill("Your password", make.PASSWORD)
    review.seat.press("Sign and submit")

    assert review.seat.told == ["Signed and handed in. Thank you."]
    found = Comment.objects.order_by("part")
    assert [(c.part, c.kind, c.passage, c.criterion) for c in found] == [
        ("clinician", "question", "Watch for bleeding", "doses"),
        ("patient", "suggestion", "Your doctor may offer you this medicine.", ""),
    ]
    assert Assignment.objects.get().state == "reported"


def test_the_votes_on_a_phone_are_whole_buttons_for_a_thumb(
    browsers: Browsing,
) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)

    votes = review.tab.get_by_role("group", name="My vote").locator("label")
    drawn = votes.evaluate_all(
        """(labels) => labels.map((label) => {
          const { borderRadius, fontSize } = getComputedStyle(label);
          const { height, left, top } = label.getBoundingClientRect();
          return [borderRadius, fontSize, height >= 44, `${left} ${top}`];
        })"""
    )
    places = [place.split() for *_, place in drawn]

    assert [style for *style, _ in drawn] == [["6px", "16px", True]] * 4
    assert [len({xy[axis] for xy in places}) for axis in (0, 1)] == [2, 2]


def test_on_a_phone_every_part_of_a_review_is_one_tap_away(browsers: Browsing) -> None:
    review = Review(browsers, body=LONG, viewport=PHONE, has_touch=True)
    bar = review.tab.get_by_role("navigation", name="Parts of the review")
    names = bar.locator("a, button").all_inner_texts()

    reached = []
    for link in bar.get_by_role("link").all():
        link.tap()
        place = review.tab.locator(str(link.get_attribute("href")))
        review.tab.wait_for_timeout(SCROLLED)
        box = place.bounding_box()
        reached.append(box is not None and box["y"] < PHONE["height"] / 2)
    review.tab.set_viewport_size({"width": 320, "height": 700})
    right = [one.bounding_box() for one in bar.locator("a, button").all()][-1]

    assert names == ["Text", "Comments", "Checklist", "Citations", "Vote", "Sign"]
    assert reached == [True] * 5
    assert right is not None
    assert right["x"] + right["width"] == 320


def test_a_review_is_saved_soon_after_typing_stops(browsers: Browsing) -> None:
    review = Review(browsers)

    with review.tab.expect_request("**/save/", timeout=2_500):
        review.seat.fill("Remarks for the author", "Soon.")

    review.saved()
    assert ReviewDraft.objects.get().content["remarks"] == "Soon."


def test_axe_finds_nothing_on_the_review_of_a_second_round(browsers: Browsing) -> None:
    review = Review(browsers, again())

    leading = review.tab.locator("main a[href*='/changes/']")
    assert leading.all_inner_texts() == ["See what changed since version 1"]
    assert axe.violations(review.tab) == []


def test_axe_finds_nothing_on_a_review(browsers: Browsing) -> None:
    review = Review(browsers)
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    review.tab.keyboard.type("For how long?")
    review.saved()
    found = axe.violations(review.tab) + axe.violations(review.tab, 1)
    review.open()
    review.tab.get_by_role("button", name="Sign and submit…").click()
    found += axe.violations(review.tab)
    review.open()
    review.tab.get_by_role("button", name="Keys").click()
    found += axe.violations(review.tab)
    review.open()
    doing.report(review.seat, vote="Approve")
    found += axe.violations(review.tab) + axe.violations(review.tab, 1)

    assert found == []
