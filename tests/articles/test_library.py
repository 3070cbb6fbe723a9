"""Which works of the library are the ones being added, certainly or probably."""

from __future__ import annotations

from typing import Any

import pytest

from articles import library
from articles.models import Work
from editorial.actions.authoring import Reference
from tests import make

ITEM: dict[str, Any] = {
    "title": "Cracked pots and the people who mend them",
    "author": [{"family": "Müller", "given": "Änne"}],
    "issued": {"date-parts": [[2019]]},
    "DOI": "10.5555/Pots",
    "PMID": "31000001",
}


@pytest.fixture
def known(db: None) -> Work:
    given = (Reference("pots", make.item(**ITEM)), Reference("other", make.item()))
    make.draft(references=given, key_answer="", renditions={"clinician": "<p>x</p>"})
    return Work.objects.get(pmid="31000001")


def found(item: dict[str, Any]) -> list[tuple[int, bool]]:
    [matches] = library.matches([item])
    return [(match.work.pk, match.is_certain) for match in matches]


@pytest.mark.parametrize(
    "item",
    [
        {"DOI": "https://doi.org/10.5555/POTS"},
        {"PMID": "31000001"},
        {"title": "Another title", "PMID": "31000001"},
        make.item(**ITEM),
    ],
)
def test_an_identifier_is_certain(known: Work, item: dict[str, Any]) -> None:
    assert found(item) == [(known.pk, True)]


def test_an_accent_that_somebody_left_out_hides_nothing(known: Work) -> None:
    fields = {"title": ITEM["title"], "author": [{"family": "Muller"}]}

    assert found(fields | {"issued": {"date-parts": [[2020]]}}) == [(known.pk, False)]


def test_long_names_are_compared_by_the_index(
    known: Work, django_assert_num_queries: Any
) -> None:
    items = [
        make.item(DOI="", author=[{"family": f"{n:0100}" * 2}]) for n in range(200)
    ]

    with django_assert_num_queries(2) as asked:
        library.matches(items)

    assert all("REGEXP" not in one["sql"] for one in asked)
    assert '"first_author" IN' in asked[1]["sql"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Cracked pots and the people that mend them"},
        {"title": "Cracked pots and the people who mend them: a trial"},
        {"issued": {"date-parts": [[2020]]}},
    ],
)
def test_a_title_that_is_alike_is_likely(known: Work, fields: dict[str, Any]) -> None:
    item = {k: v for k, v in ITEM.items() if k not in {"DOI", "PMID"}} | fields

    assert found(item) == [(known.pk, False)]


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"title": "Cracked pots", "author": []},
        {"DOI": "10.5555/nothing"},
        {k: v for k, v in ITEM.items() if k == "title"},
        make.item(author=[{"family": ".*", "given": "x"}], DOI="10.5555/regex"),
    ],
)
def test_what_is_not_there_is_not_found(known: Work, item: dict[str, Any]) -> None:
    assert found(item) == []


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_sought_in_two_queries(
    known: Work, django_assert_num_queries: Any, count: int
) -> None:
    items = [make.item() for _ in range(count)]

    with django_assert_num_queries(2):
        library.matches(items)


def test_nothing_is_sought_for_nothing(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert library.matches([]) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Müller Ä. Cracked pots and the people who mend them. 2019.", 1),
        ("Müller Ä. Cracked pots. 2019.", 0),
        ("Carberry J. Cracked pots and the people who mend them.", 0),
        ("", 0),
        ("([*+?{", 0),
    ],
)
def test_a_printed_reference_names_author_and_title(
    known: Work, text: str, count: int
) -> None:
    [matches] = library.named_in([text])

    assert [match.work for match in matches] == [known] * count
    assert not any(match.is_certain for match in matches)
