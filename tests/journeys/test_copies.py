"""The copies of unsaved words that a browser keeps: one spoils no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.journeys.desks import LATER, Desk

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COPY = "Object.entries(localStorage).filter(([key]) => key.endsWith(':new'))"


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
