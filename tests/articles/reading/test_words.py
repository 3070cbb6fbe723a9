"""Dates, numbers and people in words."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.html import strip_tags

from articles.reading import words
from articles.reading.facts import Person


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (None, ""),
        (dt.date(2025, 2, 3), '<time datetime="2025-02-03">3 Feb 2025</time>'),
        (
            dt.datetime(2025, 2, 3, 1, tzinfo=dt.timezone(dt.timedelta(hours=2))),
            '<time datetime="2025-02-02">2 Feb 2025</time>',
        ),
    ],
)
def test_a_day_is_written_in_utc(moment: dt.date | None, expected: str) -> None:
    assert words.day(moment) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (dt.date(2025, 1, 9), "9 Jan 2025 to 3 Feb 2025"),
        (dt.date(2025, 2, 3), "3 Feb 2025"),
        (None, "3 Feb 2025"),
    ],
)
def test_a_period_of_one_day_is_a_day(start: dt.date | None, expected: str) -> None:
    assert strip_tags(words.period(start, dt.date(2025, 2, 3))) == expected


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 of 1 reviews in"),
        (1, "1 of 1 reviews in"),
        (2, "2 reviews in, 1 needed"),
    ],
)
def test_more_reviews_than_needed_are_no_part_of_them(count: int, said: str) -> None:
    assert words.reviews_in(count, 1) == said


def test_an_instant_is_written_to_the_second() -> None:
    at = dt.datetime(2025, 2, 3, 1, 2, 3, 999, tzinfo=dt.UTC)

    assert words.instant(at) == (
        '<time datetime="2025-02-03T01:02:03+00:00">3 Feb 2025, 01:02:03 UTC</time>'
    )


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "once"), (2, "twice"), (3, "3 times"), (12, "12 times")]
)
def test_times_are_counted_in_words(count: int, expected: str) -> None:
    assert words.times(count) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"name": "Ann Lee", "credentials": "", "affiliation": ""}, "Ann Lee"),
        (
            {"name": "Ann Lee", "credentials": "MD", "affiliation": "A House"},
            "Ann Lee, MD, A House",
        ),
    ],
)
def test_an_author_is_printed_as_far_as_known(
    entry: dict[str, str], expected: str
) -> None:
    assert words.author(entry) == expected


ANN = Person("Ann Lee", "MD", specialties=("Cardiology", "Nursing"))
BEN = Person("Ben Roe")


@pytest.mark.parametrize(
    ("people", "unnamed", "expected"),
    [
        ((), 0, ""),
        ((), 1, "One reviewer not named"),
        ((), 2, "Two reviewers not named"),
        ((BEN,), 0, "Ben Roe"),
        ((ANN, BEN), 0, "Ann Lee, MD (cardiology, nursing); Ben Roe"),
        (
            (replace(ANN, specialties=tuple("ABCD")),),
            0,
            "Ann Lee, MD (a, b and two more)",
        ),
        ((BEN,), 9, "Ben Roe; and 9 reviewers not named"),
    ],
)
def test_reviewers_are_named_or_counted(
    people: tuple[Person, ...], unnamed: int, expected: str
) -> None:
    assert words.reviewers(people, unnamed=unnamed) == expected


def test_a_hash_is_cut_in_the_middle() -> None:
    assert words.short("a" * 60 + "beef") == "aaaaaaaa…beef"
