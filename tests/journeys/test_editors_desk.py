"""The editor's desk: many rows at once, tried before they are done; filters that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import roles
from editorial.models import Event
from tests import make
from tests.journeys import axe

if TYPE_CHECKING:
    from articles.models import Version
    from tests.journeys.browsing import Browsing
    from tests.journeys.seats import Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def take(seat: Seat, *versions: Version) -> None:
    """Tick the rows of these on the desk."""
    seat.tab.set_viewport_size({"width": 1280, "height": 900})
    seat.tab.goto("/desk/")
    for version in versions:
        rows = seat.tab.get_by_role("row").filter(has_text=version.question)
        for row in rows.all():
            row.get_by_role("checkbox").check()


def listed(seat: Seat, heading: str) -> list[str]:
    section = seat.tab.get_by_role("region", name=heading, exact=True)
    return section.get_by_role("listitem").all_inner_texts()


def happened(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def test_an_editor_is_put_in_charge_of_many_after_a_dry_run(browsers: Browsing) -> None:
    writer = make.user(roles.AUTHOR, roles.EDITOR, name="Wanda Quill", credentials="")
    free, own = make.submitted(), make.submitted(by=writer)
    seat = browsers.seat(make.editor())
    take(seat, free, own)
    seat.press("Put an editor in charge")
    found = axe.everywhere(seat.tab)
    seat.tab.get_by_label("Editor in charge").select_option("Wanda Quill")
    seat.press("Show what would happen")

    refused = [f"{own.question}: Wanda Quill wrote this article and cannot handle it."]
    assert listed(seat, "Would be done") == [free.question]
    assert listed(seat, "Would not be done") == refused
    assert happened("editor_changed") == 0
    found += axe.everywhere(seat.tab)
    seat.press("Put in charge of 1")
    assert listed(seat, "Done") == [free.question]
    assert make.article(free).editor == writer
    assert make.article(own).editor is None
    assert found + axe.everywhere(seat.tab) == []


def test_reviewers_are_reminded_together_after_a_dry_run(browsers: Browsing) -> None:
    seat = browsers.seat(make.editor())
    people = [make.reviewer(name=name, credentials="") for name in ("Ann", "Bea")]
    version = make.under_review(reviewers=people)
    take(seat, version)
    seat.press("Remind the reviewers")

    wanted = [f"{name}: {version.question}" for name in ("Ann", "Bea")]
    assert listed(seat, "Would be done") == wanted
    assert happened("reminded") == 0
    seat.press("Remind 2")
    assert listed(seat, "Done") == wanted
    assert happened("reminded") == 2
    take(seat, version)
    seat.press("Remind the reviewers")
    assert listed(seat, "Would be done") == []
    assert happened("reminded") == 2


def test_a_filter_is_kept_under_a_name_and_thrown_away(browsers: Browsing) -> None:
    grave, light = make.under_review(tier="A"), make.under_review(tier="C")
    seat = browsers.seat(make.editor())
    seat.tab.goto("/desk/")
    seat.tab.get_by_role("link", name=grave.question).first.focus()
    seat.tab.keyboard.press("/")
    seat.tab.keyboard.type(grave.question)
    seat.tab.get_by_label("Risk tier").select_option("A")
    seat.press("Show")
    seat.unfold("Keep this filter")
    seat.fill("Under the name", "Grave ones")
    seat.press("Keep")

    seat.tab.goto("/desk/")
    assert light.question in seat.said
    kept = seat.tab.get_by_role("link", name="Grave ones", exact=True)
    kept.click()
    seat.tab.wait_for_url("**/desk/?*")
    assert grave.question in seat.said
    assert light.question not in seat.said
    assert seat.tab.get_by_label("Risk tier").input_value() == "A"
    lit = seat.tab.locator(".filters [aria-current]").all_inner_texts()
    box = seat.tab.get_by_role("region", name="Needs a hand").bounding_box()
    seat.press("Delete “Grave ones”")
    assert lit == ["Grave ones"]
    assert box
    assert box["y"] < 300
    assert kept.count() == 0
