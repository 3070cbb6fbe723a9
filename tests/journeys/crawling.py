"""A stranger who follows whatever leads anywhere: links, forms, lists, files and feeds."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from lxml import etree, html
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import APIRequestContext, APIResponse

ENOUGH = 2_000
LOOKED_FOR = "treatment"
LINKS = "//@href | //@src"
SAID = "//meta/@content | //script[@type='application/ld+json']/text()"
OF_XML = "//@*[local-name()='href'] | //text()"
NAMED = re.compile(rf"{re.escape(settings.SITE_URL)}(/[^\s\"'<>{{}}\\#]*)")
"""A whole address of the house, without the name of a place in what stands there."""


@dataclass
class Visited:
    """A page as a stranger got it; `path` is where its last redirect led."""

    path: str
    status: int
    text: str
    document: html.HtmlElement | None
    leads_to: list[str]
    fragments: set[str] = field(default_factory=set)


@dataclass
class Crawl:
    """Follows everything inside the house, from some addresses on."""

    http: APIRequestContext
    pages: dict[str, Visited] = field(default_factory=dict)

    def follow(self, *addresses: str) -> None:
        waiting = list(addresses)
        while waiting and len(self.pages) < ENOUGH:
            address, fragment = urldefrag(waiting.pop())
            if address not in self.pages:
                self.pages[address] = visited(self.http.get(address))
                waiting += self.pages[address].leads_to
            self.pages[address].fragments.add(fragment)

    @property
    def documents(self) -> dict[str, html.HtmlElement]:
        return {
            address: page.document
            for address, page in self.pages.items()
            if page.document is not None
        }


def visited(answer: APIResponse) -> Visited:
    where = urlsplit(answer.url)
    path = where.path + (f"?{where.query}" if where.query else "")
    kind, text = answer.headers.get("content-type", ""), words(answer)
    document = html.fromstring(text) if "text/html" in kind else None
    if document is not None:
        found = list(of_a_page(document, path))
    elif "xml" in kind:
        found = list(of_xml(answer.body(), path))
    else:
        found = NAMED.findall(text)
    return Visited(path, answer.status, text, document, found)


def words(answer: APIResponse) -> str:
    if answer.headers.get("content-type") != "application/pdf":
        return answer.text()
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def of_a_page(document: html.HtmlElement, path: str) -> Iterator[str]:
    for link in document.xpath(LINKS):
        yield from inside(path, str(link))
    for said in document.xpath(SAID):
        yield from NAMED.findall(said)
    for form in document.forms:
        if form.method == "GET":
            yield from of_a_form(form, urljoin(path, form.action or ""))


def of_a_form(form: html.FormElement, action: str) -> Iterator[str]:
    """As it is sent empty, with words, with each of its choices, and with a day."""
    yield action
    filled = dict(form.form_values())
    for entry in form.xpath(".//input[@name][not(@type='date')]"):
        filled[entry.name] = entry.value or LOOKED_FOR
    yield f"{action}?{urlencode(filled)}"
    for entry in form.xpath(".//input[@type='date']"):
        day = {entry.name: str(timezone.now().date())}
        yield f"{action}?{urlencode(filled | day)}"
    for select in form.xpath(".//select[@name]"):
        for chosen in select.value_options:
            yield f"{action}?{urlencode(filled | {select.name: chosen})}"


def of_xml(body: bytes, path: str) -> Iterator[str]:
    for said in etree.fromstring(body).xpath(OF_XML):
        if said.is_attribute:
            yield from inside(path, str(said))
        else:
            yield from NAMED.findall(said)


def inside(path: str, link: str) -> Iterator[str]:
    """The link from there, if it leads to an address of the house."""
    target = urljoin(path, link).removeprefix(settings.SITE_URL)
    if target.startswith("/") and not urlsplit(target).netloc:
        yield target
