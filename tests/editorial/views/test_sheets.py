"""Tables for a spreadsheet: no cell is a formula, whatever somebody asked."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from editorial.views.sheets import cell, sheet
from tests import make

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

HOSTILE = (
    *('=HYPERLINK("http://evil","x")', "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1"),
    *(" =1+1", "\u00a0=1", "\ufeff=1+1", "\n=1", "＝1+1", "＠SUM(1)"),  # noqa: RUF001
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Does aspirin help?", "a=b", "1-2", "", "'x"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_numbers_stay_numbers() -> None:
    assert [cell(-3), cell(2.5), cell(None)] == ["-3", "2.5", ""]


def test_a_sheet_is_utf_8_with_its_mark_and_quotes_every_cell() -> None:
    answer = sheet("x", [["Größe", 'a "b", c', "=1"]])

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="x.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["Größe", 'a "b", c', "'=1"]]


def test_a_hostile_question_reaches_no_spreadsheet(visit: Visit) -> None:
    version = make.submitted(question="=1+1 Does treatment 7 help?")

    page = visit(make.editor()).get("/desk/export/?bucket=unassigned")

    rows = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Question", f"'{version.question}"]


def test_a_file_is_for_who_watches_the_desk(visit: Visit) -> None:
    addresses = ("/desk/export/", "/desk/figures/table/", "/desk/figures/")

    assert [visit(make.author()).get(a).status_code for a in addresses] == [404] * 3
