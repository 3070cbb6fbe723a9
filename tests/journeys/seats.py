"""Somebody at a browser: what they click and type, in the words of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests import make

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from editorial.models import User


class Seat:
    """A person and their tab."""

    def __init__(self, tab: Page, user: User) -> None:
        self.tab = tab
        self.user = user

    def sign_in(self) -> None:
        """Come to the desk as a stranger and type e-mail and password."""
        self.tab.goto("/desk/")
        self.type_password()

    def type_password(self) -> None:
        """Fill the page that asks who somebody is."""
        self.fill("Email", self.user.email)
        self.fill("Password", make.PASSWORD)
        self.press("Sign in")

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label; words in brackets after it do not count."""
        name = re.compile(rf"^{re.escape(label)}\s*(\(optional\))?$")
        self.tab.get_by_label(name).locator("visible=true").fill(text)

    def choose(self, group: str, answer: str) -> None:
        within = self.tab.get_by_role("group", name=group, exact=True)
        within.get_by_label(answer, exact=True).check()

    def press(self, button: str) -> int:
        """Press it and wait for the page that answers; give its status."""
        found = self.tab.get_by_role("button", name=button, exact=True)
        with self.tab.expect_navigation(wait_until="domcontentloaded") as answer:
            found.click()
        return answer.value.status

    def take_up(self, question: str, button: str) -> None:
        """Press what stands in the row of that article."""
        row = self.tab.get_by_role("row").filter(has_text=question)
        row.get_by_role("link", name=re.compile(f"^{button}")).click()

    def unfold(self, summary: str) -> Locator:
        """Open what is folded away under these words, or is already; give it."""
        folded = self.tab.locator("details").filter(
            has=self.tab.locator("summary", has_text=re.compile(f"^{summary}$"))
        )
        if folded.first.get_attribute("open") is None:
            folded.locator("summary").first.click()
        return folded

    def another_tab(self) -> Seat:
        """The same person in the same browser, in a second tab."""
        return Seat(self.tab.context.new_page(), self.user)

    @property
    def said(self) -> str:
        """What the page says, with single spaces."""
        return " ".join(self.tab.get_by_role("main").inner_text().split())

    @property
    def heading(self) -> str:
        return self.tab.get_by_role("heading", level=1).inner_text()

    @property
    def told(self) -> list[str]:
        """What the page says has just happened."""
        return self.tab.locator(".messages li").all_inner_texts()

    @property
    def complaints(self) -> list[str]:
        """The sentences of the summary at the top."""
        return self.tab.locator(".errors li").all_inner_texts()
