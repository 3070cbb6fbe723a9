"""The editor in a real browser: writing, citing, saving by itself, and losing nothing."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session

from articles.models import Version
from editorial.actions import authoring
from tests import make
from tests.journeys import axe, house
from tests.journeys.browsing import Browsing
from tests.journeys.desks import LATER, Desk
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def drafted(browsers: Browsing, **fields: Any) -> tuple[Desk, Version]:
    author = make.author(name="Josiah Carberry", credentials="MD")
    version = make.draft(by=author, **fields)
    return Desk(browsers.seat(author), f"/desk/versions/{version.pk}/edit/"), version


def body(version: Version) -> str:
    return str(make.again(version).renditions.get(audience=version.audience).body)


def test_an_article_is_written_from_nothing_by_keyboard(browsers: Browsing) -> None:
    ants, bees = (make.item(title=f"{name} in the ear") for name in ("Ants", "Bees"))
    known = (authoring.Reference("a", ants), authoring.Reference("b", bees))
    make.draft(references=known, key_answer="", renditions={})
    desk = Desk(browsers.seat(make.author()))
    desk.tab.get_by_label("Question").fill("Does it help?")

    desk.text("key_answer").focus()
    desk.type("Offer it.")
    desk.cite("ants")
    desk.text().focus()
    desk.type("## Whom to offer it", "Most people.")
    desk.cite("ants carb")
    desk.cite("bees")
    desk.key("Enter")
    desk.type("- Ask first.", "Ask again.")
    desk.key("Enter", "Enter")
    desk.key("Control+Alt+s")
    desk.type("Stop before surgery.")
    desk.key("Enter", "Enter")
    desk.key("Alt+F10", "End")
    focus = desk.tab.locator(":focus")
    assert focus.get_attribute("aria-label") == "Redo"
    desk.saved()

    version = Version.objects.latest("pk")
    first, second = [c.key for c in version.citations.order_by("position")]
    assert desk.tab.url.endswith(f"/desk/versions/{version.pk}/edit/")
    assert version.key_answer == f'Offer it.<cite data-ref="{first}"></cite>'
    assert body(version) == (
        f'<h2>Whom to offer it</h2><p>Most people.<cite data-ref="{first} {second}">'
        "</cite></p><ul><li>Ask first.</li><li>Ask again.</li></ul>"
        '<aside class="safety"><p>Stop before surgery.</p></aside>'
    )


def test_numbers_follow_the_order_of_reading(browsers: Browsing) -> None:
    works = tuple(
        authoring.Reference(key, make.item(title=f"About {key}"))
        for key in ("ant", "bee", "cat", "dog")
    )
    cited = '<p>A.<cite data-ref="ant bee cat dog"></cite> B.<cite data-ref="no"></cite></p>'
    desk, _ = drafted(
        browsers,
        references=works,
        key_answer='Yes.<cite data-ref="cat"></cite>',
        renditions={"clinician": cited},
    )

    assert desk.text().locator(".marker").all_inner_texts() == ["1\N{EN DASH}4", "[?]"]
    desk.text("key_answer").click()
    desk.key("Control+a", "Delete")
    desk.type("Yes. ")
    desk.cite("dog")

    desk.text("key_answer").locator(".marker", has_text="1").wait_for()
    desk.tab.wait_for_timeout(500)
    listed = desk.tab.locator(".references li code").all_inner_texts()
    assert listed == ["dog", "ant", "bee", "cat"]
    assert desk.written("key_answer") == 'Yes.<cite data-ref="dog"></cite>'
    desk.text("key_answer").click()
    desk.key("Control+End")
    desk.type(" ")
    desk.cite("bee")
    assert desk.written("key_answer") == 'Yes.<cite data-ref="dog bee"></cite>'


def test_escape_leaves_the_text_alone_and_undo_takes_a_marker_back(
    browsers: Browsing,
) -> None:
    desk, _ = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.text().click()
    desk.key("Control+End")
    desk.tab.keyboard.type(" @tri")
    box = desk.tab.get_by_role("combobox", name=re.compile("^Text"))
    assert box.get_attribute("aria-expanded") == "true"
    desk.key("Escape")
    assert desk.tab.locator(".picker:visible").count() == 0
    assert desk.written() == "<p>Start. @tri</p>"

    desk.key("Backspace", "Backspace", "Backspace", "Backspace")
    desk.cite("tri")
    assert desk.written() == '<p>Start.<cite data-ref="trial"></cite></p>'
    desk.key("Control+z")

    assert desk.written() == "<p>Start. @tri</p>"
    desk.saved()


def test_a_table_has_headers_and_a_caption(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.text().click()
    desk.tool("Table").click()
    desk.type("Finding")
    desk.key("Tab")
    desk.type("Points")
    desk.key("Tab")
    desk.type("Age")
    desk.key("Tab")
    desk.type("1")
    desk.key("Tab")
    desk.tool("Remove row", "Table in: Text").click()
    desk.tool("Caption", "Table in: Text").click()
    desk.tab.get_by_label("What the table shows").fill("Risk < 5")
    desk.key("Enter")
    desk.saved()

    assert "<table><caption>Risk &lt; 5</caption><thead><tr>" in body(version)
    assert '<th scope="col">Finding</th><th scope="col">Points</th>' in body(version)
    assert "<td>Age</td><td>1</td>" in body(version)


def test_tab_leads_out_of_a_table_and_another_key_adds_a_row(
    browsers: Browsing,
) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    focused = "element => element.contains(document.activeElement)"
    desk.text().click()
    desk.tool("Table").click()
    desk.key("Control+Alt+s", "Tab", "Control+Enter")
    desk.type("Age")
    desk.tool("\N{BLACK UP-POINTING TRIANGLE} Safety call-out").click()
    assert desk.text().locator("tr").count() == 4
    assert desk.text().locator("aside").count() == 0

    desk.key(*["Tab"] * 5)
    assert desk.text().evaluate(focused)
    desk.key("Tab")
    assert not desk.text().evaluate(focused)
    assert desk.text().locator("tr").count() == 4

    desk.text().locator("td").first.click()
    desk.key("Escape", "Tab")
    assert not desk.text().evaluate(focused)
    desk.text().locator("td").first.click()
    desk.key("Escape", "Shift+Tab")
    assert not desk.text().evaluate(focused)
    desk.saved()
    assert "Age" in body(version)


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{}</style>
</head><body><h1 style="mso-outline-level:1">Dose</h1>
<p class="MsoNormal" style="color:red"><b>Give</b> <u>five</u> <span
style="font-family:Arial;font-weight:700">now</span>, <b style="font-weight:normal">then
wait</b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>-</span><![endif]>One</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>-</span><![endif]>Two</p>
<p onclick="x()"><a href="javascript:x()">here</a><img
src="https://example.org/pixel.gif" onerror="x()"><script>window.hit = 1</script></p>
<svg onload="x()"><text>s</text></svg><math><mi>m</mi></math>
<table><tr><td><p>a</p></td><td>b</td></tr></table></body></html>"""


def test_what_is_pasted_comes_out_clean(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": ""})
    desk.text().click()
    paste(desk.text(), WORD)
    desk.text("key_answer").click()
    desk.key("Control+a", "Delete")
    paste(desk.text("key_answer"), "<h2>One</h2><p>two</p><ul><li>three</li></ul>")
    desk.saved()

    assert body(version) == (
        "<h2>Dose</h2><p><strong>Give</strong> five <strong>now</strong>, then wait</p>"
        "<ul><li>One</li><li>Two</li></ul><p>here</p><p>sm</p>"
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )
    assert make.again(version).key_answer == "One two three"
    assert desk.tab.evaluate("window.hit") is None


def paste(into: Locator, html: str) -> None:
    into.evaluate(
        """(element, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          element.dispatchEvent(new ClipboardEvent("paste", {
            clipboardData, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def test_a_rendition_has_its_own_tab(browsers: Browsing) -> None:
    desk, version = drafted(browsers)
    tabs = desk.tab.get_by_role("tab")
    assert tabs.all_inner_texts() == [
        "Clinicians (main text)",
        "Nurses · empty",
        "Students · empty",
        "Patients · empty",
        "Caregivers · empty",
    ]
    tabs.first.focus()
    desk.key("ArrowRight", "ArrowRight", "ArrowRight")
    desk.text("body_patient").click()
    desk.type("You may be offered it.")
    desk.saved()

    patient = make.again(version).renditions.get(audience="patient")
    assert patient.body == "<p>You may be offered it.</p>"
    assert tabs.nth(3).inner_text() == "Patients"


def test_a_reference_is_added_changed_and_removed_by_hand(browsers: Browsing) -> None:
    desk, version = drafted(browsers)
    desk.seat.unfold("Type one reference")
    desk.seat.fill("Title", "A third trial")
    desk.seat.fill("Authors", "Lee JD; World Health Organization")
    desk.seat.fill("Year", "2018")
    desk.tab.get_by_role("button", name="Add to the references").click()
    listed = desk.tab.locator(".references li").last
    assert listed.inner_text().startswith("3\nA third trial, 2018\n")
    desk.tab.get_by_role("button", name="Edit reference 3").click()
    desk.seat.fill("Year", "2019")
    desk.tab.get_by_role("button", name="Change the reference").click()
    desk.saved()

    added = make.again(version).citations.get(key="lee2018").work.csl
    assert added["author"] == [
        {"family": "Lee", "given": "JD"},
        {"literal": "World Health Organization"},
    ]
    assert added["issued"] == {"date-parts": [[2019]]}
    with desk.tab.expect_response("**/save/"):
        desk.tab.get_by_role("button", name="Remove reference 3").click()
    assert make.again(version).citations.count() == 2


@pytest.mark.parametrize("cookies", ["stay", "go"])
def test_a_session_that_ends_mid_sentence_loses_nothing(
    browsers: Browsing, cookies: str
) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    browsers.expected = {401, 403}
    desk.text().click()
    desk.key("Control+End")
    desk.type(" One.")
    desk.saved()
    Session.objects.all().delete()
    if cookies == "go":
        desk.tab.context.clear_cookies()
    desk.type(" Two, and")
    desk.state.filter(has_text="you are signed out").wait_for(timeout=LATER)
    desk.type(" three.")

    with desk.tab.expect_popup() as popup:
        desk.tab.get_by_role(
            "link", name="Sign in in a new tab, then come back here"
        ).click()
    Seat(popup.value, desk.seat.user).type_password()
    popup.value.close()
    desk.saved()

    assert body(version) == "<p>Start. One. Two, and three.</p>"


def test_words_survive_a_closed_tab(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    desk.tab.context.set_offline(True)
    desk.text().click()
    desk.key("Control+End")
    desk.type(" Kept here.")
    desk.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    desk.close_unheard()

    browsers.contexts[-1].set_offline(False)
    seat = browsers.seat(desk.seat.user, browsers.contexts[-1].new_page())
    again = Desk(seat, f"/desk/versions/{version.pk}/edit/")
    assert again.written() == "<p>Start.</p>"
    again.tab.get_by_role("button", name="Take them").click()
    again.saved()

    assert body(version) == "<p>Start. Kept here.</p>"
    again.tab.reload()
    assert again.tab.get_by_role("button", name="Take them").count() == 0


def test_being_offline_is_said_and_mended_by_itself(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    desk.tab.context.set_offline(True)
    desk.text().click()
    desk.key("Control+End")
    desk.type(" On the train.")
    desk.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    desk.tab.context.set_offline(False)
    desk.saved()

    assert body(version) == "<p>Start. On the train.</p>"


def test_two_tabs_are_shown_both_texts(
    browsers: Browsing, photograph: Callable[..., None]
) -> None:
    desk, version = drafted(
        browsers, renditions={"clinician": "<p>Give five.</p><p>Ask again.</p>"}
    )
    browsers.expected = {409}
    other = Desk(desk.seat.another_tab(), desk.tab.url)
    other.text().focus()
    other.key("Control+Home")
    other.tab.wait_for_function(
        "getSelection().anchorOffset === 0"
        " && getSelection().anchorNode.textContent.startsWith('Give')"
    )
    other.type("Now: ")
    other.saved()
    desk.tab.bring_to_front()
    desk.text().focus()
    desk.key("Control+End")
    desk.tab.wait_for_function(
        "getSelection().anchorNode.textContent === 'Ask again.'"
        " && getSelection().anchorOffset > 0"
    )
    desk.type(" Soon.")
    desk.state.filter(has_text="Nothing is lost").wait_for(timeout=LATER)
    desk.tab.get_by_role("button", name="See both texts").click()
    desk.tab.get_by_role("heading", name="Somebody saved before you").wait_for()
    photograph(desk.tab, "conflict")
    assert [e.inner_text().strip() for e in desk.tab.locator("ins").all()] == [
        "Now:",
        "Soon.",
    ]
    found = axe.violations(desk.tab, 0) + axe.violations(desk.tab, 1)
    desk.seat.press("Save what I chose")

    again = Desk(desk.seat, desk.tab.url)
    assert again.tab.get_by_role("button", name="Take them").count() == 0
    assert found == []
    assert body(version) == "<p>Now: Give five.</p><p>Ask again. Soon.</p>"


def test_an_unchanged_page_saves_and_asks_nothing(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": make.BODY + house.TABLE})
    sent = []
    desk.tab.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    desk.text().click()
    desk.key("ArrowDown", "Control+b", "Control+b")
    desk.tab.wait_for_timeout(4_000)
    desk.tab.goto("/desk/")

    assert sent == []
    assert make.again(version).revision == version.revision


def test_a_minute_of_typing_is_saved_a_few_times(browsers: Browsing) -> None:
    desk, _ = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.tab.clock.install()
    sent: list[str] = []
    desk.tab.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    desk.tab.reload()
    desk.text().click()
    for _second in range(60):
        desk.tab.keyboard.type("x")
        desk.tab.clock.run_for(1_000)

    assert 1 <= len(sent) <= 4


HEARD = """([state]) => {
  globalThis.heard = [state.textContent];
  const told = () => heard.push(state.textContent);
  new MutationObserver(told).observe(state, { childList: true });
}"""


def test_saved_is_said_only_while_nothing_waits(browsers: Browsing) -> None:
    desk, _ = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.text().click()
    desk.type("a")
    desk.saved()
    desk.state.evaluate_all(HEARD)
    saved = desk.state.inner_text()

    desk.type("bcd")
    waits = (desk.state.inner_text(), desk.state.get_attribute("class"))
    desk.saved()

    assert waits == ("Not saved yet", "saving waits")
    heard = desk.tab.evaluate("heard")
    assert heard[:3] == [saved, "Not saved yet", "Saving…"]
    assert len(heard) == 4


def test_the_heading_says_the_question_as_it_is_stored(browsers: Browsing) -> None:
    desk, version = drafted(browsers)

    desk.seat.fill("Question", "  Does it   help now? ")
    desk.saved()

    assert desk.tab.locator("[data-question]").text_content() == (
        make.again(version).question
    )


def test_pressing_save_leaves_no_copy_behind(browsers: Browsing) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.text().click()
    desk.key("Control+End", "Enter")
    desk.type("Pressed.")
    desk.tab.wait_for_timeout(600)
    desk.seat.press("Save")

    assert desk.seat.told == ["Saved."]
    assert body(version) == "<p>Start.</p><p>Pressed.</p>"
    again = Desk(desk.seat, desk.tab.url)
    assert again.tab.get_by_role("button", name="Take them").count() == 0


def test_what_was_just_typed_is_saved_before_a_link_is_followed(
    browsers: Browsing,
) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Start.</p>"})
    desk.text().click()
    desk.key("Control+End", "Enter")
    desk.type("Just typed.")
    desk.key("Control+s")
    desk.state.filter(has_text="Saved at").wait_for(timeout=2_000)
    desk.type(" And this.")
    desk.tab.get_by_role("link", name="Look at it as a reader would").click()
    desk.tab.wait_for_url(f"**{version.get_absolute_url()}")

    assert body(version) == "<p>Start.</p><p>Just typed. And this.</p>"


def everything(browsers: Browsing) -> Desk:
    desk, _ = drafted(
        browsers,
        renditions={"clinician": make.BODY + house.TABLE, "patient": make.PATIENT_BODY},
    )
    desk.text().locator("td").first.click()
    return desk


@pytest.mark.parametrize("turn", [0, 1])
def test_axe_finds_nothing_on_the_writing_pages(
    browsers: Browsing, photograph: Callable[..., None], turn: int
) -> None:
    desk = everything(browsers)
    desk.tool("Link").click()
    photograph(desk.tab, "editor")
    photograph(desk.tab, "editor", width=360)
    found = axe.violations(desk.tab, turn)
    desk.text().locator("p").first.click()
    desk.key("End")
    desk.tab.keyboard.type(" @tri")
    desk.tab.locator(".picker:visible li").first.wait_for()
    keep(desk.tab, f"picker-{turn}")
    found += axe.violations(desk.tab, turn)
    desk.tab.goto(desk.tab.url.replace("edit/", "history/"))
    photograph(desk.tab, "history")
    found += axe.violations(desk.tab, turn)

    assert found == []


def keep(tab: Page, name: str) -> None:
    """Keep a picture of what is on the screen."""
    if folder := os.environ.get("JOURNEY_SHOTS"):
        tab.screenshot(path=f"{folder}/{name}.png")


def test_what_is_found_is_told_after_each_save_and_leads_to_its_words(
    browsers: Browsing,
) -> None:
    desk, version = drafted(browsers, renditions={"clinician": "<p>Nothing yet.</p>"})
    found = desk.tab.locator("[data-found] .note")
    before = found.filter(has_text="ABSOLUTE_TERM").count()

    desk.text().focus()
    desk.key("Control+End")
    desk.type(" It never fails.")
    desk.saved()
    told = found.filter(has_text="ABSOLUTE_TERM")
    told.wait_for()
    told.get_by_role("link").click()
    desk.tab.wait_for_function("getSelection().toString()")

    assert before == 0
    selected = desk.tab.evaluate("getSelection().toString()")
    assert selected
    assert selected in "It never fails."
    told.locator("summary").click()
    told.get_by_label("Why it may stay").fill("It is a quotation.")
    told.get_by_role("button", name="Save the reason").click()
    desk.tab.wait_for_load_state()
    answer = version.finding_answers.get()
    assert (answer.code, answer.reason) == ("ABSOLUTE_TERM", "It is a quotation.")
