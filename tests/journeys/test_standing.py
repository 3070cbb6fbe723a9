"""An article stopped from a phone and let go by two; a text taken back by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Notice
from tests import make, traces
from tests.journeys import axe
from tests.journeys.reviewing import PHONE

if TYPE_CHECKING:
    from articles.models import Version
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPTS = pytest.mark.parametrize("scripts", ["with", "without"])
WORDS = "The dose is ten times that of the trial."


def path_of(version: Version) -> str:
    return f"/articles/{version.article.slug}/"


@SCRIPTS
def test_one_member_stops_it_on_a_phone_and_two_let_it_go(
    browsers: Browsing, scripts: str
) -> None:
    version = make.published()
    member = browsers.seat(
        make.reviewer(),
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        java_script_enabled=scripts == "with",
    )
    reader = browsers.open()

    member.tab.goto(path_of(version))
    member.tab.get_by_role("link", name="stop it here").tap()
    member.fill("What could harm somebody", WORDS)
    member.press("Put on hold at once")

    assert member.told == ["On hold. Readers see it now."]
    reader.goto(path_of(version))
    alarm = reader.locator("[data-notice=held]")
    assert WORDS in alarm.inner_text()
    assert not reader.get_by_text("Watch for bleeding").first.is_visible()
    reader.get_by_text("Show the text that was stopped").click()
    assert reader.get_by_text("Watch for bleeding").first.is_visible()

    chief, other = browsers.seat(make.chief()), browsers.seat(make.reviewer())
    chief.tab.goto("/desk/")
    chief.take_up(version.question, "Settle it")
    chief.unfold("Release it")
    chief.fill("The notice, as readers see it", "The dose is right after all.")
    form = chief.tab.locator("#release")
    form.get_by_label("The doubts were not confirmed").check()
    form.get_by_label("The authors agree with this notice").check()
    chief.fill("Your password", make.PASSWORD)
    form.get_by_role("button", name="Sign and propose it").click()
    chief.tab.wait_for_load_state()
    reader.reload()
    assert alarm.count() == 1

    other.tab.goto(f"/desk/articles/{version.article_id}/standing/")
    other.fill("Your password", make.PASSWORD)
    other.press("Sign and issue the notice")

    reader.reload()
    assert alarm.count() == 0
    assert reader.get_by_text("Watch for bleeding").first.is_visible()
    links = reader.locator("[aria-labelledby=notices] a").all_inner_texts()
    assert links == ["Hold released", "Hold"]
    assert traces.problems() == []


@SCRIPTS
def test_two_people_retract_a_text_in_two_browsers(
    browsers: Browsing, scripts: str
) -> None:
    version = make.published()
    asked = {"java_script_enabled": scripts == "with"}
    first = browsers.seat(make.editor(), **asked)
    second = browsers.seat(make.chief(), **asked)

    first.tab.goto(version.get_absolute_url())
    first.tab.get_by_role("link", name="Standing and notices").click()
    first.unfold("Retract")
    form = first.tab.locator("#retract")
    form.get_by_label("The notice, as readers see it").fill(WORDS)
    form.get_by_label("Errors in data").check()
    form.get_by_label("The authors asked for this notice").check()
    form.get_by_label("The authors and the editors").check()
    form.get_by_label("Your password").fill(make.PASSWORD)
    form.get_by_role("button", name="Sign and propose it").click()
    first.tab.wait_for_load_state()
    assert first.told == [
        "Signed. It is issued once a second person has signed it too."
    ]
    assert make.article(version).standing == "published"

    second.tab.goto("/desk/")
    second.take_up(version.question, "Settle it")
    assert WORDS in second.said
    second.fill("Your password", make.PASSWORD)
    second.press("Sign and issue the notice")

    reader = browsers.open()
    for tail in ("", "versions/1/", "versions/"):
        reader.goto(path_of(version) + tail)
        assert reader.title().count("RETRACTED: ") == 1
        assert WORDS in reader.locator("[data-notice=retracted]").inner_text()
    reader.get_by_role("link", name="The notice, and who signed it").click()
    said = reader.get_by_role("main").inner_text()
    assert all(seat.user.printed_name in said for seat in (first, second))
    reader.goto("/corrections/")
    assert Notice.objects.get().get_absolute_url() in reader.content()
    assert traces.problems() == []


@pytest.mark.parametrize("standing", ["concern", "held", "retracted", "removed"])
def test_axe_has_nothing_to_say_of_a_notice(browsers: Browsing, standing: str) -> None:
    version = make.published()
    make.STAND[standing](version)
    browsers.expected.add(410)
    chief = browsers.seat(make.chief()).tab
    below = ("", "notices/1/", "versions/1/")
    pages = [path_of(version) + tail for tail in below]
    if standing != "removed":
        make.proposed(version, "remove")
    found = []

    for turn, page in enumerate(
        (*pages, "/corrections/", f"/desk/articles/{version.article_id}/standing/")
    ):
        chief.goto(page)
        found += axe.violations(chief, turn)

    assert found == []


def test_axe_has_nothing_to_say_of_the_forms(browsers: Browsing) -> None:
    version = make.published()
    chief = browsers.seat(make.chief()).tab

    chief.goto(f"/desk/articles/{version.article_id}/standing/")

    assert axe.everywhere(chief) == []
