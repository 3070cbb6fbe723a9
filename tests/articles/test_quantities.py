"""Quantities in a text: what is one, what changed, and how it is counted."""

from __future__ import annotations

import pytest

from articles import quantities
from articles.quantities import Sort, tally, words


@pytest.mark.parametrize(
    ("text", "sort", "sense"),
    [
        ("5 mg", Sort.NUMBER, "5 mg"),
        ("1,000 mg", Sort.NUMBER, "1000 mg"),
        ("5\u201310 mg/kg", Sort.NUMBER, "5-10 mg/kg"),
        ("5 to 10 mg per day", Sort.NUMBER, "5-10 mg/day"),
        ("120/80 mmHg", Sort.NUMBER, "120/80 mmhg"),
        ("10 per cent", Sort.NUMBER, "10 %"),
        ("2.5 µg", Sort.NUMBER, "2.5 mcg"),
        ("twice", Sort.NUMBER, "twice "),
        ("three weeks", Sort.NUMBER, "three week"),
        ("daily", Sort.FREQUENCY, "daily"),
        ("not", Sort.NEGATION, "not"),
        ("isn\N{RIGHT SINGLE QUOTATION MARK}t", Sort.NEGATION, "isn't"),
        ("no more than", Sort.COMPARISON, "no more than"),
        ("at least", Sort.COMPARISON, "at least"),
        ("≤", Sort.COMPARISON, "≤"),
        ("reduces", Sort.COMPARISON, "reduces"),
        ("Buprenorphine", Sort.DRUG, "buprenorphine"),
        ("B12", Sort.NONE, "b12"),
        ("one-off", Sort.NONE, "one-off"),
        ("treatment", Sort.NONE, "treatment"),
    ],
)
def test_each_sort_of_quantity_is_one_word(text: str, sort: Sort, sense: str) -> None:
    assert [(word.sort, word.sense) for word in words(text)] == [(sort, sense)]


def test_the_words_of_a_text_put_together_are_the_text() -> None:
    text = "Give 5 mg (not 10 mg), at least daily; see the trial."

    assert "".join(word.gap + word.text for word in words(text)) == text


def test_a_place_that_cites_is_one_word() -> None:
    cited = quantities.cited(["trial", "review"])

    assert [word.text for word in words(f"So.{cited}")] == [
        "So",
        ".",
        "[trial review]",
    ]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Give 5 mg.", "Give 10 mg.", {Sort.NUMBER: 1}),
        ("Give 5 mg.", "Give 5 mcg.", {Sort.UNIT: 1}),
        ("Give 5 mg.", "Give 5 mg to all.", {}),
        ("Give 1,000 mg.", "Give 1000 mg.", {}),
        ("Give 5 mg, then 8 mg.", "Give 6 mg.", {Sort.NUMBER: 2}),
        ("Do use it.", "Do not use it.", {Sort.NEGATION: 1}),
        ("At least one.", "At most one.", {Sort.COMPARISON: 1}),
        ("Give it daily.", "Give it weekly.", {Sort.FREQUENCY: 1}),
        ("Give naloxone.", "Give naltrexone.", {Sort.DRUG: 1}),
        ("Give it now.", "Offer it now.", {}),
    ],
)
def test_changed_quantities_are_counted_by_sort(
    before: str, after: str, changed: dict[Sort, int]
) -> None:
    assert tally(words(before), words(after)) == changed
