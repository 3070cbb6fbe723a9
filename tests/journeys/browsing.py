"""Browsers with cookies of their own, each watched for what breaks behind the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client

from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
    )

    from editorial.models import User

BROKEN, MISSING = 500, 400
PATIENCE = 15_000
STATUS_TOLD = "the server responded with a status of"
"""Chromium says so of every answer from 400 on; the tests ask for the status itself."""


class Browsing:
    """
    Opens browsers at one house and notes what any of them complains of.

    Complaints are console messages, script errors, answers of 500, parts of a page
    that are not there, and requests that leave the house. A test that makes trouble
    itself names the statuses it `expected`, or words that are `ignored`.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.ignored: list[str] = []

    def open(self, **options: Any) -> Page:
        """Open a page; options as Playwright's contexts take them."""
        context = self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(PATIENCE)
        context.on("page", self._watch)
        self.contexts.append(context)
        return context.new_page()

    def seat(self, user: User, tab: Page | None = None, **options: Any) -> Seat:
        """Open a page, or take this one, for somebody who is signed in already."""
        tab = tab or self.open(**options)
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        tab.context.add_cookies([{"name": name, "value": value, "url": self.url}])
        return Seat(tab, user)

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        known = [STATUS_TOLD, *self.ignored]
        if not any(words in message.text for words in known):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:")):
            self.complaints.append(f"left the house for {request.url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status in self.expected:
            return
        if response.status >= (BROKEN if is_page else MISSING):
            self.complaints.append(f"{response.status} for {response.url}")


@contextmanager
def browsing(browser: Browser, url: str) -> Iterator[Browsing]:
    found = Browsing(browser, url)
    yield found
    found.close()
    assert found.complaints == []
