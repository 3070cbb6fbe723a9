"""How far reviewers agree, against figures worked out by hand and in the literature."""

from __future__ import annotations

import pytest

from reviews import agreement


def test_alpha_is_that_of_the_worked_example() -> None:
    first = list("0100000010")
    second = list("1110010000")

    found = agreement.alpha(list(zip(first, second, strict=True)))

    assert found == pytest.approx(0.095, abs=0.0005)


def test_with_three_reviewers_it_is_worked_out_by_hand() -> None:
    found = agreement.alpha([["y", "y", "n"], ["y", "y", "y"]])

    # Of six values five are y; y beside n weighs 1, n beside y 1, of 10 expected.
    assert found == pytest.approx(1 - 5 * 2 / 10)


def test_where_all_say_the_same_there_is_no_alpha() -> None:
    found = agreement.of([["y", "y"]] * 3)

    assert agreement.alpha([["y", "y", "y"]] * 2) is None

    assert found == agreement.Agreement(6, 6)
    assert found.percent == 100


def test_two_reviewers_have_a_share() -> None:
    found = agreement.of([["y", "n"], ["y", "y"]])

    assert found == agreement.Agreement(1, 2)
    assert found.percent == 50


def test_one_reviewer_agrees_with_nobody() -> None:
    assert agreement.of([["y", "n"]]) is None
    assert agreement.of([]) is None


def test_a_unit_that_one_person_answered_says_nothing() -> None:
    units = [["y", "n"], ["y", "y"], ["n", "n"]]

    assert agreement.alpha([*units, ["y"]]) == agreement.alpha(units)
