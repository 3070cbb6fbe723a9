from typing import Any

import pytest

from articles.works.notation.moments import month_number, read_date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2018", [[2018]]),
        ("2018-01-27", [[2018, 1, 27]]),
        ("2018-01-27T10:00:00Z", [[2018, 1, 27]]),
        ("2018/01/27/", [[2018, 1, 27]]),
        ("2018/01", [[2018, 1]]),
        ("2018///", [[2018]]),
        ("2025/11/25/13:00:00", [[2025, 11, 25]]),
        ("20180127", [[2018, 1, 27]]),
        ("1996 Jul 9", [[1996, 7, 9]]),
        ("2018 Jan-Feb", [[2018, 1], [2018, 2]]),
        ("2018 Jan 15-31", [[2018, 1, 15], [2018, 1, 31]]),
        ("2018 Dec-2019 Jan", [[2018, 12], [2019, 1]]),
        ("Jan-Feb 2018", [[2018, 1], [2018, 2]]),
        ("27 January 2018", [[2018, 1, 27]]),
        ("January 27, 2018", [[2018, 1, 27]]),
        ("2018-12/2019-01", [[2018, 12], [2019, 1]]),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(
    text: str, parts: list[list[int]]
) -> None:
    assert read_date(text) == {"date-parts": parts}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018 Spring", {"date-parts": [[2018]], "season": "Spring"}),
        ("2018///Spring", {"date-parts": [[2018]], "season": "Spring"}),
        ("2018///early", {"date-parts": [[2018]], "literal": "early"}),
        ("in press", {"literal": "in press"}),
        ("c2018", {"date-parts": [[2018]], "literal": "c2018"}),
        ("2017 or 2018", {"literal": "2017 or 2018"}),
        (" ", None),
    ],
)
def test_words_that_are_no_date_are_kept(
    text: str, date: dict[str, Any] | None
) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("word", "number"),
    [("Jan", 1), ("sept", 9), ("December", 12), ("Ma", None), ("marching", None)],
)
def test_a_month_is_known_by_its_first_letters(word: str, number: int | None) -> None:
    assert month_number(word) == number
