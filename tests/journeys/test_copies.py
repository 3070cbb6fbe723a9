"""The copies of unsaved words that a browser keeps: one spoils no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial.actions import authoring
from tests import make
from tests.journeys.desks import LATER, Desk

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COPY = "Object.entries(localStorage).filter(([key]) => key.endsWith(':new'))"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
KEEP = """async () => {
  const [{ form, written }, copies] = await Promise.all([
    import("desk/page"), import("desk/copies"),
  ]);
  copies.keep(copies.named(form.dataset.user, form.dataset.version), written());
}"""
COPIED = 800
"""Milliseconds after which a key typed has been copied, at the latest."""


def test_a_copy_that_cannot_be_read_hides_no_other(browsers: Browsing) -> None:
    author = make.author(name="Josiah Carberry", credentials="MD")
    version = make.draft(by=author, renditions={"clinician": "<p>Start.</p>"})
    address = f"/desk/versions/{version.pk}/edit/"
    desk = Desk(browsers.seat(author), address)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    desk.tab.context.set_offline(True)
    desk.text().click()
    desk.key("Control+End")
    desk.type(" Kept here.")
    desk.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    desk.tab.evaluate("localStorage.setItem('draft:0:new', '{')")
    desk.close_unheard()

    browsers.contexts[-1].set_offline(False)
    again = Desk(browsers.seat(author, browsers.contexts[-1].new_page()), address)
    again.tab.get_by_role("button", name="Take them").click()
    again.saved()

    assert again.written() == "<p>Start. Kept here.</p>"
    assert again.tab.evaluate(COPY) == []


def test_what_was_saved_is_not_kept_and_never_offered_again(browsers: Browsing) -> None:
    known = authoring.Reference("a", make.item(title="Cracked pots in the wild"))
    make.draft(references=(known,))
    author = make.author(name="Josiah Carberry", credentials="MD")
    desk = Desk(browsers.seat(author))
    desk.seat.fill("Question", "Should cracked pots be glazed twice?")
    desk.saved()
    desk.text().focus()
    desk.type("## What is known", "The crack did not return.")
    desk.cite("cracked")
    with desk.tab.expect_response(lambda r: r.request.method == "POST"):
        desk.key("Control+s")
    desk.saved()
    desk.tab.wait_for_timeout(COPIED)

    assert desk.tab.evaluate(KEPT) == []
    desk.tab.evaluate(KEEP)
    desk.tab.reload()
    desk.state.filter(has_text="All saved").wait_for()
    assert desk.tab.get_by_role("region", name="Unsaved words").count() == 0
    assert desk.tab.evaluate(KEPT) == []
