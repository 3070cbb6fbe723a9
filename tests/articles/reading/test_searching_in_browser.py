"""The search in a real browser: from the box to the article, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.reading import learning
from tests import make

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT: Any = {
    "question": "Does aspirin help?",
    "key_answer": 'Aspirin helps.<cite data-ref="trial"></cite>',
    "renditions": {"clinician": make.BODY, "patient": make.PATIENT_BODY},
}


def searches(tab: Tab) -> str:
    """From the start page by a misspelled word to the article; its heading."""
    tab.goto("/")
    tab.get_by_role("searchbox", name="Search the approved articles").fill("asprin")
    tab.keyboard.press("Enter")
    tab.get_by_text("Narrow it down").click()
    tab.get_by_label("Written for").select_option("Patients")
    tab.get_by_role("button", name="Search").click()
    tab.wait_for_url("**/search/?q=asprin&topic=&audience=patient&standing=&since=")
    assert "“aspirin” was looked for instead" in tab.inner_text("main")
    assert tab.get_by_label("Written for").input_value() == "patient"
    tab.get_by_role("link", name="Does aspirin help?").click()
    tab.wait_for_url("**/for/patient/")
    return tab.inner_text("h1")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_finds_an_article_with_scripts_and_without(
    scripts: bool,  # noqa: FBT001
    browser: Any,
    live_server: Any,
) -> None:
    make.published(**TEXT)
    learning.learn_new()

    with browser.new_context(
        base_url=live_server.url, java_script_enabled=scripts
    ) as context:
        assert searches(context.new_page()) == "Does aspirin help?"


def test_an_article_leads_to_the_search_by_its_box(
    browser: Any, live_server: Any
) -> None:
    version = make.published(**TEXT)

    with browser.new_context(base_url=live_server.url) as context:
        tab = context.new_page()
        tab.goto(f"/articles/{version.article.slug}/")
        tab.get_by_role("searchbox", name="Search the articles").fill("aspirin")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/search/?q=aspirin")

        assert tab.locator(".listing > li").count() == 1
