"""A stranger follows every link: nothing is missing, nothing pending gets out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlencode, urljoin, urlsplit

import pytest
from django.urls import is_valid_path, resolve

from articles.models import Article, Page, Term, Version
from articles.reading import urls as reading
from articles.reading.harvest.asking import FORMATS
from articles.reading.harvest.records import identifier
from articles.reading.outlets import urls as outlets
from articles.reading.outlets.openapi import OF_ONE
from articles.states import Standing
from editorial import glossary, printouts, rules
from editorial import urls as house_urls
from reviews.models import Signature
from tests.journeys import house
from tests.journeys.crawling import ENOUGH, Crawl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("printed"),
]
SIGN_IN = "/accounts/login/?next=/desk/"
ENTRY = "ancestor-or-self::li[1]//*[self::h2 or self::h3]/a/@href"
ARTICLE = re.compile(r"/articles/([-\w]+)/(?:versions/(\d+)/)?")
STAFF = re.compile("desk/|accounts/")
NEVER_LED_TO = {
    "sitemap-part",  # until there are more articles than one file holds
    "article-error-heard",  # but by a report
    "ask-sent",  # but by a question
    "ask-confirm",  # but by a letter
}
VERBS = ("Identify", "ListMetadataFormats", "ListSets", "nothing")


@pytest.fixture
def crawl(browsers: Browsing) -> Crawl:
    """Whatever the start page, a preview or a program's own entrance leads to."""
    found = Crawl(browsers.open().request)
    previews = Article.objects.filter(standing=Standing.PREVIEW)
    found.follow("/", *(article.get_absolute_url() for article in previews))
    found.follow("/robots.txt", "/api/openapi.json", "/api/articles?limit=1")
    for article in Article.objects.filter(standing=Standing.PUBLISHED):
        found.follow(*asked_of(article))
    return found


def asked_of(article: Article) -> Iterator[str]:
    """What only programs ask about an article: of the API and as harvesters."""
    number = article.publications.latest("pk").version.number
    for tail in OF_ONE:
        yield f"/api/articles/{article.slug}{tail.format(number=number)}"
    for prefix in FORMATS:
        asked = {"identifier": identifier(article.slug), "metadataPrefix": prefix}
        yield f"/oai/?{urlencode({'verb': 'GetRecord'} | asked)}"
        yield f"/oai/?verb=ListRecords&metadataPrefix={prefix}"
        yield f"/oai/?verb=ListIdentifiers&metadataPrefix={prefix}"
    yield from (f"/oai/?verb={verb}" for verb in VERBS)


@pytest.mark.long
def test_a_stranger_finds_what_is_public_and_nothing_else(crawl: Crawl) -> None:
    assert 0 < len(crawl.pages) < ENOUGH
    assert {a: p.status for a, p in crawl.pages.items() if p.status != 200} == {}
    assert crawl.pages["/desk/"].path == SIGN_IN
    assert kinds_never_reached(crawl) == set()
    assert pdfs(crawl) == {p.path for p in printouts.in_sight().select_related("page")}
    assert anchors_without_a_place(crawl) == []
    assert stored_and_never_linked(crawl) == []
    assert pages_without_the_demonstration_banner(crawl) == []
    assert pages_that_search_engines_could_not_describe(crawl) == []
    assert pages_with_pending_words(crawl) == []
    assert trust_without_a_signature(crawl) == []
    assert trust_where_there_is_one(crawl)
    assert {"opioid", "spina-bifida"} <= explained(crawl) <= approved_terms()


def explained(crawl: Crawl) -> set[str]:
    """The terms that some page leads to."""
    found = (d.xpath("//li/@data-term") for d in crawl.documents.values())
    return {str(slug) for slugs in found for slug in slugs}


def approved_terms() -> set[str]:
    return set(Term.objects.approved().values_list("slug", flat=True))


def pdfs(crawl: Crawl) -> set[str]:
    return {a for a, page in crawl.pages.items() if " Page 1 of " in page.text}


def kinds_never_reached(crawl: Crawl) -> set[str]:
    """Names of public addresses of which the stranger saw none."""
    seen = {urlsplit(address).path for address in crawl.pages}
    return public_names() - {resolve(p).url_name for p in seen if is_valid_path(p)}


def public_names() -> set[str]:
    ours = [*reading.urlpatterns, *outlets.urlpatterns]
    ours += [p for p in house_urls.urlpatterns if not STAFF.match(str(p.pattern))]
    return {pattern.name for pattern in ours} - NEVER_LED_TO


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


def pages_that_search_engines_could_not_describe(crawl: Crawl) -> list[str]:
    """Pages that may be in their lists, and do not say there what they are."""
    return [
        address
        for address, document in crawl.documents.items()
        if not document.xpath("//meta[@name='robots'][@content='noindex']")
        and len(document.xpath("//meta[@name='description']/@content")) != 1
    ]


def pages_with_pending_words(crawl: Crawl) -> list[str]:
    """Words of texts nobody approved, wherever they stand but in their preview."""
    secrets = pending_words()
    assert {*house.SONG.values()} & secrets.keys()
    assert any(
        shows_preview(secrets[words], a) for words in secrets for a in crawl.pages
    )
    return [
        f"{words} on {address}"
        for words, article in secrets.items()
        for address, page in crawl.pages.items()
        if words in page.text and not shows_preview(article, address)
    ]


def pending_words() -> dict[str, Article]:
    """Questions and headlines that no public text shares, and whose they are."""
    known = Version.objects.filter(publication__isnull=False)
    public = {words for version in known for words in said_by(version)}
    hidden = Version.objects.filter(publication=None).select_related("article")
    return {
        words: version.article
        for version in hidden
        for words in said_by(version)
        if words not in public
    }


def said_by(version: Version) -> set[str]:
    return {version.question, version.headline} - {""}


def shows_preview(article: Article, address: str) -> bool:
    """Its own page, or a search in which a reader asked for pending texts."""
    asked = parse_qs(urlsplit(address).query).get("standing", [""])
    is_its_page = address.startswith(article.get_absolute_url())
    is_asked_for = address.startswith("/search/") and asked[0] in ("preview", "any")
    return article.standing == Standing.PREVIEW and (is_its_page or is_asked_for)


def trust_without_a_signature(crawl: Crawl) -> list[str]:
    """Trust statements, where no approval that verifies stands behind the version."""
    names = set(Signature.objects.values_list("printed_name", flat=True))
    known: Callable[..., bool] = cache(is_signed)
    found = []
    for address, document in crawl.documents.items():
        for element in document.xpath("//*[@data-trust]"):
            text = element.text_content()
            version = meant(element, crawl.pages[address].path)
            is_proven = known(*version) if version else is_of_a_term(element)
            if claims(text, names) and not is_proven:
                found.append(f"{address}: {text}")
    return found


def is_signed(slug: str, number: str | None) -> bool:
    """Whether that version was approved, or the one that is public now."""
    current = {"publication__isnull": False, "publication__ended_at": None}
    asked = {"number": number} if number else current
    version = Version.objects.filter(article__slug=slug, **asked).first()
    return version is not None and rules.approval_of(version) is not None


def is_of_a_term(element: HtmlElement) -> bool:
    """Whether it stands under a term, and the house signed whose approval that has."""
    entry = element.xpath("ancestor::li[1]/@id")
    term = Term.objects.approved().filter(slug__in=entry).first()
    if term is None or glossary.wrong(term):
        return False
    return str(term.approved_by) in element.text_content()


def meant(element: HtmlElement, path: str) -> tuple[str, str | None] | None:
    """The article and version that something is said of: the entry's, or the page's."""
    entry = element.xpath(ENTRY)
    found = ARTICLE.match(urljoin(path, entry[0]) if entry else path)
    shown = element.xpath("ancestor::article/@data-version")
    return (found[1], found[2] or next(iter(shown), None)) if found else None


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
