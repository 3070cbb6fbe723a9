"""JSON-LD in the words of schema.org: the page, the article on it, and the house."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from articles.reading.elsewhere import addresses, house, moments, standing
from articles.reading.elsewhere.wording import bare
from articles.vocabulary import CODING_SYSTEMS, PROFESSIONAL, Audience
from articles.works import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.reading.facts import Approval, NoticeFact, Person, Trust
    from articles.reading.text import Reference, Text

Node = dict[str, Any]

MOST_CITED = 40
"""As many cited works as the head of a page holds; the files beside it have them all."""
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_KINDS = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "report": "Report",
    "webpage": "WebPage",
}


def block(text: Text, trust: Trust, audience: str) -> SafeString:
    """The graph as a block of data, which no browser runs."""
    data = json.dumps(graph(text, trust, audience), ensure_ascii=False)
    inside = data.translate(_ESCAPED)
    return SafeString(f'<script type="application/ld+json">{inside}</script>')


def graph(text: Text, trust: Trust, audience: str) -> Node:
    """Of a text that is not published: the page alone, and how far its review is."""
    nodes = [_page(text, trust, audience)]
    if standing.is_out(trust):
        nodes += [_article(text, trust)]
    return {"@context": "https://schema.org", "@graph": [*nodes, _house()]}


def _page(text: Text, trust: Trust, audience: str) -> Node:
    url = addresses.rendition(text.slug, audience, text.audience)
    is_out = standing.is_out(trust)
    return _known(
        {
            "@type": "MedicalWebPage",
            "@id": f"{url}#page",
            "url": url,
            "name": standing.titled(text.question, trust.standing),
            "inLanguage": house.LANGUAGE,
            "creativeWorkStatus": standing.said(trust),
            "audience": _audience(audience),
            "datePublished": moments.day(trust.first_published_at),
            "dateModified": moments.day(standing.last_changed(trust)),
            "mainEntity": {"@id": _article_id(text)} if is_out else None,
            "about": list(_about(text)) if is_out else None,
            "publisher": {"@id": _house_id()},
        }
        | _review(standing.vouched(trust))
    )


def _review(approval: Approval | None) -> Node:
    """Only from an approval; without one nothing is said of any review."""
    if approval is None:
        return {}
    by = [_person(person) for person in approval.reviewers]
    if approval.unnamed_reviewers or not by:
        by.append(_board())
    return {"lastReviewed": moments.day(approval.approved_at), "reviewedBy": by}


def _board() -> Node:
    """Who stands for reviewers that are not named."""
    url = addresses.whole("/medical-advisory-board/")
    return {"@type": "Organization", "name": "Medical Advisory Board", "url": url}


def _article(text: Text, trust: Trust) -> Node:
    approval = standing.vouched(trust)
    return _known(
        {
            "@type": ["MedicalScholarlyArticle", "Article"],
            "@id": _article_id(text),
            "url": addresses.article(text.slug),
            "headline": standing.titled(text.question, trust.standing),
            "alternativeHeadline": text.headline,
            "version": str(text.number),
            "identifier": f"sha256:{text.sha256}",
            "publicationType": "Review",
            "creativeWorkStatus": standing.said(trust),
            "inLanguage": house.LANGUAGE,
            "datePublished": moments.day(trust.first_published_at),
            "dateModified": moments.day(standing.last_published(trust)),
            "author": [_author(entry) for entry in text.byline],
            "accountablePerson": approval and _person(approval.approver),
            "correction": [_notice(text, notice) for notice in trust.notices],
            "citation": [_cited(work) for work in text.references[:MOST_CITED]],
            "publisher": {"@id": _house_id()},
        }
    )


def _notice(text: Text, notice: NoticeFact) -> Node:
    return {
        "@type": "CorrectionComment",
        "@id": addresses.notice(text.slug, notice.number),
        "url": addresses.notice(text.slug, notice.number),
        "name": notice.label,
        "datePublished": moments.day(notice.issued_at),
        "text": notice.words,
    }


def _audience(audience: str) -> Node:
    label = str(Audience(audience).label)
    kind = "MedicalAudience" if audience in PROFESSIONAL else "PeopleAudience"
    if audience == Audience.PATIENT:
        kind = "Patient"
    return {"@type": kind, "audienceType": label}


def _about(text: Text) -> Iterator[Node]:
    for topic in text.topics:
        yield {"@type": "Thing", "name": topic.name}
    for concept in text.concepts:
        scheme, _, code = concept.partition(":")
        system = CODING_SYSTEMS.get(scheme, scheme)
        coded = {"@type": "MedicalCode", "codeValue": code, "codingSystem": system}
        yield {"@type": "MedicalEntity", "code": coded}


def _author(entry: dict[str, Any]) -> Node:
    name = ", ".join(filter(None, (entry["name"], entry.get("credentials", ""))))
    return _known(
        {
            "@type": "Person",
            "name": name,
            "affiliation": _organization(entry.get("affiliation", "")),
        }
    )


def _person(person: Person) -> Node:
    return _known(
        {
            "@type": "Person",
            "name": person.printed,
            "affiliation": _organization(person.affiliation),
            "knowsAbout": list(person.specialties),
        }
    )


def _organization(name: str) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _cited(work: Reference) -> Node:
    doi = work.csl.get("DOI", "")
    named = {"@type": "PropertyValue", "propertyID": "DOI", "value": doi}
    return _known(
        {
            "@type": _KINDS.get(work.csl["type"], "CreativeWork"),
            "name": bare(work.csl["title"]),
            "identifier": named if doi else None,
            "sameAs": identifiers.doi_address(doi) if doi else None,
            "url": None if doi else work.csl.get("URL"),
            "creativeWorkStatus": "Retracted" if work.retracted_on else None,
        }
    )


def _house() -> Node:
    return {
        "@type": "MedicalOrganization",
        "@id": _house_id(),
        "name": house.NAME,
        "url": addresses.whole("/"),
        "publishingPrinciples": addresses.whole("/editorial-policy/"),
        "correctionsPolicy": addresses.whole("/corrections/"),
    }


def _house_id() -> str:
    return addresses.whole("/#house")


def _article_id(text: Text) -> str:
    return f"{addresses.article(text.slug)}#article"


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}
