"""A reviewer whose mouse is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviews import checklist
from reviews.models import Report
from tests import make

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STOPS = 80
HAS_RING = """() => [document.activeElement, ...(document.activeElement.labels ?? [])]
  .some((e) => getComputedStyle(e).outlineStyle !== "none")"""


def walk_to(tab: Page, selector: str) -> None:
    """Press Tab until that element has the focus; every stop on the way is seen."""
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        focus = tab.locator(":focus")
        assert tab.evaluate(HAS_RING), focus.evaluate("(e) => e.outerHTML")
        if focus.evaluate("(e, selector) => e.matches(selector)", selector):
            return
    pytest.fail(f"{STOPS} times Tab, and never at {selector}")


def test_a_review_is_accepted_and_signed_by_keyboard_alone(browsers: Browsing) -> None:
    version = make.under_review(tier="C")
    assignment = version.assignments.get()
    tab = browsers.seat(assignment.reviewer).tab
    tab.goto(assignment.get_absolute_url())

    walk_to(tab, ".skip")
    walk_to(tab, "[name=has_support]")
    tab.keyboard.press("Space")
    walk_to(tab, "form:has([name=has_support]) button")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="Checklist").wait_for()
    for item in checklist.ITEMS:
        walk_to(tab, f"[name=check_{item.code}]")
        tab.keyboard.press("Space")
    walk_to(tab, "[name=vote]")
    tab.keyboard.press("Space")
    walk_to(tab, "[data-signs]")
    tab.keyboard.press("Enter")
    tab.keyboard.type(make.PASSWORD)
    walk_to(tab, "dialog button")
    tab.keyboard.press("Enter")

    tab.get_by_text("Signed and handed in. Thank you.").wait_for()
    report = Report.objects.get()
    assert report.vote == "approve"
    assert report.checklist == {item.code: "yes" for item in checklist.ITEMS}


def test_a_list_is_walked_by_its_keys(browsers: Browsing) -> None:
    author = make.author()
    for question in ("Ants?", "Bees?", "Cats?"):
        make.draft(by=author, question=question)
    tab = browsers.seat(author).tab
    tab.goto("/desk/")
    rows = tab.locator("tbody td:first-child > a")
    listed = rows.all_inner_texts()
    focus = tab.locator(":focus")

    tab.keyboard.press("j")
    walked = [focus.count()]
    walk_to(tab, "tbody tr td > a")
    for key in "jjkj":
        tab.keyboard.press(key)
        walked.append(listed.index(focus.inner_text()))
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")

    assert walked == [0, 1, 2, 1, 2]
    tab.get_by_role("heading", name=listed[2]).wait_for()
