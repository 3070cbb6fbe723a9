"""
A reader finds, reads, looks up and answers back, and no cache keeps an old text from it.

All of it through a cache that many share, in front of the pages as they are sent, with
scripts and without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache as counts

from articles.reading import learning
from config.front import Front
from editorial.actions import publishing
from editorial.models import ReaderReport
from tests import make
from tests.editorial import published
from tests.journeys import shared_cache
from tests.journeys.browsing import browsing
from tests.journeys.shared_cache import FETCHED, HOLDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from articles.models import Version
    from tests.journeys.browsing import Browsing
    from tests.journeys.shared_cache import SharedCache

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODIES = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
ASPIRIN = {
    "question": "Does aspirin help?",
    "key_answer": 'Aspirin helps.<cite data-ref="trial"></cite>',
}
SCRIPTS = pytest.mark.parametrize("scripts", ["with", "without"])


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    counts.clear()
    yield
    counts.clear()


@pytest.fixture
def between(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SharedCache]:
    """What stands between the readers and the house, which sends its pages from below."""
    served = live_server.thread.httpd
    monkeypatch.setattr(served, "application", Front(served.get_app()))
    with shared_cache.before(live_server.url) as found:
        yield found


@pytest.fixture
def readers(browser: Browser, between: SharedCache) -> Iterator[Browsing]:
    with browsing(browser, between.url) as found:
        yield found


@SCRIPTS
def test_a_reader_finds_reads_looks_up_and_answers_back(
    readers: Browsing, scripts: str
) -> None:
    version = make.published(**ASPIRIN, renditions=BODIES)
    learning.learn_new()
    reader = readers.open(java_script_enabled=scripts == "with")

    finds(reader, "asprin", version)
    changes_audience(reader, "Patients", "patient")
    changes_audience(reader, "Clinicians", "clinician")
    follows_a_citation_and_comes_back(reader, by_popover=scripts == "with")
    reports(reader, "The dose is wrong.")

    assert [found.text for found in ReaderReport.objects.all()] == [
        "The dose is wrong."
    ]


def finds(reader: Page, words: str, version: Version) -> None:
    """By a misspelled word, from the start page to the article."""
    reader.goto("/")
    reader.get_by_role("searchbox").fill(words)
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("link", name=version.question).click()
    assert reader.inner_text("h1") == version.question
    assert version.article.get_absolute_url() in reader.url


def changes_audience(reader: Page, label: str, audience: str) -> None:
    choices = reader.get_by_role("navigation", name="Written for")
    choices.get_by_role("link", name=label).click()
    article = reader.locator(f"article[data-audience={audience}]")
    article.wait_for()
    here = choices.locator("[aria-current]")
    assert here.all_inner_texts() == [label]


def follows_a_citation_and_comes_back(reader: Page, *, by_popover: bool) -> None:
    cited = reader.locator(".text a[data-citation]").first
    cited.click()
    if by_popover:
        opened = reader.get_by_role("dialog", name="Reference 1")
        opened.get_by_role("link", name="Go to the reference list").click()
    assert reader.url.endswith("#ref-1")
    place = cited.get_attribute("id")
    reader.locator(f'#ref-1 small a[href="#{place}"]').click()
    assert reader.url.endswith(f"#{place}")


def reports(reader: Page, words: str) -> None:
    reader.get_by_role("link", name="Report an error").click()
    reader.get_by_label("What is wrong?").fill(words)
    reader.get_by_role("button", name="Send to the editors").click()
    assert reader.inner_text("h1") == "Thank you"
    reader.get_by_role("link", name="Back to").click()
    assert reader.locator("article[data-version]").count() == 1


@SCRIPTS
def test_a_new_version_is_there_with_the_very_next_request(
    readers: Browsing, between: SharedCache, scripts: str
) -> None:
    first = make.published(renditions=BODIES)
    path = first.article.get_absolute_url()
    has_scripts = scripts == "with"
    one, other = (readers.open(java_script_enabled=has_scripts) for _ in range(2))

    assert version_at(one, path) == "1"
    assert version_at(other, path) == "1"
    published.revised(first)
    assert version_at(one, path) == "2"
    assert version_at(other, path) == "2"

    assert published.AFTER in one.inner_text("article .text")
    assert between.told[path] == [FETCHED, HOLDS, FETCHED, HOLDS]


def version_at(reader: Page, path: str) -> str | None:
    reader.goto(path)
    return reader.locator("article").get_attribute("data-version")


@SCRIPTS
def test_what_is_taken_down_is_gone_with_the_very_next_request(
    readers: Browsing, between: SharedCache, scripts: str
) -> None:
    shown = make.under_review()
    path = shown.article.get_absolute_url()
    reason = "Readers ask for it."
    publishing.show_preview(shown.article_id, by=make.editor(), reason=reason)
    reader = readers.open(java_script_enabled=scripts == "with")
    answer = reader.goto(path)
    assert answer
    assert answer.status == 200
    assert reader.locator("[data-caution]").count() == 1

    publishing.end_preview(shown.article_id, by=make.editor(), reason=reason)
    answer = reader.goto(path)

    assert answer
    assert answer.status == 404
    assert shown.question not in reader.inner_text("body")
    assert between.told[path][0] == FETCHED
