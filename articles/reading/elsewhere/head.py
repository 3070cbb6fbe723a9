"""What the head of a page tells machines: tags of Highwire and Dublin Core, and links."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.reading.elsewhere import (
    addresses,
    files,
    house,
    linked,
    moments,
    standing,
)
from articles.reading.elsewhere.wording import bare
from articles.vocabulary import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from articles.reading.facts import Trust
    from articles.reading.text import Text

FILES = {
    ".json": "application/json",
    ".xml": "application/xml",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
    ".csl.json": "application/vnd.citationstyles.csl+json",
}
"""The files beside a published article, by what their addresses end with."""
PAPER = {files.ON_PAPER: "application/pdf"}
FEED = "/feeds/articles.atom"


def of(text: Text, trust: Trust, audience: str) -> SafeString:
    """The head of an article's page; a text that is not published is not described."""
    data = linked.block(text, trust, audience)
    if not standing.is_out(trust):
        return data
    tags = chain(_highwire(text, trust), _dublin_core(text, trust, audience))
    links = [*_versions(text, trust), *_elsewhere(text, trust)]
    return format_html("{}\n{}\n{}", _metas(tags), _links(links), data)


def of_version(text: Text, trust: Trust) -> SafeString:
    """The links of a version's own page, to the versions around it (RFC 5829)."""
    return _links(_versions(text, trust))


def _metas(tags: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("\n", '<meta name="{}" content="{}">', tags)


def _links(links: Iterable[dict[str, str]]) -> SafeString:
    return format_html_join("\n", "{}", ((_link(link),) for link in links))


def _link(link: dict[str, str]) -> SafeString:
    attributes = format_html_join("", ' {}="{}"', link.items())
    return format_html("<link{}>", attributes)


def _highwire(text: Text, trust: Trust) -> Iterator[tuple[str, str]]:
    yield "citation_title", standing.titled(text.question, trust.standing)
    for entry in text.byline:
        yield "citation_author", entry["name"]
        if institution := entry.get("affiliation"):
            yield "citation_author_institution", institution
    if published := trust.first_published_at:
        yield "citation_publication_date", moments.slashed(published)
    if changed := standing.last_published(trust):
        yield "citation_online_date", moments.slashed(changed)
    yield "citation_journal_title", house.NAME
    yield "citation_language", house.LANGUAGE
    yield "citation_public_url", addresses.article(text.slug)
    if standing.is_printed(trust):
        yield "citation_pdf_url", addresses.file(text.slug, files.ON_PAPER)
    if text.topics:
        yield "citation_keywords", "; ".join(topic.name for topic in text.topics)
    for work in text.references[: linked.MOST_CITED]:
        yield "citation_reference", _reference(work.csl)


def _reference(csl: dict[str, Any]) -> str:
    first: dict[str, Any] = next(iter(csl.get("author", [])), {})
    parts = {
        "title": bare(csl["title"]),
        "author": first.get("family") or first.get("literal"),
        "journal_title": csl.get("container-title"),
        "doi": csl.get("DOI"),
        "pmid": csl.get("PMID"),
    }
    return "; ".join(
        f"citation_{name}={value}" for name, value in parts.items() if value
    )


def _dublin_core(text: Text, trust: Trust, audience: str) -> Iterator[tuple[str, str]]:
    yield "DCTERMS.title", standing.titled(text.question, trust.standing)
    for entry in text.byline:
        yield "DCTERMS.creator", entry["name"]
    yield "DCTERMS.publisher", house.NAME
    yield "DCTERMS.language", house.LANGUAGE
    yield "DCTERMS.identifier", addresses.version(text.slug, text.number)
    yield "DCTERMS.audience", str(Audience(audience).label)
    yield "DCTERMS.provenance", f"{text.origin.kind}; {standing.said(trust).lower()}"
    for topic in text.topics:
        yield "DCTERMS.subject", topic.name
    yield from _dates(trust)


def _dates(trust: Trust) -> Iterator[tuple[str, str]]:
    approval = standing.vouched(trust)
    dated = {
        "DCTERMS.issued": trust.first_published_at,
        "DCTERMS.modified": standing.last_changed(trust),
        "DCTERMS.dateAccepted": approval.approved_at if approval else None,
    }
    for name, moment in dated.items():
        if day := moments.day(moment):
            yield name, day


def _versions(text: Text, trust: Trust) -> Iterator[dict[str, str]]:
    """Where the text stands among those the public has seen."""
    seen = sorted({found.number for found in trust.history})
    around = {
        "predecessor-version": max((n for n in seen if n < text.number), default=None),
        "successor-version": min((n for n in seen if n > text.number), default=None),
    }
    history = f"{addresses.article(text.slug)}versions/"
    yield {"rel": "version-history", "href": history}
    yield {"rel": "latest-version", "href": addresses.article(text.slug)}
    for relation, number in around.items():
        if number is not None:
            yield {"rel": relation, "href": addresses.version(text.slug, number)}


def _elsewhere(text: Text, trust: Trust) -> Iterator[dict[str, str]]:
    yield {"rel": "cite-as", "href": addresses.version(text.slug, text.number)}
    yield {"rel": "schema.DCTERMS", "href": "http://purl.org/dc/terms/"}
    paper = PAPER if standing.is_printed(trust) else {}
    for suffix, media_type in (FILES | paper).items():
        href = addresses.file(text.slug, suffix)
        yield {"rel": "alternate", "type": media_type, "href": href}
    feed = addresses.whole(FEED)
    yield {"rel": "alternate", "type": "application/atom+xml", "href": feed}
    for notice in trust.notices:
        href = addresses.notice(text.slug, notice.number)
        yield {"rel": "related", "href": href}
