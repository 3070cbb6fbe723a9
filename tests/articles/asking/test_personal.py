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


@pytest.mark.parametrize(
    "question",
    [
        "I am 54 and I take lithium, can I have ibuprofen?",
        "I’m 54 with asthma",  # noqa: RUF001  as a telephone types it
        "I'm pregnant and my back hurts, what helps?",
        "I was diagnosed with lupus last year",
        "I have been on sertraline for years",
        "I feel dizzy since the new tablets",
        "I was given codeine",
        "My mother has Parkinson's and falls at night",
        "My son, 12, wets the bed",
        "my 3-year-old vomits",
        "She is taking warfarin, may she eat kale",
        "My patient has an INR of 9",
        "My blood pressure is 160 over 95",
        "my last INR 4.5, what now",
    ],
)
def test_how_one_person_is_is_noticed(question: str) -> None:
    assert personal.is_of_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "Can I take ibuprofen with lithium?",
        "What should I do if I have a fever?",
        "How long do I have to wait after a vaccine?",
        "What can my mother take for a cold?",
        "Is a blood pressure of 160 over 95 dangerous?",
        "What is the dose for a 54-year-old woman?",
        "I want to know how statins work",
        "Which vaccines do we have for RSV?",
        "Could she have taken both?",
        "Why am I tired?",
        "",
    ],
)
def test_what_is_asked_in_general_says_how_nobody_is(question: str) -> None:
    assert not personal.is_of_one(question)
