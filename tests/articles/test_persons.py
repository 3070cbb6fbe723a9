"""What could tell who somebody is, by its place, with the reason, and for whom."""

from __future__ import annotations

import pytest

from articles import persons


def test_a_patient_is_found_where_it_says_so() -> None:
    words = "Mr Carberry, 54, was born on 3 March 1961."

    found = {(words[f.start : f.end], f.why) for f in persons.patients(words)}

    assert found == {
        ("Mr Carberry, 54", "“Mr Carberry, 54” looks like the name of a patient."),
        ("born on 3 ", "This looks like a number or date of one patient."),
    }


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("nhs number 943 476 5919", [persons.A_NUMBER, persons.WHY["phone"]]),
        ("NHS\N{NO-BREAK SPACE}number: 943 476", [persons.A_NUMBER]),
        (
            "SSN 078\N{HYPHEN}05\N{NON-BREAKING HYPHEN}1120",
            [persons.A_NUMBER, persons.WHY["phone"]],
        ),
        ("josiah@example.org", [persons.WHY["mail"]]),
        ("call +44 20 7946 0018", [persons.WHY["phone"]]),
        ("My name is Josiah", [persons.WHY["name"]]),
        ("we live at 12 Bread Street", [persons.WHY["home"]]),
        ("Take 5 mg twice a day.", []),
    ],
)
def test_each_way_has_its_reason(words: str, why: list[str]) -> None:
    assert persons.told(words) == why


def test_some_ways_may_be_left_alone() -> None:
    words = "call +44 20 7946 0018 or write to josiah@example.org"

    assert persons.told(words, but={persons.PHONE}) == [persons.WHY["mail"]]
