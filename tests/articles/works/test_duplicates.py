from typing import Any

import pytest

from articles.works.duplicates import Twin, twins

TITLE = "Buprenorphine maintenance versus placebo or methadone maintenance"
SURE = "Title, year and first author are the same."
LIKELY = "The titles are alike, and so are first author and year."


def work(title: str = TITLE, *, year: int = 2014, **more: Any) -> dict[str, Any]:
    return {
        "type": "article-journal",
        "title": title,
        "author": [{"family": "Mattick", "given": "R P"}],
        "issued": {"date-parts": [[year]]},
        **more,
    }


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (work("A", DOI="10.5555/X"), work("B", DOI="10.5555/x"), "Both have the same DOI."),
        (work("A", PMID="12"), work("B", PMID="12", DOI="10.5555/x"), "Both have the same PMID."),
        (work(), work(TITLE.upper() + "."), SURE),
    ],
)  # fmt: skip
def test_the_same_name_or_the_same_words_are_certain(
    one: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    assert twins([one], [work("Else"), other]) == [Twin(0, 1, is_certain=True, why=why)]


@pytest.mark.parametrize(
    "other",
    [
        work(year=2015),
        work(TITLE + " for opioid dependence"),
        work(TITLE.replace("versus", "vs"), DOI="10.5555/x"),
    ],
)
def test_what_is_alike_is_asked_about(other: dict[str, Any]) -> None:
    assert twins([work(PMID="12")], [other]) == [
        Twin(0, 0, is_certain=False, why=LIKELY)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work(), work(year=2016)),
        (work(), work(author=[{"family": "Lee"}])),
        (work(), work("Methadone at tapered doses for opioid withdrawal")),
        (work(DOI="10.5555/a"), work(DOI="10.5555/b")),
        (work(PMID="1"), work(PMID="2")),
        (work("Opioids: a"), work("Opioids: b")),
        (work(), {"type": "book", "title": TITLE}),
    ],
)
def test_different_works_are_left_alone(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert twins([one], [other]) == []


def test_a_list_is_searched_for_its_own_twins() -> None:
    items = [work(), work("Else"), work(), work(year=2015)]

    assert twins(items, items) == [
        Twin(2, 0, is_certain=True, why=SURE),
        Twin(3, 0, is_certain=False, why=LIKELY),
        Twin(3, 2, is_certain=False, why=LIKELY),
    ]


def test_two_dois_are_two_works_whatever_else_is_the_same() -> None:
    one = work(DOI="10.5555/one", PMID="12")

    found = twins([one | {"DOI": "10.5555/other"}], [one])

    assert [twin for twin in found if twin.is_certain] == []
