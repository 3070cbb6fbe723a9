"""What the head of a page tells machines."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from articles.reading import page
from articles.reading.facts import Trust
from articles.reading.text import Text
from tests.articles.reading import samples

TEXT = samples.text()
TRUST = samples.trust(TEXT.sha256)
PENDING = samples.pending(TEXT.sha256)
OLD = samples.text(number=1, question="What comes next when naltrexone fails?")
PATH = "/articles/after-naltrexone/"
URL = f"http://localhost:8000{PATH}"


def head(trust: Trust = TRUST, text: Text = TEXT, path: str = PATH) -> Any:
    pages = {found.path: found for found in page.build(text, trust, earlier=[OLD])}
    return html.document_fromstring(pages[path].body.decode()).head


def metas(found: Any, kind: str) -> list[tuple[str, str]]:
    tags = ((tag.get("name", ""), tag.get("content")) for tag in found.iter("meta"))
    return [tag for tag in tags if tag[0].startswith(kind)]


def links(found: Any, *relations: str) -> dict[str, str]:
    tags = ((tag.get("rel"), tag.get("href")) for tag in found.iter("link"))
    return {rel: href for rel, href in tags if rel in relations}


def test_a_published_article_is_described_for_scholars() -> None:
    assert metas(head(), "citation_") == [
        ("citation_title", TEXT.question),
        ("citation_author", "Josiah Carberry"),
        ("citation_author_institution", "Brown University"),
        ("citation_publication_date", "2025/02/04"),
        ("citation_online_date", "2025/12/18"),
        ("citation_journal_title", "Imprimatur"),
        ("citation_language", "en"),
        ("citation_public_url", URL),
        ("citation_keywords", "Addiction medicine"),
        (
            "citation_reference",
            (
                "citation_title=Extended-release naltrexone versus buprenorphine-naloxone;"
                " citation_author=Lee; citation_journal_title=Lancet;"
                " citation_doi=10.1016/S0140-6736(17)32812-X"
            ),
        ),
        (
            "citation_reference",
            (
                "citation_title=Buprenorphine maintenance versus placebo or methadone"
                " maintenance; citation_author=Mattick; citation_journal_title=Cochrane"
                " Database Syst Rev; citation_doi=10.1002/14651858.CD002207.pub4"
            ),
        ),
        (
            "citation_reference",
            "citation_title=Waiver elimination; citation_author=A government body",
        ),
    ]


def test_a_published_article_is_described_in_dublin_core() -> None:
    assert metas(head(), "DCTERMS.") == [
        ("DCTERMS.title", TEXT.question),
        ("DCTERMS.creator", "Josiah Carberry"),
        ("DCTERMS.publisher", "Imprimatur"),
        ("DCTERMS.language", "en"),
        ("DCTERMS.identifier", f"{URL}versions/2/"),
        ("DCTERMS.audience", "Clinicians"),
        ("DCTERMS.provenance", "human; approved"),
        ("DCTERMS.subject", "Addiction medicine"),
        ("DCTERMS.issued", "2025-02-04"),
        ("DCTERMS.modified", "2025-12-18"),
        ("DCTERMS.dateAccepted", "2025-12-18"),
    ]


def test_an_article_links_its_versions_and_its_other_forms() -> None:
    found = head()

    assert links(
        found,
        *("canonical", "cite-as", "version-history", "latest-version"),
        *("predecessor-version", "successor-version", "schema.DCTERMS"),
    ) == {
        "canonical": URL,
        "version-history": f"{URL}versions/",
        "latest-version": URL,
        "predecessor-version": f"{URL}versions/1/",
        "cite-as": f"{URL}versions/2/",
        "schema.DCTERMS": "http://purl.org/dc/terms/",
    }
    assert [
        (tag.get("type"), tag.get("href").removeprefix("http://localhost:8000"))
        for tag in found.xpath("link[@rel='alternate']")
    ] == [
        ("application/json", "/articles/after-naltrexone.json"),
        ("application/xml", "/articles/after-naltrexone.xml"),
        ("application/x-research-info-systems", "/articles/after-naltrexone.ris"),
        ("application/x-bibtex", "/articles/after-naltrexone.bib"),
        (
            "application/vnd.citationstyles.csl+json",
            "/articles/after-naltrexone.csl.json",
        ),
        ("application/atom+xml", "/feeds/articles.atom"),
    ]


def test_a_pdf_is_named_to_machines_where_there_is_one(settings: Any) -> None:
    silent = head()
    settings.PDF = True

    found = head()

    pdf = "http://localhost:8000/articles/after-naltrexone.pdf"
    assert ("citation_pdf_url", pdf) in metas(found, "citation_")
    assert found.xpath("link[@type='application/pdf']/@href") == [pdf]
    assert "citation_pdf_url" not in dict(metas(silent, "citation_"))
    assert silent.xpath("link[@type='application/pdf']") == []
    assert metas(head(trust=PENDING), "citation_") == []


def test_an_old_version_leads_to_the_ones_around_it() -> None:
    found = head(path=f"{PATH}versions/1/")

    assert links(
        found, "latest-version", "predecessor-version", "successor-version"
    ) == {
        "latest-version": URL,
        "successor-version": f"{URL}versions/2/",
    }


def test_a_rendition_says_whom_it_is_for() -> None:
    found = head(path=f"{PATH}for/patient/")

    assert ("DCTERMS.audience", "Patients") in metas(found, "DCTERMS.")
    assert links(found, "canonical") == {"canonical": f"{URL}for/patient/"}


@pytest.mark.parametrize("kind", ["citation_", "DCTERMS."])
def test_nothing_of_a_pending_text_is_described(kind: str) -> None:
    assert metas(head(trust=PENDING), kind) == []
    assert metas(head(), kind) != []
    assert links(head(trust=PENDING), "alternate", "cite-as", "version-history") == {}


def test_hostile_words_stay_within_their_tag() -> None:
    text = samples.text(question="\"><script>alert(1)</script>'&")

    found = head(samples.trust(text.sha256), text)

    assert dict(metas(found, "citation_"))["citation_title"] == text.question
    assert len(found.xpath("script[not(@type)]")) == 0


def test_a_long_list_of_references_does_not_fill_the_head() -> None:
    text = samples.text(references=samples.REFERENCES * 30)

    found = head(samples.trust(text.sha256), text)

    cited = [tag for tag in metas(found, "citation_") if tag[0] == "citation_reference"]
    assert len(cited) == 40
