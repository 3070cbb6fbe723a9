"""References as files: for whom, in which form, under which name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from articles.models import Work
from articles.works import reading
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.visitors import found

if TYPE_CHECKING:
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

ITEM = {
    "type": "article-journal",
    "title": "Cracked pots <i>in vitro</i>",
    "author": [{"family": "Carberry", "given": "Josiah"}],
    "issued": {"date-parts": [[2019, 3]]},
    "container-title": "Journal of Psychoceramics",
    "volume": "7",
    "page": "11-19",
    "DOI": "10.5555/Pots",
}
TYPES = {
    "ris": "application/x-research-info-systems",
    "nbib": "application/nbib",
    "bib": "application/x-bibtex",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "ama.txt": "text/plain",
    "vancouver.txt": "text/plain",
}


def a_page(by: User) -> str:
    version = make.draft(
        by=by,
        question="Do pots crack?",
        key_answer='Yes.<cite data-ref="second"></cite>',
        renditions={"clinician": '<p>Yes.<cite data-ref="pots"></cite></p>'},
        references=(
            Reference("pots", ITEM),
            Reference("second", ITEM | {"title": "Again", "DOI": "10.5555/again"}),
        ),
    )
    return f"/desk/versions/{version.pk}/references"


@pytest.mark.parametrize("form", TYPES)
def test_every_form_says_what_it_is(visit: Visit, form: str) -> None:
    author = make.author()

    response = visit(author).get(f"{a_page(author)}.{form}")

    assert response["Content-Type"] == f"{TYPES[form]}; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="do-pots-crack-v1-references.{form}"'
    )
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("form", ["ris", "nbib", "bib", "csl.json"])
def test_what_is_taken_along_can_be_read_again(visit: Visit, form: str) -> None:
    author = make.author()

    response = visit(author).get(f"{a_page(author)}.{form}")

    read = reading.read(response.content)
    assert [found.item["DOI"] for found in read.items] == [
        "10.5555/again",
        "10.5555/Pots",
    ]
    assert read.refused == ()


def test_keys_stay_what_the_text_cites(visit: Visit) -> None:
    author = make.author()

    response = visit(author).get(f"{a_page(author)}.csl.json")

    items = json.loads(response.content)
    assert [item["id"] for item in items] == ["second", "pots"]


def test_a_printed_list_has_numbers_and_no_markup(visit: Visit) -> None:
    author = make.author()

    response = visit(author).get(f"{a_page(author)}.ama.txt")

    assert response.content.decode() == (
        "1. Carberry J. Again. Journal of Psychoceramics. 2019;7:11-19. "
        "doi:10.5555/again\n"
        "2. Carberry J. Cracked pots in vitro. Journal of Psychoceramics. "
        "2019;7:11-19. doi:10.5555/Pots\n"
    )


def test_a_retracted_work_says_so(visit: Visit) -> None:
    author = make.author()
    page = a_page(author)
    work = Work.objects.get(csl__title="Again")
    work.retracted_on = timezone.localdate()
    work.save()

    response = visit(author).get(f"{page}.vancouver.txt")

    assert "Retracted" in response.content.decode().splitlines()[0]


def test_whoever_may_see_the_version_takes_its_references(visit: Visit) -> None:
    version = make.submitted()
    page = f"/desk/versions/{version.pk}/references"

    assert visit(make.editor()).get(f"{page}.ris").status_code == 200
    assert visit(make.author()).get(f"{page}.ris").status_code == 404
    assert visit(make.reviewer()).get(f"{page}.ris").status_code == 404


@pytest.mark.parametrize("form", ["pdf", "RIS", "", "json"])
def test_there_is_no_other_form(visit: Visit, form: str) -> None:
    author = make.author()

    assert visit(author).get(f"{a_page(author)}.{form}").status_code == 404


def test_whoever_reads_a_version_can_take_its_references_along(visit: Visit) -> None:
    version = make.submitted()
    page = version.get_absolute_url()

    links = found(visit(make.editor()).get(page), "//a/@href")

    addresses = [f"{page}references.{suffix}" for suffix in TYPES]
    assert [link for link in links if "/references." in link] == addresses
