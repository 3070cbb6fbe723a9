"""From the e-mail to a signed review: every click and every keystroke is counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from editorial import mails, rules
from reviews import checklist
from reviews.models import Assignment, Report
from tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.journeys.browsing import Browsing

    Told = Callable[[str, object], None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SIGN = {1280: "Sign and submit…", 390: "Sign"}
STOPS = 12
CLAIMS = "[data-check]"


class Hands:
    """What somebody does with a mouse, a thumb or the keys, counted."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.clicks = self.keys = 0

    def click(self, found: Locator) -> None:
        found.click()
        self.clicks += 1

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        self.tab.keyboard.type(words)
        self.keys += len(words)

    def open_mail(self, link: str) -> None:
        self.tab.goto(link)
        self.clicks += 1

    def reach(self, selector: str) -> None:
        """Past what every page has at its top, and on by Tab to that place."""
        self.press("Tab", "Enter")
        self.tab_to(selector)

    def tab_to(self, selector: str) -> None:
        for _ in range(STOPS):
            self.press("Tab")
            focus = self.tab.locator(":focus")
            if focus.evaluate("(e, selector) => e.matches(selector)", selector):
                return
        pytest.fail(f"{STOPS} times Tab, and never at {selector}")

    @property
    def told(self) -> str:
        return f"{self.clicks} clicks and {self.keys} keystrokes"


@pytest.fixture
def asked(settings: Any, live_server: Any) -> Assignment:
    """Somebody who is invited by mail."""
    settings.SITE_URL = live_server.url
    return make.under_review(tier="C").assignments.select_related("reviewer").get()


def link(asked: Assignment, box: list[Any]) -> str:
    """The one address in the mail that invites them."""
    mails.deliver()
    [body] = [str(m.body) for m in box if m.to == [asked.reviewer.email]]
    [address] = re.findall(r"https?://\S+", body)
    return str(address)


def typed(asked: Assignment) -> int:
    """The characters that nobody is spared: e-mail and password, and it again to sign."""
    return len(asked.reviewer.email) + 2 * len(make.PASSWORD)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_by_mouse_or_thumb(
    browsers: Browsing,
    asked: Assignment,
    mailoutbox: list[Any],
    size: Any,
    record_property: Told,
) -> None:
    tab = browsers.open(viewport=size, has_touch=size is PHONE)
    hands = Hands(tab)

    hands.open_mail(link(asked, mailoutbox))
    hands.click(tab.get_by_label("Email"))
    hands.type(asked.reviewer.email)
    hands.press("Tab")
    hands.type(make.PASSWORD)
    hands.press("Enter")
    support = tab.get_by_role("group", name="Support for this work", exact=True)
    hands.click(support.get_by_label("none", exact=True))
    hands.click(tab.get_by_role("button", name="Accept and read the text"))
    for item in checklist.ITEMS:
        line = tab.get_by_role("group", name=item.text, exact=True)
        hands.click(line.get_by_label("yes", exact=True))
    claims = tab.locator(CLAIMS).all()
    for claim in claims:
        hands.click(claim.get_by_label("supports", exact=True))
    vote = tab.get_by_role("group", name="My vote", exact=True)
    hands.click(vote.get_by_label("approve", exact=True))
    sign = tab.get_by_role("button", name=SIGN[size["width"]], exact=True)
    hands.click(sign)
    hands.click(tab.get_by_label("Your password"))
    hands.type(make.PASSWORD)
    hands.press("Enter")

    tab.get_by_text("Signed and handed in. Thank you.").wait_for()
    record_property("told", f"from the e-mail to a signed review: {hands.told}")
    assert Report.objects.get().vote == "approve"
    assert rules.the_citations_are_checked(make.again(asked.version)) is None
    assert hands.clicks <= 7 + len(checklist.ITEMS) + len(claims)
    assert hands.keys - typed(asked) <= 3


def test_by_keyboard_alone(
    browsers: Browsing,
    asked: Assignment,
    mailoutbox: list[Any],
    record_property: Told,
) -> None:
    tab = browsers.open(viewport=WIDE)
    hands = Hands(tab)

    hands.open_mail(link(asked, mailoutbox))
    hands.reach("[name=login]")
    hands.type(asked.reviewer.email)
    hands.press("Tab")
    hands.type(make.PASSWORD)
    hands.press("Enter")
    tab.get_by_role("heading", name="Accept").wait_for()
    hands.reach("[name=has_support]")
    hands.press("Space", "Tab", "Tab", "Enter")
    tab.locator("[data-saving]").filter(has_text="saved").wait_for()
    claims = tab.locator(CLAIMS).count()
    for number in range(1, len(checklist.ITEMS) + 1):
        hands.press(str(number), "Space")
    for _ in range(claims):
        hands.press("n", "Space")
    hands.press("v", "Space", "s")
    tab.get_by_role("dialog").wait_for()
    hands.type(make.PASSWORD)
    hands.press("Enter")

    tab.get_by_text("Signed and handed in. Thank you.").wait_for()
    record_property("told", f"from the e-mail to a signed review, by key: {hands.told}")
    assert Report.objects.get().vote == "approve"
    assert rules.the_citations_are_checked(make.again(asked.version)) is None
    assert hands.clicks == 1
    assert hands.keys - typed(asked) <= 19 + 2 * len(checklist.ITEMS) + 2 * claims
