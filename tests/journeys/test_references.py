"""References come in from files, out as files, and with Word documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from articles.models import Citation, Version, Work
from articles.works import reading
from editorial.actions.authoring import Reference
from tests import make
from tests.articles.word.documents import docx, item, p, table
from tests.journeys import axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.browsing import Browsing
    from tests.journeys.seats import Seat

    Photograph = Callable[..., None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NBIB = """\
PMID- 3100000{n}
TI  - {title}.
FAU - {family}, {given}
AU  - {family} {given[0]}
TA  - J Psychoceramics
JT  - Journal of psychoceramics
DP  - {year} Mar
VI  - {n}
IP  - 2
PG  - 11-9
PT  - {kind}
"""
FOUR = [
    ("Cracked pots and the people who mend them", "Carberry", "Josiah", 2019),
    ("Glazes for the long run: a systematic review", "Margin", "Lou", 2020),
    ("Kilns at home: a cohort of eight hundred potters", "Inkwell", "Mary", 2021),
    ("Clay in children: practice guideline", "Fictional", "Ada", 2023),
]
KINDS = [
    *("Randomized Controlled Trial", "Systematic Review"),
    *("Observational Study", "Practice Guideline"),
]
BOOK = {
    "id": "handbook",
    "type": "book",
    "title": "A handbook of psychoceramics",
    "author": [{"family": "Kiln", "given": "Rosa"}],
    "issued": {"date-parts": [[2018]]},
    "publisher": "Fictional Press",
    "edition": "3",
}
DOCUMENT = docx(
    p("Do pots crack in the cold?", style="Title"),
    p("What is known", style="Heading1"),
    p("They do [1], and glazes help [2-3]."),
    item("Keep them indoors."),
    item("Glaze them twice [2]."),
    table(["Glaze", "Cracks"], ["One coat", "12 of 40"], ["Two", "3 of 40"]),
    p("References", style="Heading1"),
    p(
        "[1] Carberry J. Cracked pots and the people who mend them. J Psychoceramics. "
        "2019;1(2):11-19. doi:10.5555/pots.2019"
    ),
    p("[2] Margin L. Glazes for the long run. J Psychoceramics. 2020;8:1-14."),
    p("[3] Somebody told the author so at a dinner."),
)


def an_export() -> str:
    return "\n".join(
        NBIB.format(n=n, title=title, family=family, given=given, year=year, kind=kind)
        for n, ((title, family, given, year), kind) in enumerate(
            zip(FOUR, KINDS, strict=True), start=1
        )
    )


def numbered(tab: Page) -> list[tuple[str, str]]:
    return [
        (row.locator(".n").inner_text(), row.get_attribute("data-ref") or "")
        for row in tab.locator("ol.refs > li").all()
    ]


def read_file(author: Seat, name: str, data: bytes) -> None:
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    author.tab.locator("input[type=file]").set_input_files(files=[given])  # type: ignore[list-item]


def test_references_come_from_a_file_and_leave_as_one(
    browsers: Browsing, photograph: Photograph
) -> None:
    version = make.draft(by=(by := make.author()))
    author = browsers.seat(by)
    wrong = []

    author.tab.goto(f"/desk/versions/{version.pk}/references/")
    read_file(author, "pubmed.nbib", an_export().encode())
    assert author.press("Read them") == 200
    photograph(author.tab, "review")
    wrong += axe.violations(author.tab)
    author.press("Add to the draft")
    assert author.told == ["4 references added."]

    author.fill("Or paste here", json.dumps(BOOK))
    author.press("Read them")
    author.press("Add to the draft")
    photograph(author.tab, "references")
    photograph(author.tab, "references", width=360)
    wrong += axe.violations(author.tab, 1)
    assert numbered(author.tab) == [
        ("1", "trial"),
        ("2", "review"),
        ("3", "carberry2019"),
        ("4", "margin2020"),
        ("5", "inkwell2021"),
        ("6", "fictional2023"),
        ("7", "handbook"),
    ]

    with author.tab.expect_download() as download:
        author.tab.get_by_role("link", name="RIS", exact=True).click()
    exported = reading.read(Path(download.value.path()).read_bytes())
    assert len(exported.items) == 7
    assert wrong == []


def test_a_word_document_has_its_citations_matched(
    browsers: Browsing, photograph: Photograph
) -> None:
    pots = make.item(title=FOUR[0][0], DOI="10.5555/Pots.2019", volume="1")
    glazes = make.item(
        title="Glazes for the long run: a systematic review",
        author=[{"family": "Margin", "given": "Lou"}],
        issued={"date-parts": [[2020]]},
        DOI="10.5555/glazes",
    )
    make.draft(references=references(pots, glazes), key_answer="", renditions={})
    author = browsers.seat(make.author())
    wrong = []

    author.tab.goto("/desk/articles/new/word/")
    photograph(author.tab, "word")
    wrong += axe.violations(author.tab)
    read_file(author, "text.docx", DOCUMENT)
    assert author.press("Read it") == 200
    photograph(author.tab, "word-preview")
    photograph(author.tab, "word-preview", width=360)
    wrong += axe.violations(author.tab, 1)
    assert author.press("Open the article") == 422
    assert author.complaints == ["Say what [2] cites."]
    photograph(author.tab, "word-refused")
    wrong += axe.violations(author.tab)
    author.tab.get_by_role("group", name="What [2] cites").get_by_label(
        "In the library"
    ).check()
    author.press("Open the article")

    version = Version.objects.order_by("-pk")[0]
    rows = Citation.objects.filter(version=version).order_by("position")
    assert author.tab.url.endswith(f"/desk/versions/{version.pk}/edit/")
    assert version.question == "Do pots crack in the cold?"
    assert [row.work.csl["DOI"] for row in rows.select_related("work")] == [
        "10.5555/Pots.2019",
        "10.5555/glazes",
    ]
    assert wrong == []


def references(*items: dict[str, object]) -> tuple[Reference, ...]:
    return tuple(Reference(f"k{n}", given) for n, given in enumerate(items))


def test_what_is_asked_refused_or_only_named(
    browsers: Browsing, photograph: Photograph
) -> None:
    like = make.item(title=FOUR[0][0].replace("who", "that"), DOI="")
    like |= {"issued": {"date-parts": [[2019]]}}
    version = make.draft(by=(by := make.author()))
    make.draft(references=references(like), key_answer="", renditions={})
    page = f"/desk/versions/{version.pk}/references/"
    author = browsers.seat(by)
    wrong = []

    author.tab.goto(page)
    assert author.press("Read them") == 422
    wrong += axe.violations(author.tab)
    author.fill("Or paste here", an_export())
    author.press("Read them")
    assert author.press("Add to the draft") == 422
    photograph(author.tab, "asked")
    wrong += axe.violations(author.tab, 1)
    author.tab.goto(page)
    author.fill("Or paste here", "10.5555/unknown\nPMID 31999999")
    author.press("Read them")
    photograph(author.tab, "named")
    wrong += axe.violations(author.tab)
    work = Work.objects.get(csl__title=like["title"])
    author.tab.goto(f"/desk/works/{work.pk}/")
    photograph(author.tab, "work")
    wrong += axe.violations(author.tab, 1)

    assert wrong == []
