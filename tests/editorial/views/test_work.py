"""A work's page: what it says, to whom, and of which texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from articles.models import Work
from editorial import roles
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

ITEM = make.item(
    title="Cracked <i>pots</i>", DOI="10.5555/Pots", PMID="31000001", PMCID="PMC77"
)
CITING: dict[str, Any] = {
    "references": (Reference("pots", ITEM),),
    "key_answer": 'Yes.<cite data-ref="pots"></cite>',
    "renditions": {"clinician": '<p>Yes.<cite data-ref="pots"></cite></p>'},
}


def page() -> str:
    return f"/desk/works/{Work.objects.get(pmid='31000001').pk}/"


def cited_by(response: Any) -> list[tuple[str, str]]:
    links = found(response, '//section[@aria-labelledby="cited-by"]//th/a')
    return [(link.text_content(), link.get("href")) for link in links]


def test_a_work_says_what_it_is(visit: Visit) -> None:
    author = make.author()
    make.draft(by=author, **CITING)

    response = visit(author).get(page())

    said = text(response)
    assert "Cracked pots" in found(response, "//h1")[0].text_content()
    assert "2024;12:101-109. doi:10.5555/Pots" in said
    facts = {"Type": "Journal article", "Evidence": "Unclassified"}
    names = [e.text_content() for e in found(response, "//dt")]
    values = [e.text_content() for e in found(response, "//dd")]
    told = dict(zip(names, values, strict=True))
    assert told | facts | {"Retracted": "Not known to be"} == told
    links = found(response, '//dl[@class="facts"]/dd/a[@rel="noopener"]/@href')
    assert "https://doi.org/10.5555/Pots" in links
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/" in links


def test_a_retracted_work_cannot_be_missed(visit: Visit) -> None:
    author = make.author()
    make.draft(by=author, **CITING)
    work = Work.objects.get(pmid="31000001")
    work.retracted_on = timezone.localdate()
    work.save()

    response = visit(author).get(page())

    [alarm] = found(response, '//div[@class="alarm"]')
    assert "Do not rely on it." in alarm.text_content()


def test_an_author_sees_their_own_texts_and_what_is_public(visit: Visit) -> None:
    author = make.author()
    mine = make.draft(by=author, **CITING)
    make.draft(question="Somebody else's secret?", **CITING)
    cited = (Reference("trial", ITEM), Reference("review", make.item()))
    public = make.published(references=cited)

    response = visit(author).get(page())

    assert cited_by(response) == [
        (public.question, public.article.get_absolute_url()),
        (mine.question, mine.get_absolute_url()),
    ]


def test_the_desk_sees_every_text(visit: Visit) -> None:
    versions = [make.draft(**CITING) for _ in range(2)]

    response = visit(make.editor()).get(page())

    assert cited_by(response) == [
        (v.question, v.get_absolute_url()) for v in reversed(versions)
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (roles.AUTHOR, 200),
        (roles.EDITOR, 200),
        (roles.CHIEF_EDITOR, 200),
        (roles.AUDITOR, 200),
        (roles.REVIEWER, 403),
        (roles.ADMINISTRATOR, 403),
    ],
)
def test_who_reads_about_a_work(visit: Visit, role: str, status: int) -> None:
    make.draft(**CITING)

    visitor = visit(make.user(role))

    assert visitor.get(page()).status_code == status


def test_a_work_that_nobody_stored_is_not_found(visit: Visit) -> None:
    assert visit(make.author()).get("/desk/works/999/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make.draft(**CITING)
    visitor, address = visit(make.editor()), page()
    visitor.get(address)

    with django_assert_num_queries(5):
        visitor.get(address)


def test_many_texts_come_in_pages(visit: Visit, monkeypatch: Any) -> None:
    monkeypatch.setattr("editorial.views.paging.PER_PAGE", 2)
    oldest, *_ = [make.draft(**CITING) for _ in range(3)]

    response = visit(make.editor()).get(f"{page()}?page=2")

    assert cited_by(response) == [(oldest.question, oldest.get_absolute_url())]
