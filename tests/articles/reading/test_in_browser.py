"""The public pages in a real browser: accessible, narrow, dark, remembered, popped up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from articles.glossary import TermText
from tests import make
from tests.editorial.actions.test_defining import approved

if TYPE_CHECKING:
    from articles.models import Version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
OVERFLOWING = """() => [...document.querySelectorAll("body *")]
  .filter((e) => !e.closest(".vh, .skip, .scroll, .table"))
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 80))"""
Open = Callable[[], Tab]


@pytest.fixture
def version() -> Version:
    return make.published(renditions=BOTH)


def findings(tab: Tab) -> list[tuple[str, str, list[Any]]]:
    found = Axe().run(tab).response["violations"]
    return [
        (tab.url, rule["id"], [node["html"][:80] for node in rule["nodes"]])
        for rule in found
    ]


def test_a_choice_of_audience_is_remembered_in_the_browser(
    new_page: Open, version: Version
) -> None:
    other = make.published(renditions=BOTH)
    tab = new_page()
    tab.goto(f"/articles/{version.article.slug}/")
    tab.get_by_role("link", name="Patients").click()

    tab.goto(f"/articles/{other.article.slug}/")
    offer = tab.locator(".offer")

    assert offer.inner_text() == (
        "You chose Patients last time: read this for patients. Forget my choice"
    )
    offer.get_by_role("link").click()
    assert tab.url.endswith(f"/articles/{other.article.slug}/for/patient/")
    assert tab.locator(".offer").count() == 0
    assert tab.context.cookies() == []


def test_a_choice_can_be_forgotten(new_page: Open, version: Version) -> None:
    path = f"/articles/{version.article.slug}/"
    tab = new_page()
    tab.goto(path)
    tab.get_by_role("link", name="Patients").click()
    tab.goto(path)

    tab.get_by_role("button", name="Forget my choice").click()
    tab.goto(path)

    assert tab.locator(".offer").count() == 0


def test_a_citation_opens_its_reference_and_gives_the_focus_back(
    new_page: Open, version: Version
) -> None:
    tab = new_page()
    tab.goto(f"/articles/{version.article.slug}/")
    cited = tab.locator(".text a[data-citation]").first
    cited.focus()

    cited.press("Enter")

    opened = tab.get_by_role("dialog", name="Reference 1")
    assert "Journal of Psychoceramics" in opened.inner_text()
    assert findings(tab) == []
    tab.keyboard.press("Escape")
    assert not opened.is_visible()
    assert cited.evaluate("(link) => link === document.activeElement")


def test_no_script_puts_a_link_there_that_leads_nowhere(
    new_page: Open, version: Version
) -> None:
    tab = new_page()
    tab.goto(f"/articles/{version.article.slug}/", wait_until="networkidle")
    nowhere = tab.locator("a:not([href])")

    assert nowhere.count() == 0
    tab.locator(".text a[data-citation]").first.click()
    assert tab.get_by_role("dialog", name="Reference 1").is_visible()
    assert nowhere.count() == 0


def test_a_citation_is_a_link_where_no_script_runs(
    browser: Any, live_server: Any, version: Version
) -> None:
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    ) as context:
        tab = context.new_page()
        tab.goto(f"/articles/{version.article.slug}/")

        tab.locator(".text a[data-citation]").first.click()

        assert tab.url.endswith("#ref-1")


@pytest.fixture
def explained() -> Version:
    """An article with a term in its text for patients."""
    approved(TermText("operation", "A doctor cuts to treat.", ("operations",)))
    return make.published(renditions=BOTH)


def test_a_term_opens_what_it_means_and_gives_the_focus_back(
    new_page: Open, explained: Version
) -> None:
    tab = new_page()
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(f"/articles/{explained.article.slug}/for/patient/")
    term = tab.locator(".text a.term")
    term.focus()

    term.press("Enter")

    opened = tab.get_by_role("dialog", name="Term operation")
    assert opened.inner_text().split("\n")[:2] == [
        "operation",
        "A doctor cuts to treat.",
    ]
    assert findings(tab) == []
    assert tab.evaluate(OVERFLOWING) == []
    opened.get_by_role("link", name="Go to the list of terms").click()
    assert tab.url.endswith("#term-1")
    tab.get_by_role("link", name="Back to operation in the text").click()
    assert tab.url.endswith("#term-at-1")
    term.click()
    tab.keyboard.press("Escape")
    assert not opened.is_visible()
    assert term.evaluate("(link) => link === document.activeElement")


def test_a_term_is_a_link_where_no_script_runs(
    browser: Any, live_server: Any, explained: Version
) -> None:
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    ) as context:
        tab = context.new_page()
        tab.goto(f"/articles/{explained.article.slug}/for/patient/")

        tab.locator(".text a.term").click()
        assert tab.url.endswith("#term-1")
        assert "A doctor cuts to treat." in tab.locator("#term-1").inner_text()
        tab.get_by_role("link", name="Back to operation in the text").click()
        assert tab.url.endswith("#term-at-1")
        tab.get_by_role("link", name="In the glossary: operation").click()
        assert tab.url.endswith("/glossary/#operation")
        assert tab.locator("#operation").is_visible()


@pytest.mark.usefixtures("explained")
def test_the_glossary_can_be_read_by_everybody(new_page: Open) -> None:
    tab = new_page()
    tab.set_viewport_size({"width": 320, "height": 900})

    tab.goto("/glossary/")

    assert findings(tab) == []
    assert tab.evaluate(OVERFLOWING) == []


def test_whoever_is_led_to_another_text_is_told(
    new_page: Open, version: Version
) -> None:
    tab = new_page()

    tab.goto(f"/articles/{version.article.slug}/for/caregiver/")

    assert tab.url.endswith("/for/patient/#instead-of-caregiver")
    told = tab.locator(".only-when-targeted:visible")
    assert told.all_inner_texts() == [
        "There is no text for caregivers yet. This one, for patients, is the nearest."
    ]


def test_print_keeps_caution_status_and_references(
    new_page: Open, version: Version
) -> None:
    tab = new_page()
    tab.goto(f"/articles/{version.article.slug}/")

    tab.emulate_media(media="print")

    assert tab.locator(".status").is_visible()
    assert tab.locator(".refs").is_visible()
    assert not tab.locator(".top").is_visible()
    assert not tab.locator(".side").is_visible()


def test_the_policy_has_nothing_against_the_data_of_a_page(
    new_page: Open, version: Version
) -> None:
    """A script in its place would be stopped, and `new_page` would hear of it."""
    tab = new_page()

    response = tab.goto(f"/articles/{version.article.slug}/")

    assert response
    assert "'unsafe-inline'" not in response.headers["content-security-policy"]
    assert tab.locator("script[type='application/ld+json']").count() == 1
