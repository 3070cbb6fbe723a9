"""Browsers to tell a story with, each watched for what breaks behind the page."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from editorial import printouts
from tests.journeys import house
from tests.journeys.browsing import Browsing, browsing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def browsers(browser: Browser, live_server: LiveServer) -> Iterator[Browsing]:
    """Browsers for the people of this test; any complaint of theirs is a failure."""
    with browsing(browser, live_server.url) as found:
        yield found


@pytest.fixture
def library(transactional_db: None, tmp_path: Path) -> None:
    """The demonstration library, and what it does not show."""
    house.open_library(tmp_path / "password")


@pytest.fixture
def on_paper(settings: Any) -> None:
    settings.PDF = True


@pytest.fixture
def printed(on_paper: None, library: None) -> None:
    """The library, with its articles on paper also."""
    printouts.make_due(until=float("inf"))
    assert printouts.waiting() == 0


@pytest.fixture
def photograph(tmp_path: Path) -> Callable[[Page, str], None]:
    """
    Keep a picture of a page with the test's own files.

    With JOURNEY_SHOTS it is the whole page, at the width asked for, in that folder.
    """
    given = os.environ.get("JOURNEY_SHOTS")
    folder = Path(given or tmp_path / "shots")
    numbers = itertools.count(1)

    def keep(page: Page, name: str, *, width: int = 1280) -> None:
        path = folder / f"{next(numbers):02}-{name}-{width}.png"
        if not given:
            page.screenshot(path=path)
            return
        before = page.viewport_size or {"width": 1280, "height": 720}
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=path, full_page=True)
        page.set_viewport_size(before)

    return keep
