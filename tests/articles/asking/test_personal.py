"""What could tell who somebody is is noticed, and numbers of medicine are not."""

from __future__ import annotations

import pytest

from articles.asking import personal


@pytest.mark.parametrize(
    "question",
    [
        "my name is Josiah, why am I tired",
        "Mr Carberry 54, chest infection",
        "born on 3 March 1961, do I need a shot",
        "DOB 03/03/1961",
        "MRN 00123456 result",
        "NHS number 943 476 5919",
        "write to josiah@example.org what helps",
        "call me on +44 20 7946 0018 about my rash",
        "SSN 078-05-1120",
        "we live at 12 Bread Street and have bed bugs",
    ],
)
def test_what_tells_who_somebody_is_is_noticed(question: str) -> None:
    assert personal.is_told(question)


@pytest.mark.parametrize(
    "question",
    [
        "what is the name of my illness",
        "pressure always 160 over 95, age 62",
        "is 2.5 mg twice a day in 2026 still right",
        "platelets 150,000 to 450,000 per microlitre",
        "HLA-B27 and 10 years of back pain",
        "do 4-5 tablets in 24 hours harm",
        "what did Mr Parkinson describe",
        "",
    ],
)
def test_numbers_of_medicine_are_nobody(question: str) -> None:
    assert not personal.is_told(question)
