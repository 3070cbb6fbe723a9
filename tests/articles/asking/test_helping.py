"""Help: the reader's own country first, and all of them."""

from __future__ import annotations

import pytest

from articles.asking.emergencies import Emergency
from articles.asking.helping import BY_COUNTRY, ELSEWHERE, FIRST, nearest_first


def test_there_are_words_for_every_danger() -> None:
    assert list(FIRST) == list(Emergency)


@pytest.mark.parametrize(
    ("languages", "first"),
    [
        ("en-GB,en;q=0.9", ["GB"]),
        ("de-DE,de;q=0.9,en-US;q=0.8", ["DE", "US"]),
        ("en", []),
        ("ca", []),
        ("ca,in;q=0.9,de;q=0.8", []),
        ("ca-FR", ["FR"]),
        ("zh-Hant-NZ", ["NZ"]),
        ("", []),
        ("*", []),
        ("x" * 5000 + "," * 5000, []),
    ],
)
def test_the_countries_of_the_browser_come_first(
    languages: str, first: list[str]
) -> None:
    found = nearest_first(languages)

    rest = [code for code in BY_COUNTRY if code not in first]
    assert found == [*(BY_COUNTRY[code] for code in (*first, *rest)), ELSEWHERE]
