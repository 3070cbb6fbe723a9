"""Around the text: what the writing page offers, and how it is used on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from articles.models import Version
from tests import make
from tests.journeys import axe, house
from tests.journeys.desks import LATER, Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 360, "height": 640}


def offered(tab: Page) -> list[str]:
    """The links of the page beside its frame, by their words."""
    links = tab.locator("main a[href]")
    links.filter(has_text=re.compile("^Findings$")).wait_for(state="attached")
    return sorted(links.all_text_contents())


def comes_into_sight(tab: Page, name: str) -> None:
    """Wait until the page has rolled to what has that name."""
    top = "document.getElementById(name).getBoundingClientRect().top"
    tab.wait_for_function(
        f"name => {{ const top = {top}; return top >= 0 && top < innerHeight / 2 }}",
        arg=name,
    )


def test_a_new_article_offers_all_that_an_opened_one_does_from_its_first_save(
    browsers: Browsing, photograph: Callable[..., None]
) -> None:
    desk = Desk(browsers.seat(make.author()))
    before = desk.tab.locator("[data-fresh=references]").inner_text()
    state = desk.state.get_attribute("class")
    photograph(desk.tab, "new")
    desk.tab.get_by_label("Question").fill("Does it help?")
    desk.text().focus()
    desk.type("It never helps.")
    desk.saved()
    desk.type(" Nor does it harm.")
    desk.tab.locator("[data-found] .note").first.wait_for()
    heading, now = desk.seat.heading, offered(desk.tab)
    photograph(desk.tab, "opened")
    photograph(desk.tab, "opened", width=360)
    desk.saved()
    desk.tab.reload()
    desk.tab.locator("[data-found] .note").first.wait_for()

    assert state == "saving waits"
    assert "save first" in before
    assert heading == "Does it help?"
    assert [link for link in now if "from a file" in link]
    assert now == offered(desk.tab)
    assert Version.objects.get().renditions.get().body == (
        "<p>It never helps. Nor does it harm.</p>"
    )


def test_a_phone_shows_how_saving_stands_wherever_one_writes(
    browsers: Browsing,
) -> None:
    author = make.author()
    long = make.BODY + "<p>Another line of it.</p>" * 40
    version = make.draft(by=author, renditions={"clinician": long})
    seat = browsers.seat(author, viewport=SMALL)
    desk = Desk(seat, f"/desk/versions/{version.pk}/edit/")
    desk.text().locator("p").last.click()
    desk.type(" And one more.")
    desk.saved()

    state, tools = (
        desk.tab.locator(name).bounding_box() or {}
        for name in (".saving-bar", ".editing:has(.text:not(.one)) .tools >> nth=0")
    )
    assert 0 <= state["y"] < 2
    assert tools["y"] == pytest.approx(state["y"] + state["height"], abs=1)
    desk.tab.get_by_role("link", name="Findings", exact=True).click()
    comes_into_sight(desk.tab, "findings")


def test_a_phone_is_told_that_there_are_more_buttons(browsers: Browsing) -> None:
    author = make.author()
    version = make.draft(by=author)
    seat = browsers.seat(author, viewport=SMALL)
    desk = Desk(seat, f"/desk/versions/{version.pk}/edit/")
    bar = desk.tab.get_by_role("toolbar", name="Format: Text", exact=True)
    told = "bar => [...bar.classList].filter((name) => /^more/.test(name)).sort()"

    seen = [bar.evaluate(told)]
    for place in ("bar.scrollWidth / 3", "bar.scrollWidth"):
        bar.evaluate(f"bar => {{ bar.scrollLeft = {place} }}")
        desk.tab.wait_for_timeout(100)
        seen.append(bar.evaluate(told))

    assert seen == [["more-after"], ["more-after", "more-before"], ["more-before"]]
    assert desk.tab.get_by_role("tablist").evaluate(told) == ["more-after"]
    desk.tab.set_viewport_size({"width": 1280, "height": 800})
    desk.tab.wait_for_timeout(100)
    assert bar.evaluate(told) == []


def test_what_must_be_answered_is_one_step_from_the_text(
    browsers: Browsing, photograph: Callable[..., None]
) -> None:
    staff = house.staffed()
    draft = Version.objects.get(state="draft", number=2)
    desk = Desk(
        browsers.seat(staff.author, viewport=SMALL), f"/desk/versions/{draft.pk}/edit/"
    )
    jump = desk.tab.locator(".jump").get_by_role("link")
    assert jump.all_inner_texts() == ["To answer: 2", "Findings"]
    photograph(desk.tab, "to-answer", width=360)
    found = axe.violations(desk.tab, 0) + axe.violations(desk.tab, 1)
    desk.tab.set_viewport_size(SMALL)

    jump.first.click()

    comes_into_sight(desk.tab, "to-answer")
    assert found == []


def test_references_are_shown_as_readers_will_see_them(browsers: Browsing) -> None:
    author = make.author()
    name = {"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"}
    item = make.item(author=[name], title="Ants", DOI="10.5555/ants")
    seen = "van den Berg E. Ants. Journal of Psychoceramics. 2024;12:101-109."
    version = make.draft(by=author, references=(make.Reference("ants", item),))
    desk = Desk(browsers.seat(author), f"/desk/versions/{version.pk}/edit/")
    listed = desk.tab.locator(".references li")

    at_first = listed.inner_text()
    desk.seat.unfold("Type one reference")
    desk.seat.fill("Title", "Bees")
    desk.seat.fill("DOI", "10.5555/bees")
    desk.tab.get_by_role("button", name="Add to the references").click()
    desk.saved()
    listed.nth(1).get_by_role("link", name="10.5555/bees").wait_for()
    desk.tab.get_by_role("button", name="Edit reference 1").click()
    desk.seat.fill("Title", "Ants again")
    desk.tab.get_by_role("button", name="Change the reference").click()
    desk.saved()

    assert f"{seen} doi:10.5555/ants" in at_first
    again = listed.first.filter(has_text="van den Berg E. Ants again. J")
    again.get_by_role("link", name="10.5555/ants").wait_for()


def test_an_error_has_the_focus_and_goes_once_it_is_mended(browsers: Browsing) -> None:
    browsers.expected.add(422)
    desk = Desk(browsers.seat(make.author()))
    desk.tab.get_by_role("button", name="Save", exact=True).click()
    summary = desk.tab.get_by_role("alert").filter(has_text="Write the question")
    summary.wait_for()
    assert summary.evaluate("box => box === document.activeElement")

    desk.tab.get_by_label("Question").fill("Does it help?")
    desk.saved()

    assert desk.tab.locator(".errors, .errorlist, .wrong").count() == 0


def test_a_question_that_is_too_long_is_not_cut_and_is_counted(
    browsers: Browsing,
) -> None:
    browsers.expected.add(422)
    desk = Desk(browsers.seat(make.author()))
    pasted = "Does it help a patient who asks? " * 11
    desk.tab.get_by_label("Question").focus()
    desk.tab.keyboard.insert_text(pasted)
    said = "Question: 300 at most; 62 too many."
    desk.state.filter(has_text=said).wait_for(timeout=LATER)
    kept = desk.tab.get_by_label("Question").input_value()
    desk.tab.get_by_label("Question").fill("Does it help?")
    desk.saved()

    assert kept == pasted
    assert Version.objects.get().question == "Does it help?"


def test_works_to_cite_are_shown_below_the_line_and_the_window_makes_room(
    browsers: Browsing,
) -> None:
    author = make.author()
    body = "<p>Said.</p>" * 40
    version = make.draft(by=author, renditions={"clinician": body})
    desk = Desk(browsers.seat(author), f"/desk/versions/{version.pk}/edit/")
    desk.text().click()
    desk.key("Control+End")
    desk.tab.keyboard.type("@tri")
    picker = desk.tab.locator(".picker:visible")
    picker.get_by_role("option").first.wait_for()

    desk.tab.wait_for_timeout(500)
    shown = picker.evaluate(
        """box => {
          const line = getSelection().getRangeAt(0).getBoundingClientRect();
          const { top, bottom } = box.getBoundingClientRect();
          return [line.top >= 0, line.bottom <= top, bottom <= innerHeight];
        }"""
    )

    assert shown == [True, True, True]
