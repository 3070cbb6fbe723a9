"""What stands before the text in JATS: the house, the people, the dates, the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.reading.elsewhere import addresses, house, moments, people, standing
from articles.reading.elsewhere.jats.elements import (
    Element,
    dated,
    element,
    filled,
    group,
    linking,
    named,
    optional,
)
from articles.vocabulary import CODING_SYSTEMS, Contribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from articles.reading.elsewhere.jats.body import Body
    from articles.reading.facts import Approval, NoticeFact, Person, Trust
    from articles.reading.text import Text

_TERMS = dict(Contribution.choices)
_RELATED = {
    "retraction": "retraction-forward",
    "reinstatement": "correction-forward",
}


def write(text: Text, trust: Trust, body: Body) -> Element:
    return element("front", _journal(), _article(text, trust, body))


def _journal() -> Element:
    title = element("journal-title", house.NAME)
    return element(
        "journal-meta",
        element("journal-id", addresses.host(), journal_id_type="publisher-id"),
        element("journal-title-group", title),
        element("issn"),  # Publishing 1.1 asks for one, and there is none to give
        element("publisher", element("publisher-name", house.NAME)),
    )


def _article(text: Text, trust: Trust, body: Body) -> Element:
    meta = element(
        "article-meta",
        element("article-id", text.slug, pub_id_type="publisher-id"),
        _categories(),
        _titles(text, trust),
        _authors(text),
        _behind(standing.vouched(trust)),
        dated("pub-date", trust.first_published_at, date_type="pub"),
        dated("pub-date", standing.last_published(trust), date_type="updated"),
        element("elocation-id", f"{text.slug}.v{text.number}"),
        _history(trust),
    )
    return filled(meta, _rest(text, trust, body))


def _rest(text: Text, trust: Trust, body: Body) -> Iterator[Element | None]:
    yield linking("self-uri", addresses.version(text.slug, text.number))
    for notice in trust.notices:
        yield _related(text, notice)
    answer = body.paragraphs(text.key_answer)
    yield group("abstract", answer, abstract_type="key-points")
    topics = (element("kwd", topic.name) for topic in text.topics)
    yield group("kwd-group", topics, kwd_group_type="topics")
    for scheme, name in CODING_SYSTEMS.items():
        codes = (concept.partition(":") for concept in text.concepts)
        coded = (element("kwd", code) for found, _, code in codes if found == scheme)
        yield group("kwd-group", coded, kwd_group_type=name)
    told = _told(text, trust).items()
    yield group("custom-meta-group", (_custom(*pair) for pair in told if pair[1]))


def _related(text: Text, notice: NoticeFact) -> Element:
    """A notice, in the words of JATS for what relates two articles."""
    return linking(
        "related-article",
        addresses.notice(text.slug, notice.number),
        related_article_type=_RELATED.get(notice.kind, "commentary"),
        ext_link_type="uri",
        id=f"notice-{notice.number}",
    )


def _categories() -> Element:
    subject = element("subject", "Clinical question")
    return element(
        "article-categories", element("subj-group", subject, subj_group_type="heading")
    )


def _titles(text: Text, trust: Trust) -> Element:
    titled = standing.titled(text.question, trust.standing)
    title = element("article-title", titled)
    return element("title-group", title, optional("subtitle", text.headline))


def _authors(text: Text) -> Element | None:
    authors = (_author(entry) for entry in text.byline)
    return group("contrib-group", authors, content_type="authors")


def _author(entry: Mapping[str, Any]) -> Element:
    roles = (str(_TERMS.get(code, code)) for code in entry.get("contributions", ()))
    return element(
        "contrib",
        _name(entry["name"]),
        optional("degrees", entry.get("credentials")),
        *(element("role", role) for role in roles),
        _affiliation(entry.get("affiliation", "")),
        contrib_type="author",
    )


def _behind(approval: Approval | None) -> Element | None:
    """Who reviewed and who approved; those who are not named are counted."""
    if approval is None:
        return None
    named = [_reviewer(person) for person in approval.reviewers]
    unnamed = [_unnamed() for _ in range(approval.unnamed_reviewers)]
    approver = _contributor(approval.approver, "approver", approval.role)
    return group(
        "contrib-group", [*named, *unnamed, approver], content_type="reviewers"
    )


def _reviewer(person: Person) -> Element:
    return _contributor(person, "reviewer", ", ".join(person.specialties))


def _unnamed() -> Element:
    role = element("role", "Reviewer")
    return element("contrib", element("anonymous"), role, contrib_type="reviewer")


def _contributor(person: Person, kind: str, role: str) -> Element:
    return element(
        "contrib",
        _name(person.name),
        optional("degrees", person.credentials or person.name.partition(", ")[2]),
        element("role", role or kind.capitalize()),
        _affiliation(person.affiliation),
        contrib_type=kind,
    )


def _name(printed: str) -> Element:
    return named(people.cited(printed))


def _affiliation(name: str) -> Element | None:
    return element("aff", element("institution", name)) if name else None


def _history(trust: Trust) -> Element | None:
    approval = standing.vouched(trust)
    approved = approval.approved_at if approval else None
    known = (
        dated("date", trust.submitted_at, date_type="received"),
        dated("date", approved, date_type="accepted"),
        dated("date", approved, date_type="last-reviewed"),
    )
    return group("history", known)


def _told(text: Text, trust: Trust) -> dict[str, str]:
    """What JATS has no element for."""
    approval = standing.vouched(trust)
    due = approval.next_review_due.isoformat() if approval else ""
    searched = text.evidence_searched_on
    return {
        "review-status": standing.said(trust),
        "version": str(text.number),
        "content-sha256": text.sha256,
        "audience": text.audience,
        "origin": text.origin.kind,
        "next-review-due": due,
        "editorial-policy": approval.policy if approval else "",
        "evidence-searched-to": searched.isoformat() if searched else "",
        "content-changed": moments.day(trust.content_changed_at) or "",
    }


def _custom(name: str, value: str) -> Element:
    return element(
        "custom-meta", element("meta-name", name), element("meta-value", value)
    )
