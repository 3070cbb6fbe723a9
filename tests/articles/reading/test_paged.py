"""What is put on paper stands on the page, with its warning and without its buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from lxml import html

from articles.reading import page, paged
from articles.states import Standing
from tests.articles.reading import samples

if TYPE_CHECKING:
    from articles.reading.facts import Trust

TEXT = samples.text()
TRUST = samples.trust(TEXT.sha256)
PENDING = samples.pending(TEXT.sha256)
PATH = "/articles/after-naltrexone/"
WARNED = {
    Standing.CONCERN: "Expression of concern",
    Standing.HELD: "On hold",
    Standing.RETRACTED: "Retracted",
    Standing.REMOVED: "Removed",
    Standing.ARCHIVED: "No longer maintained",
}


def stored(trust: Trust = TRUST, tail: str = "", **changes: Any) -> bytes:
    text = replace(TEXT, **changes) if changes else TEXT
    built = {found.path: found for found in page.build(text, trust)}
    return built[PATH + tail].body


def article(trust: Trust = TRUST) -> Any:
    return html.fromstring(paged.sheet(stored(trust)).article)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_sheet_says_what_its_page_says() -> None:
    sheet = paged.sheet(stored())

    assert sheet._replace(article=paged.SafeString()) == paged.Sheet(
        language="en",
        question=TEXT.question,
        warning="",
        standing="Published",
        version="2",
        sha256=TEXT.sha256,
        reviewed="18 Dec 2025",
        written_by="Josiah Carberry, MD, Brown University",
        description=TEXT.headline,
        address=f"{settings.SITE_URL}{PATH}",
        demonstration=(
            "Demonstration library. The people are fictional; the works cited are real."
        ),
        created="2025-02-04",
        modified="2025-12-18",
        article=paged.SafeString(),
    )
    assert sheet.title == TEXT.question


@pytest.mark.parametrize("standing", WARNED)
def test_a_notice_comes_before_the_question_and_ends_the_review(standing: str) -> None:
    notice = WARNED[Standing(standing)]

    sheet = paged.sheet(stored(replace(TRUST, standing=standing)))

    assert (sheet.warning, sheet.standing, sheet.reviewed) == (notice, notice, "")
    assert sheet.title == f"{notice.upper()}: {TEXT.question}"
    (heading,) = html.fromstring(sheet.article).xpath("//h1")
    assert words(heading) == sheet.title


def test_a_text_that_is_not_approved_says_so_before_its_question() -> None:
    sheet = paged.sheet(stored(PENDING))

    assert (sheet.standing, sheet.reviewed) == ("Preview of a pending text", "")
    assert sheet.title == f"NOT APPROVED: {TEXT.question}"
    assert "data-caution" in sheet.article


def test_what_only_a_screen_can_use_is_left_out() -> None:
    shown, printed = html.document_fromstring(stored().decode()), article()

    for path in ("//nav", "//*[contains(@class, 'only-when-')]", "//ol//small"):
        assert (shown.xpath(path) != [], printed.xpath(path)) == (True, [])


def test_everything_else_of_the_text_is_there() -> None:
    (shown,) = html.document_fromstring(stored().decode()).xpath("//article")
    for found in shown.xpath(paged.ON_SCREEN_ONLY):
        found.drop_tree()

    (audience,) = article().xpath("//p[text()='Written for Clinicians']")
    printed = words(article()).replace(f"{words(audience)} ", "", 1)
    assert printed == words(shown)
    assert "Extended-release naltrexone" in words(shown)
    assert "Clinical judgement comes first." in words(shown)


def test_a_document_has_every_word_of_its_sheet_and_asks_for_nothing() -> None:
    document = html.document_fromstring(paged.document(stored()))

    assert document.get("lang") == "en"
    assert document.findtext("head/title") == TEXT.question
    assert {
        m.get("name"): m.get("content") for m in document.xpath("//meta[@name]")
    } == {
        "author": "Josiah Carberry, MD, Brown University",
        "description": TEXT.headline,
        "keywords": f"Published, version 2, SHA-256 {TEXT.sha256}",
        "generator": "Imprimatur",
        "dcterms.created": "2025-02-04",
        "dcterms.modified": "2025-12-18",
    }
    assert document.xpath("//@src | //link | //script | //style") == []
    assert "url(" not in paged.style()


def test_words_are_never_markup() -> None:
    hostile = "<script>alert(1)</script>\"'&<b>"
    text = samples.text(question=hostile, headline=hostile)
    trust = samples.trust(text.sha256)
    built = {found.path: found for found in page.build(text, trust)}

    document = html.document_fromstring(paged.document(built[PATH].body))

    assert document.findtext("head/title") == hostile
    assert document.xpath("//script | //b[not(ancestor::ol or ancestor::p)]") == []


@pytest.mark.parametrize("tail", ["versions/", "record/"])
def test_a_page_without_an_article_is_none(tail: str) -> None:
    with pytest.raises(paged.NoArticleError, match="no article"):
        paged.sheet(stored(tail=tail))
