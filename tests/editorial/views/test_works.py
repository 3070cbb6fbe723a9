"""Finding a work to cite: by whom, by what, and how many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles.models import Work
from articles.works.ama import ama
from editorial import roles
from editorial.actions.authoring import Reference
from tests import make

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

ITEM = {
    "title": "Sleep and the psychoceramic ear",
    "author": [{"family": "Carberry", "given": "Josiah"}],
    "issued": {"date-parts": [[2017, 3]]},
    "DOI": "10.5555/ear.2017",
    "PMID": "28123456",
}


def titles(visitor: Any, query: str) -> list[str]:
    answer = json.loads(visitor.client.get("/desk/works/", {"q": query}).content)
    return [work["item"]["title"] for work in answer["works"]]


def in_the_library(*items: dict[str, Any]) -> None:
    given = tuple(Reference(f"k{n}", item) for n, item in enumerate(items))
    make.draft(references=given, key_answer="", renditions={"clinician": "<p>x</p>"})


@pytest.mark.parametrize(
    "query",
    [
        "psychoceramic",
        "PSYCHOCERAMIC ear",
        "carberry 2017",
        "10.5555/ear.2017",
        "https://doi.org/10.5555/EAR",
        "doi:10.5555/ear.2017",
        "28123456",
        "PMID: 28123456",
        "josi",
    ],
)
def test_a_work_is_found_by_what_people_remember(visit: Visit, query: str) -> None:
    in_the_library(make.item(**ITEM), make.item(title="Another", author=[]))

    assert titles(visit(make.author()), query) == [ITEM["title"]]


@pytest.mark.parametrize("query", ["Muller", "mull anne", "MÜLLER 2017"])
def test_accents_are_no_matter(visit: Visit, query: str) -> None:
    signed = {"author": [{"family": "Müller", "given": "Änne"}]}
    in_the_library(make.item(**ITEM | signed), make.item(title="Another", author=[]))

    assert titles(visit(make.author()), query) == [ITEM["title"]]


@pytest.mark.parametrize(
    "query", ["", "x", "family", "%%", "__", "no such thing", "\0\0"]
)
def test_what_names_nothing_finds_nothing(visit: Visit, query: str) -> None:
    in_the_library(make.item(**ITEM))

    assert titles(visit(make.author()), query) == []


def test_a_found_work_brings_its_kind_and_no_key(visit: Visit) -> None:
    in_the_library(make.item(**ITEM, custom={"kind": "rct"}))

    response = visit(make.author()).get("/desk/works/?q=psychoceramic")

    [found] = json.loads(response.content)["works"]
    work = Work.objects.get()
    assert found == {
        "id": work.pk,
        "kind": "rct",
        "item": work.csl | {"custom": {"kind": "rct"}},
        "html": ama(work.csl),
    }


@pytest.mark.parametrize("count", [1, 25])
def test_at_most_twenty_come_in_one_query(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    in_the_library(*(make.item() for _ in range(count)))
    visitor = visit(make.author())

    with django_assert_num_queries(4):
        found = titles(visitor, "treatment")

    assert len(found) == min(count, 20)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (roles.AUTHOR, 200),
        (roles.EDITOR, 200),
        (roles.CHIEF_EDITOR, 200),
        (roles.REVIEWER, 403),
        (roles.AUDITOR, 403),
        (roles.ADMINISTRATOR, 403),
    ],
)
def test_authors_and_the_desk_search_the_library(
    visit: Visit, role: str, status: int
) -> None:
    assert visit(make.user(role)).get("/desk/works/?q=x").status_code == status


def test_a_stranger_searches_nothing(db: None) -> None:
    assert Client().get("/desk/works/?q=xx").status_code == 401
