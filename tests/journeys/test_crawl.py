"""A stranger follows every link: nothing is missing, nothing pending gets out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html
from pypdf import PdfReader

from articles.models import Article, Page, Version
from articles.states import SIGNED_OFF, Standing
from articles.vocabulary import Audience
from editorial import printouts, rules
from editorial.urls import FILES
from reviews.models import Assignment, Signature
from tests.journeys import house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import APIRequestContext, APIResponse

    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.everywhere,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("printed"),
]
LINKS = "//@href | //@src"
SIGN_IN = "/accounts/login/?next=/desk/"
ENOUGH = 1_000


@dataclass
class Visited:
    """A page as a stranger got it; `path` is where its last redirect led."""

    path: str
    status: int
    text: str
    document: html.HtmlElement | None
    fragments: set[str] = field(default_factory=set)


@dataclass
class Crawl:
    """Follows every link inside the house, from one address on."""

    http: APIRequestContext
    house: str
    pages: dict[str, Visited] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def follow(self, *addresses: str) -> None:
        waiting = list(addresses)
        while waiting and len(self.pages) < ENOUGH:
            address, fragment = urldefrag(waiting.pop())
            if address not in self.pages:
                self.pages[address] = self._get(address)
                waiting += self._links(address)
            self.pages[address].fragments.add(fragment)

    def _get(self, address: str) -> Visited:
        answer = self.http.get(address)
        where = urlsplit(answer.url)
        path = where.path + (f"?{where.query}" if where.query else "")
        return Visited(path, answer.status, _words(answer), _parsed(answer))

    def _links(self, address: str) -> Iterator[str]:
        page = self.pages[address]
        if page.document is None:
            return
        for link in page.document.xpath(LINKS):
            target = urljoin(page.path, str(link))
            if not urlsplit(target).netloc:
                yield target

    @property
    def documents(self) -> dict[str, html.HtmlElement]:
        return {
            address: page.document
            for address, page in self.pages.items()
            if page.document is not None
        }


def _words(answer: APIResponse) -> str:
    if answer.headers.get("content-type") != "application/pdf":
        return answer.text()
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _parsed(answer: APIResponse) -> html.HtmlElement | None:
    if "text/html" not in answer.headers.get("content-type", ""):
        return None
    return html.fromstring(answer.text())


@pytest.fixture
def on_paper(settings: Any) -> None:
    settings.PDF = True


@pytest.fixture
def printed(on_paper: None, library: None) -> None:
    printouts.make_due(until=monotonic() + 100)
    assert printouts.waiting() == 0


@pytest.fixture
def crawl(browsers: Browsing) -> Crawl:
    """Every page that is linked from the start page, or shown as a preview."""
    found = Crawl(browsers.open().request, browsers.url)
    previews = Article.objects.filter(standing=Standing.PREVIEW)
    found.follow("/", *(f"/articles/{article.slug}/" for article in previews))
    return found


@pytest.mark.long
def test_a_stranger_finds_what_is_public_and_nothing_else(crawl: Crawl) -> None:
    assert 0 < len(crawl.pages) < ENOUGH
    assert {a: p.status for a, p in crawl.pages.items() if p.status != 200} == {}
    assert crawl.pages["/desk/"].path == SIGN_IN
    assert pdfs(crawl) == {p.path for p in printouts.in_sight().select_related("page")}
    assert anchors_without_a_place(crawl) == []
    assert stored_and_never_linked(crawl) == []
    assert pages_without_the_demonstration_banner(crawl) == []
    assert pages_with_pending_words(crawl) == []
    assert trust_without_a_signature(crawl) == []
    assert trust_where_there_is_one(crawl)


def pdfs(crawl: Crawl) -> set[str]:
    return {a for a, page in crawl.pages.items() if " Page 1 of " in page.text}


def anchors_without_a_place(crawl: Crawl) -> list[str]:
    return [
        f"{address}#{fragment}"
        for address, document in crawl.documents.items()
        for fragment in crawl.pages[address].fragments - {""}
        if not document.xpath("//*[@id=$id]", id=unquote(fragment))
    ]


def stored_and_never_linked(crawl: Crawl) -> list[str]:
    """A page that is kept but led to from nowhere would be lost to its readers."""
    stored = Page.objects.order_by("path").values_list("path", flat=True)
    default = re.compile(r"/for/clinician/$")  # the article by another name
    return [p for p in stored if p not in crawl.pages and not default.search(p)]


def pages_without_the_demonstration_banner(crawl: Crawl) -> list[str]:
    return [
        address
        for address, document in crawl.documents.items()
        if not any(
            "Demonstration" in banner.text_content()
            for banner in document.find_class("demo")
        )
    ]


def pages_with_pending_words(crawl: Crawl) -> list[str]:
    """Questions of texts nobody approved, wherever they stand but in their preview."""
    pending = Version.objects.exclude(state__in=SIGNED_OFF).select_related("article")
    scheduled = Version.objects.filter(state="approved", publication=None)
    approved = set(
        Version.objects.filter(publication__isnull=False).values_list(
            "question", flat=True
        )
    )
    secrets = {v.question: v.article for v in [*pending, *scheduled]}
    assert house.CANARY in secrets
    return [
        f"{question} on {address}"
        for question, article in secrets.items()
        for address, page in crawl.pages.items()
        if question in page.text
        and question not in approved
        and not shows_preview(article, address)
    ]


def shows_preview(article: Article, address: str) -> bool:
    is_its_page = address.startswith(f"/articles/{article.slug}/")
    return is_its_page and article.standing == Standing.PREVIEW


def trust_without_a_signature(crawl: Crawl) -> list[str]:
    """Trust statements, where no approval that verifies stands behind the version."""
    signed = set(Signature.objects.values_list("printed_name", flat=True))
    found = []
    for page in Page.objects.filter(content_type__startswith="text/html"):
        document = crawl.documents.get(page.path)
        if document is None or rules.approval_of(page.version):
            continue
        said = [e.text_content() for e in document.xpath("//*[@data-trust]")]
        found += [f"{page.path}: {text}" for text in said if claims(text, signed)]
    return found


def trust_where_there_is_one(crawl: Crawl) -> bool:
    """Whether the check above would see it: the same words stand where they are true."""
    public = Article.objects.filter(standing=Standing.PUBLISHED)
    return all(
        any(
            claims(element.text_content(), set())
            for element in crawl.documents[f"/articles/{article.slug}/"].xpath(
                "//*[@data-trust]"
            )
        )
        for article in public
    )


def claims(text: str, signed: set[str]) -> bool:
    """Whether it names somebody who signs, or says that something was done."""
    done = re.search(r"(Reviewed|Approved) by|Last reviewed|Next review", text)
    return bool(done) or any(name in text for name in signed)


def test_every_address_of_the_contract_answers(browsers: Browsing) -> None:
    http = browsers.open().request
    public = Article.objects.get(versions__state="superseded")
    hidden = Article.objects.filter(standing=Standing.UNPUBLISHED)
    path = f"/articles/{public.slug}/"

    assert statuses(http, *lists(), *of_an_article(path)) == {200}
    assert statuses(http, *not_there(path)) == {404}
    assert statuses(http, *(f"/articles/{article.slug}/" for article in hidden)) == {
        404
    }
    assert whom_it_is_for(http, path) == {
        "clinician": (200, None),
        "patient": (200, None),
        "nurse": (302, f"{path}for/clinician/#instead-of-nurse"),
        "student": (302, f"{path}for/clinician/#instead-of-student"),
        "caregiver": (302, f"{path}for/patient/#instead-of-caregiver"),
    }
    for audience in ("nurse", "student", "caregiver"):
        told = http.get(f"{path}for/{audience}/").text()
        assert f'id="instead-of-{audience}"' in told
    assert where_to(http, *at_the_desk()) == {
        address: f"/accounts/login/?next={address}" for address in at_the_desk()
    }


def lists() -> Iterator[str]:
    yield from ("/", "/articles/", "/editorial-policy/", "/medical-advisory-board/")
    yield from ("/healthz", "/accounts/login/", "/accounts/password/reset/")
    yield from ("/robots.txt", "/sitemap.xml", "/feeds/articles.atom")
    yield from ("/api/articles", "/api/openapi.json", "/oai/?verb=Identify")


def of_an_article(path: str) -> Iterator[str]:
    yield from (path, f"{path}versions/", f"{path}record/", f"{path[:-1]}.pdf")
    yield from (f"{path.rstrip('/')}{tail}" for tail in FILES)
    yield from (f"/api{path.rstrip('/')}{tail}" for tail in ("", "/record"))
    for number in (1, 2):
        yield from (
            f"{path}versions/{number}/",
            f"{path}versions/{number}/canonical.json",
        )


def not_there(path: str) -> Iterator[str]:
    yield from ("/articles/nothing/", "/topics/nothing/", "/editorial-policy/99/")
    yield from (f"{path}versions/3/", f"{path}versions/0/", f"{path}for/everybody/")
    yield from ("/articles/?page=2", "/articles/?page=nothing", "/accounts/signup/")


def statuses(http: APIRequestContext, *addresses: str) -> set[int]:
    return {http.get(address).status for address in addresses}


def whom_it_is_for(
    http: APIRequestContext, path: str
) -> dict[str, tuple[int, str | None]]:
    answers = {
        audience: http.get(f"{path}for/{audience}/", max_redirects=0)
        for audience in Audience.values
    }
    return {a: (r.status, r.headers.get("location")) for a, r in answers.items()}


def at_the_desk() -> Iterator[str]:
    version = Version.objects.filter(state="under_review")[0].get_absolute_url()
    assignment = Assignment.objects.order_by("pk")[0].get_absolute_url()
    yield from ("/desk/", "/desk/articles/new/", "/desk/notices/", "/desk/effects/")
    yield from (version, f"{version}edit/", f"{version}approve/", assignment)
    yield from (f"{assignment}report/", "/desk/versions/999999/")


def where_to(http: APIRequestContext, *addresses: str) -> dict[str, str | None]:
    answers = {a: http.get(a, max_redirects=0) for a in addresses}
    return {a: answer.headers.get("location") for a, answer in answers.items()}
