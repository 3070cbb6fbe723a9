"""A notice stands in every output, checked one by one on the real pages."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import etree, html
from pypdf import PdfReader

from articles.models import Notice, Page, SearchEntry
from articles.reading import paged
from articles.states import Standing
from editorial import printouts
from tests import make, traces
from tests.editorial.published import revised

if TYPE_CHECKING:
    from pathlib import Path

    from articles.models import Version

BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
PREFIXES = {
    "concern": "EXPRESSION OF CONCERN: ",
    "held": "ON HOLD: ",
    "retracted": "RETRACTED: ",
    "archived": "NO LONGER MAINTAINED: ",
}


class Stopped(NamedTuple):
    """An article of two versions and two renditions, with a notice above it."""

    version: Version
    standing: str
    notice: Notice

    @property
    def path(self) -> str:
        return f"/articles/{self.version.article.slug}/"

    @property
    def beside(self) -> str:
        return self.path.rstrip("/")

    @property
    def title(self) -> str:
        return f"{PREFIXES[self.standing]}{self.version.question}"

    @property
    def notice_path(self) -> str:
        return f"{self.path}notices/{self.notice.number}/"


def stopped_at(standing: str) -> Stopped:
    first = make.published(renditions=BOTH)
    second = revised(first, renditions=BOTH)
    make.STAND[standing](second)
    notice = Notice.objects.get(article=second.article_id, ended_at=None)
    return Stopped(make.again(second), standing, notice)


@pytest.fixture(params=PREFIXES)
def stopped(request: pytest.FixtureRequest, db: None) -> Stopped:
    return stopped_at(request.param)


def body(path: str, **asked: Any) -> bytes:
    answer = Client().get(path, asked)
    assert answer.status_code == 200, path
    return bytes(answer.content)


def tree(path: str, **asked: Any) -> Any:
    return html.document_fromstring(body(path, **asked).decode())


def text_of(found: Any) -> str:
    return " ".join(found.text_content().split())


def test_1_every_version_and_every_rendition(stopped: Stopped) -> None:
    below = ("", "for/clinician/", "for/patient/", "versions/1/", "versions/2/")
    day = stopped.notice.issued_at.date().isoformat()  # type: ignore[union-attr]

    for tail in (*below, f"@{day}/"):
        page = tree(stopped.path + tail)
        (article,) = page.xpath("//article[@data-standing]")
        (alarm,) = article.xpath(".//*[@data-notice]")
        assert article.get("data-standing") == stopped.standing
        assert text_of(article.xpath(".//h1")[0]).startswith(PREFIXES[stopped.standing])
        assert PREFIXES[stopped.standing] in text_of(page.xpath("//title")[0])
        assert stopped.notice.words in text_of(alarm)
        assert alarm.xpath(".//a/@href") == [stopped.notice_path]
        assert article.xpath(".//*[@data-review-status]") == []
        assert "noindex" in page.xpath("//meta[@name='robots']/@content")
        assert "Watch for bleeding" in text_of(article) or "patient" in tail


def test_the_pages_around_the_text_say_so_too(stopped: Stopped) -> None:
    for tail in ("versions/", "record/", "versions/1..2/"):
        page = tree(stopped.path + tail)
        assert page.xpath("//*[@data-notice]/@data-notice") == [stopped.standing]


@pytest.fixture
def pdfs(settings: Any) -> None:
    settings.PDF = True


def test_2_the_page_on_paper_and_the_pdf(
    pdfs: None,  # asked for first: the deed says then that a PDF is owed
    stopped: Stopped,
) -> None:
    sheet = paged.sheet(body(stopped.path))

    assert sheet.title == stopped.title
    assert stopped.notice.words in sheet.article
    assert "Watch for bleeding" in sheet.article
    assert "<details" not in sheet.article
    printouts.make_due(math.inf)
    printed = PdfReader(io.BytesIO(body(f"{stopped.beside}.pdf")))
    said = [" ".join(page.extract_text().split()) for page in printed.pages]
    mark = PREFIXES[stopped.standing].strip(": ")
    assert [mark in words.upper() for words in said] == [True] * len(said)
    assert printed.metadata is not None
    assert printed.metadata.title == stopped.title


def test_3_what_a_search_finds(stopped: Stopped) -> None:
    question = stopped.version.question
    asked = {"q": question, "standing": stopped.standing}

    hits = tree("/search/", **asked).xpath("//li/h3")
    by_default = tree("/search/", q=question).xpath("//li/h3")

    assert {text_of(hit) for hit in hits} == {stopped.title}
    assert by_default == []
    bodies = SearchEntry.objects.values_list("body", flat=True)
    assert any(bodies) == (stopped.standing != "held")


def test_4_the_feed_of_articles(stopped: Stopped) -> None:
    feed = etree.fromstring(body("/feeds/articles.atom"))
    names = {"a": "http://www.w3.org/2005/Atom"}

    def said(path: str) -> list[str]:
        return list(feed.xpath(f"//a:entry/{path}", namespaces=names))

    assert said("a:title/text()") == [stopped.title]
    (related,) = said("a:link[@rel='related']/@href")
    assert related.endswith(stopped.notice_path)
    assert f"status:{Standing(stopped.standing).label.lower()}" in said(
        "a:category/@term"
    )


def test_5_ris(stopped: Stopped) -> None:
    said = body(f"{stopped.beside}.ris").decode()

    assert f"TI  - {stopped.title}" in said
    assert stopped.notice_path in said


def test_6_bibtex(stopped: Stopped) -> None:
    said = body(f"{stopped.beside}.bib").decode()

    assert PREFIXES[stopped.standing].strip() in said.replace("{", "").replace("}", "")
    assert stopped.notice_path in said


def test_7_csl(stopped: Stopped) -> None:
    (item,) = json.loads(body(f"{stopped.beside}.csl.json"))

    assert item["title"] == stopped.title
    assert item["note"].endswith(stopped.notice_path)


def test_8_json_ld_and_the_head(stopped: Stopped) -> None:
    page = tree(stopped.path)
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    web, article, _house = json.loads(data)["@graph"]

    assert (web["name"], article["headline"]) == (stopped.title, stopped.title)
    (correction,) = article["correction"]
    assert correction["url"].endswith(stopped.notice_path)
    assert correction["text"] == stopped.notice.words
    assert not {"reviewedBy", "lastReviewed"} & web.keys()
    titles = page.xpath("//meta[@name='citation_title' or @name='DCTERMS.title']")
    assert [one.get("content") for one in titles] == [stopped.title] * 2


def test_9_jats(stopped: Stopped) -> None:
    article = etree.fromstring(body(f"{stopped.beside}.xml"))

    titles = article.xpath("//title-group/article-title/text()")
    assert all(title.startswith(stopped.title) for title in titles)
    assert len(titles) == 2
    links = {"x": "http://www.w3.org/1999/xlink"}
    related = article.xpath("//related-article/@x:href", namespaces=links)
    assert [address.endswith(stopped.notice_path) for address in related] == [True]


def test_10_oai_pmh(stopped: Stopped) -> None:
    for prefix in ("oai_dc", "jats"):
        found = etree.fromstring(
            body("/oai/", verb="ListRecords", metadataPrefix=prefix)
        )
        (record,) = found.xpath("//*[local-name()='record']")
        titles = record.xpath(
            ".//*[local-name()='title' or local-name()='article-title']/text()"
        )
        assert titles[0] == stopped.title
        assert record.xpath(".//*[local-name()='setSpec']/text()")[0] == (
            f"status:{stopped.standing}"
        )
        stamp = record.xpath(".//*[local-name()='datestamp']/text()")[0]
        issued = stopped.notice.issued_at
        assert issued is not None
        assert stamp == f"{issued:%Y-%m-%dT%H:%M:%SZ}"


def test_the_api_says_so_too(stopped: Stopped) -> None:
    whole = json.loads(body(f"/api{stopped.beside}"))
    (listed,) = json.loads(body("/api/articles"))["articles"]

    assert (whole["title"], listed["title"]) == (stopped.title, stopped.title)
    assert [n["url"].endswith(stopped.notice_path) for n in whole["notices"]] == [True]
    assert whole["review"] is None
    assert listed == {name: whole[name] for name in listed}


def test_the_exported_site_says_so_too(
    stopped: Stopped, tmp_path: Path, settings: Any
) -> None:
    static = tmp_path / "static"
    static.mkdir()
    (static / "page.css").write_text("")
    settings.STATIC_ROOT = static

    call_command("export_site", str(tmp_path / "site"))

    site = tmp_path / "site"
    said = (site / stopped.path.strip("/") / "versions/1/index.html").read_text()
    assert f"{PREFIXES[stopped.standing]}" in said
    notices = (site / "corrections/index.html").read_text()
    assert stopped.notice_path in notices
    assert (site / stopped.notice_path.strip("/") / "index.html").exists()
    assert stopped.notice_path in (site / "feeds/corrections.atom").read_text()


def test_the_notice_has_a_page_of_its_own(stopped: Stopped) -> None:
    page = tree(stopped.notice_path)

    said = text_of(page.xpath("//main")[0])
    for words in (
        stopped.notice.words,
        stopped.notice.get_stance_display(),
        stopped.notice.get_issuer_display(),
        *stopped.notice.reasons_in_words,
        *(
            s.printed_name
            for s in stopped.notice.signatures.all()
            if s.role != "board member"
        ),
        stopped.notice.sha256,
    ):
        assert words in said


def test_all_notices_are_listed_newest_first_and_by_kind(stopped: Stopped) -> None:
    other = make.published()
    make.held(other)

    listed = tree("/corrections/").xpath("//li/h2/a/@href")
    assert listed == [
        f"/articles/{other.article.slug}/notices/1/",
        stopped.notice_path,
    ]
    by_kind = tree(f"/corrections/{stopped.notice.kind}/").xpath("//li/h2/a/@href")
    assert stopped.notice_path in by_kind
    feed = etree.fromstring(body("/feeds/corrections.atom"))
    titles = feed.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert titles[0].startswith("HOLD: ")
    assert Client().get("/corrections/nothing/").status_code == 404


def test_what_was_said_stays_after_it_was_taken_back(db: None) -> None:
    version = make.published()
    make.noticed(version, "express_concern")
    make.noticed(version, "lift_concern")
    path = f"/articles/{version.article.slug}/"

    page, concern = tree(path), tree(f"{path}notices/1/")

    assert page.xpath("//*[@data-notice]") == []
    assert text_of(page.xpath("//h1")[0]) == version.question
    assert page.xpath("//section[@aria-labelledby='notices']//a/@href") == [
        f"{path}notices/2/",
        f"{path}notices/1/",
    ]
    assert concern.xpath("//*[@data-ended]") != []
    assert concern.xpath("//dd/a/@href")[-1] == f"{path}notices/2/"
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert len(json.loads(data)["@graph"][1]["correction"]) == 2


def test_a_text_on_hold_is_folded_behind_its_warning(db: None) -> None:
    held = stopped_at("held")

    for tail in ("", "for/patient/", "versions/1/"):
        (folded,) = tree(held.path + tail).xpath("//details[@data-folded]")
        assert folded.get("open") is None
        assert folded.xpath(".//*[@class='text']") != []
        assert folded.xpath(".//*[@data-notice]") == []


def test_of_what_was_removed_nothing_is_left_but_who_and_why(db: None) -> None:
    version = make.published(renditions=BOTH)
    make.noticed(version, "remove")
    path = f"/articles/{version.article.slug}/"
    notice = Notice.objects.get()

    page = tree(path)
    assert page.xpath("//article/@data-standing") == ["removed"]
    assert text_of(page.xpath("//h1")[0]) == f"REMOVED: {version.question}"
    assert notice.words in text_of(page)
    assert version.byline[0]["name"] in text_of(page)
    assert "bleeding" not in text_of(page)
    assert text_of(tree(f"{path}notices/1/").xpath("//h1")[0]).startswith("REMOVAL: ")
    gone = (
        *("for/patient/", "versions/", "versions/1/", "versions/1/canonical.json"),
        *("record/", "record.json", "versions/1..2/", "@2026-01-01/"),
    )
    beside = (".json", ".xml", ".ris", ".bib", ".csl.json", ".pdf")
    addresses = [
        *(path + tail for tail in gone),
        *(path.rstrip("/") + end for end in beside),
        f"/api{path.rstrip('/')}",
    ]
    answers = {address: Client().get(address) for address in addresses}
    assert {a: r.status_code for a, r in answers.items()} == dict.fromkeys(
        addresses, 410
    )
    assert not any(b"bleeding" in r.content for r in answers.values())


def test_the_outlets_say_that_it_was_removed(db: None) -> None:
    version = make.published()
    make.noticed(version, "remove")

    feed = etree.fromstring(body("/feeds/articles.atom"))
    (gone,) = feed.xpath("//*[local-name()='deleted-entry']")
    assert gone.get("ref").endswith(f"articles/{version.article.slug}")
    assert text_of_xml(gone) == Notice.objects.get().words
    found = etree.fromstring(
        body("/oai/", verb="ListIdentifiers", metadataPrefix="oai_dc")
    )
    assert found.xpath("//*[local-name()='header']/@status") == ["deleted"]
    assert json.loads(body("/api/articles"))["articles"] == []
    asked = {"q": version.question, "standing": "any"}
    assert tree("/search/", **asked).xpath("//li/h3") == []


def text_of_xml(found: Any) -> str:
    return "".join(found.itertext()).strip()


@pytest.mark.parametrize("standing", [*PREFIXES, "removed"])
def test_a_page_is_never_older_than_its_standing(standing: str, db: None) -> None:
    version = make.published()
    before = set(Page.objects.values_list("sha256", flat=True))
    make.STAND[standing](version)

    pages = Page.objects.exclude(path__endswith=".json")
    kept = before & set(pages.values_list("sha256", flat=True))
    cited = {p for p in pages.values_list("path", flat=True) if "references." in p}
    assert len(kept) == len(cited)
    assert traces.problems() == []
    printouts.sweep_up()
