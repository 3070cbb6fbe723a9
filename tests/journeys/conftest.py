"""Browsers to tell a story with, each watched for what breaks behind the page."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.test import Client

from tests.journeys.seats import Seat
from tests.journeys.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from editorial.models import User

    Sit = Callable[..., Seat]


class Open(Protocol):
    """Open a page in a browser of its own; options as Playwright's contexts take them."""

    def __call__(self, **options: Any) -> Page: ...


@pytest.fixture
def open_tab(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Tabs with cookies of their own; whatever any of them complains of is a failure."""
    contexts: list[BrowserContext] = []
    watch = Watch(live_server.url)

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def sit(open_tab: Open, live_server: LiveServer) -> Sit:
    """Seat somebody at a browser of their own, signed in already."""

    def down(user: User, **options: Any) -> Seat:
        tab = open_tab(**options)
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        tab.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url}]
        )
        return Seat(tab, user)

    return down


@pytest.fixture
def photograph(tmp_path: Path) -> Callable[[Page, str], None]:
    """Keep a picture of a whole page, in JOURNEY_SHOTS or with the test's own files."""
    folder = Path(os.environ.get("JOURNEY_SHOTS") or tmp_path / "shots")
    numbers = itertools.count(1)

    def keep(page: Page, name: str, *, width: int = 1280) -> None:
        before = page.viewport_size
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, 0)")
        path = folder / f"{next(numbers):02}-{name}-{width}.png"
        page.screenshot(path=path, full_page=True)
        if before:
            page.set_viewport_size(before)

    return keep
