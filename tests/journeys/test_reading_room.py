"""A reader looks back, takes a citation along and reports an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.utils import timezone

from editorial.models import ReaderReport
from tests import make
from tests.editorial import published
from tests.journeys import axe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from articles.models import Version
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LARGEST = 100_000


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def article() -> Version:
    bodies = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    first = make.published(renditions=bodies)
    make.published()
    revised = bodies["clinician"].replace(published.BEFORE, published.AFTER)
    return published.revised(first, renditions=bodies | {"clinician": revised})


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_reader_looks_back(
    browsers: Browsing,
    article: Version,
    photograph: Callable[..., None],
    scripts: str,
) -> None:
    reader = browsers.open(java_script_enabled=scripts == "with")
    look = LOOKED_AT[scripts]
    reader.goto(article.article.get_absolute_url())
    reader.get_by_role("link", name="Every public version").click()

    reader.get_by_role("link", name="What changed since version 1").click()
    assert "1 negation changed." in reader.inner_text("main")
    look(reader, photograph, "changes")

    reader.go_back()
    reader.get_by_label("What did this page say on").fill(str(timezone.now().date()))
    reader.get_by_role("button", name="Show that text").click()
    assert reader.locator("article").get_attribute("data-version") == "2"
    assert reader.locator(".notice").first.get_attribute("data-as-of")
    look(reader, photograph, "day")

    reader.get_by_role("link", name="version 1", exact=True).click()
    assert "A newer version exists" in reader.inner_text("article .notice")
    look(reader, photograph, "exact")


@pytest.mark.parametrize("scripts", ["with", "without"])
def test_a_reader_reports_an_error(
    browsers: Browsing,
    article: Version,
    photograph: Callable[..., None],
    scripts: str,
) -> None:
    reader = browsers.open(java_script_enabled=scripts == "with")
    look = LOOKED_AT[scripts]
    reader.goto(article.article.get_absolute_url())
    reader.get_by_role("link", name="Report an error").click()

    reader.get_by_label("What is wrong?").fill("Mr Brown, 54 had the wrong dose.")
    look(reader, photograph, "report")
    reader.get_by_role("button", name="Send to the editors").click()
    assert "Nothing has been stored." in reader.inner_text(".errors")
    assert not ReaderReport.objects.exists()
    look(reader, photograph, "refused")

    reader.get_by_label("What is wrong?").fill("The dose is wrong.")
    reader.get_by_role("button", name="Send to the editors").click()
    assert reader.inner_text("h1") == "Thank you"
    assert ReaderReport.objects.get().text == "The dose is wrong."


def test_what_is_cited_can_be_copied_or_selected(
    browsers: Browsing, article: Version, photograph: Callable[..., None]
) -> None:
    path = article.article.get_absolute_url()
    plain = browsers.open(java_script_enabled=False)
    plain.goto(path)
    plain.get_by_text("As a reference").click()
    words = plain.locator("[data-copy]").all_inner_texts()
    assert len(words) == 3
    assert plain.get_by_role("button", name="Copy").count() == 0

    reader = browsers.open(permissions=["clipboard-read", "clipboard-write"])
    reader.goto(path)
    reader.get_by_text("As a reference").click()
    reader.get_by_role("button", name="Copy").nth(1).click()
    reader.get_by_text("Copied").wait_for()
    assert reader.evaluate("navigator.clipboard.readText()") == words[1]
    seen(reader, photograph, "article")


def seen(reader: Page, photograph: Callable[..., None], name: str) -> None:
    """Small, free of faults at every width and in both schemes, and photographed."""
    assert len(reader.content().encode()) < LARGEST
    for width in (360, 1280):
        photograph(reader, name, width=width)
    assert axe.everywhere(reader) == []
    reader.set_viewport_size({"width": 1280, "height": 900})


def glanced_at(_reader: Page, _photograph: Callable[..., None], _name: str) -> None:
    """Where no scripts run, axe does not either."""


LOOKED_AT = {"with": seen, "without": glanced_at}
