"""The table of who hears of what, and each person's choice for what can wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import digests, notifications
from editorial.models import MailChoice
from tests import make
from tests.editorial.views.visitors import found, notices

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

MAIL = "/desk/mail/"


def test_the_table_says_of_every_deed_who_hears_and_when(visit: Visit) -> None:
    page = visit(make.author()).get(MAIL)

    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        for row in found(page, "//tbody/tr")
    ]
    heard = [one for many in notifications.AUDIENCES.values() for one in many]
    assert len(rows) == len(heard)
    assert all(all(row) for row in rows)
    desk = "The editor in charge, or the desk while there is none"
    assert ["Submitted", desk, "A version was submitted", "At once"] in rows
    assert [
        *("Invitation accepted", desk, "A reviewer accepted", "With the digest"),
    ] in rows


def test_each_cell_names_its_column_where_there_is_no_room_for_a_head(
    visit: Visit,
) -> None:
    page = visit(make.author()).get(MAIL)

    heads = [one.text_content() for one in found(page, "//thead//th")]
    named = {
        tuple(cell.get("data-label") for cell in row)
        for row in found(page, "//tbody/tr")
    }
    assert named == {tuple(heads)}


@pytest.mark.parametrize("often", MailChoice.Often.values)
def test_a_choice_holds_and_is_shown_again(visit: Visit, often: str) -> None:
    person = make.reviewer()
    visitor = visit(person)

    visitor.post(MAIL, often="none")
    answer = visitor.post(MAIL, often=often)

    page = visitor.get(MAIL)
    assert answer["Location"] == MAIL
    assert found(page, "//input[@checked]/@value") == [often]
    assert digests.choice_of(person) == often
    assert MailChoice.objects.count() == 1


def test_nobody_chose_anything_and_is_written_to_daily(visit: Visit) -> None:
    page = visit(make.author()).get(MAIL)

    assert found(page, "//input[@checked]/@value") == ["daily"]


@pytest.mark.parametrize("sent", [{}, {"often": "hourly"}])
def test_what_is_no_choice_changes_nothing(visit: Visit, sent: dict[str, str]) -> None:
    visitor = visit(make.author())

    visitor.post(MAIL, **sent)

    page = visitor.get(MAIL)
    assert notices(page) == ["Choose how often you want to be written to."]
    assert not MailChoice.objects.exists()
