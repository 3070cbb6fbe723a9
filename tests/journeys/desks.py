"""The writing page as somebody works in it: by its words, its keys and its tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.seats import Seat

LATER = 20_000
SETTLED = """() => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done, 60));
})"""
"""After a key, the browser tells of the new selection in a turn of its own."""


class Desk:
    """The writing page as somebody works in it."""

    def __init__(self, seat: Seat, address: str = "/desk/articles/new/") -> None:
        self.seat = seat
        self.tab = seat.tab
        self.tab.goto(address)
        self.state.filter(has_text=re.compile("saved|Saved")).wait_for()

    @property
    def state(self) -> Locator:
        return self.tab.locator("[data-saving]")

    def text(self, name: str = "body") -> Locator:
        return self.tab.locator(f".field:has(> [name={name}]) .ProseMirror")

    def key(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.tab.evaluate(SETTLED)  # a person is not faster either

    def type(self, *lines: str) -> None:
        for place, line in enumerate(lines):
            if place:
                self.key("Enter")
            self.tab.keyboard.type(line)

    def tool(self, name: str, within: str = "Format: Text") -> Locator:
        bar = self.tab.get_by_role("toolbar", name=within, exact=True)
        return bar.get_by_role("button", name=name, exact=True)

    def cite(self, query: str) -> None:
        self.tab.keyboard.type(f"@{query}")
        works = self.tab.get_by_role("listbox", name="Works to cite")
        works.locator("visible=true").get_by_role("option").first.wait_for()
        said = self.tab.locator(".picker:visible [role=status]")
        said.filter(has_text=re.compile("Enter cites")).wait_for()
        self.key("Enter")

    def saved(self) -> None:
        """Wait until the page says that all of it is saved."""
        self.state.filter(has_text="Saved at").wait_for(timeout=LATER)

    def close_unheard(self) -> None:
        """Close the tab; what it sends while it closes finds nobody signed in."""
        Session.objects.all().delete()
        self.tab.close()

    def written(self, name: str = "body") -> str:
        """What the form would send."""
        self.tab.wait_for_timeout(250)
        return self.tab.locator(f"[name={name}]").input_value()
