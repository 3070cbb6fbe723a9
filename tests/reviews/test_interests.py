"""The lines of interests: each asked, none left blank, and what answers say."""

from __future__ import annotations

import datetime as dt

import pytest

from reviews import interests
from tests import make


def test_the_lines_are_those_of_the_disclosure_form() -> None:
    assert [line.code for line in interests.LINES] == [
        *("support", "grants", "royalties", "consulting", "honoraria", "testimony"),
        *("travel", "patents", "safety_board", "leadership", "shares", "gifts"),
        "other",
    ]
    assert interests.LINES[1:] == interests.GENERAL
    assert (interests.LOOK_BACK_MONTHS, interests.GOOD_FOR_MONTHS) == (36, 12)


@pytest.mark.parametrize("line", interests.LINES, ids=lambda line: line.code)
def test_every_line_must_be_answered(line: interests.Line) -> None:
    answers = make.answers()
    assert interests.objection(answers) is None

    del answers[line.code]

    said = interests.objection(answers)
    assert said == f"Answer “{line.text}”; “none” is an answer."


def test_whoever_has_none_names_nobody() -> None:
    answers = make.answers(shares=[" Acme ", ""])
    answers["travel"] = {"has": False, "who": ["Left over"]}

    kept = interests.clean(answers)

    assert kept == make.answers(shares=["Acme"])
    assert interests.named(kept) == ["Acme"]


def test_who_is_named_on_two_lines_is_named_once() -> None:
    answers = make.answers(shares=["Acme", "Brown"], travel=["Acme"])

    assert interests.named(answers) == ["Acme", "Brown"]
    assert interests.named(None) == []


@pytest.mark.parametrize(
    ("today", "holds"),
    [(dt.date(2027, 2, 27), True), (dt.date(2027, 2, 28), False)],
)
def test_a_declaration_holds_for_twelve_months(today: dt.date, holds: bool) -> None:  # noqa: FBT001
    made_at = dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC)

    assert interests.is_current(made_at, today) is holds
