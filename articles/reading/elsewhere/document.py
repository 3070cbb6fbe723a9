"""An article, its versions and its record as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from articles.reading.elsewhere import addresses, moments, standing

if TYPE_CHECKING:
    from articles.reading.facts import (
        Approval,
        EventFact,
        NoticeFact,
        Person,
        PublicVersion,
        SignatureFact,
        Trust,
    )
    from articles.reading.text import Reference, Text

Json = dict[str, Any]


def article(text: Text, trust: Trust) -> Json:
    """Everything that the pages of an article say of the public version."""
    return {
        **summary(text, trust),
        "key_answer": text.key_answer,
        "renditions": [_rendition(text, audience) for audience in text.bodies],
        "authors": [dict(entry) for entry in text.byline],
        "origin": text.origin._asdict(),
        "evidence_searched_on": _date(text.evidence_searched_on),
        "change_summary": text.change_summary,
        "references": references(text),
        "review": _review(standing.vouched(trust)),
        "notices": [notice(text.slug, found) for found in trust.notices],
        "disclaimers": dict(trust.disclaimer),
        "links": _links(text),
    }


def summary(text: Text, trust: Trust) -> Json:
    return {
        "id": addresses.tag(text.slug),
        "slug": text.slug,
        "url": addresses.article(text.slug),
        "title": standing.titled(text.question, trust.standing),
        "question": text.question,
        "headline": text.headline,
        "standing": trust.standing,
        "status": standing.said(trust),
        "version": text.number,
        "sha256": text.sha256,
        "audience": text.audience,
        "topics": [{"name": t.name, "slug": t.slug} for t in text.topics],
        "concepts": list(text.concepts),
        "first_published_at": _moment(trust.first_published_at),
        "published_at": _moment(standing.last_published(trust)),
    }


def references(text: Text) -> list[Json]:
    rows = enumerate(text.references, start=1)
    return [_reference(number, row) for number, row in rows]


def versions(text: Text, trust: Trust) -> Json:
    """What the public has seen, the newest first."""
    seen = [_version(text.slug, version) for version in trust.history]
    return {"article": addresses.tag(text.slug), "versions": seen}


def record(text: Text, trust: Trust) -> Json:
    """Who signed what, and what happened when, as far as anybody may know."""
    return {
        "article": addresses.tag(text.slug),
        "version": text.number,
        "sha256": text.sha256,
        "signatures": [_signature(found) for found in trust.signatures],
        "events": [_event(found) for found in trust.events],
    }


def notice(slug: str, found: NoticeFact) -> Json:
    """A notice as programs are told of it."""
    answered = found.answers and addresses.notice(slug, found.answers)
    return {
        "number": found.number,
        "url": addresses.notice(slug, found.number),
        "type": found.kind,
        "standing": found.after,
        "issued_at": moments.second(found.issued_at),
        "ended_at": _moment(found.ended_at),
        "version": found.version,
        "reasons": list(found.reasons),
        "words": found.words,
        "issued_by": found.issuer,
        "signed_by": [signature.printed_name for signature in found.signatures],
        "authors": found.stance,
        "answers": answered or None,
        "sha256": found.sha256,
    }


def _rendition(text: Text, audience: str) -> Json:
    url = addresses.rendition(text.slug, audience, text.audience)
    return {"audience": audience, "url": url, "html": text.bodies[audience]}


def _reference(number: int, row: Reference) -> Json:
    return {
        "number": number,
        "key": row.key,
        "type": row.kind,
        "retracted_on": _date(row.retracted_on),
        "csl": row.csl,
    }


def _review(approval: Approval | None) -> Json | None:
    if approval is None:
        return None
    return {
        "approved_at": moments.second(approval.approved_at),
        "approved_by": _person(approval.approver),
        "role": approval.role,
        "reviewers": [_person(person) for person in approval.reviewers],
        "reviewers_not_named": approval.unnamed_reviewers,
        "not_counted": approval.not_counted,
        "not_in_favour": approval.against,
        "conflicts": list(approval.conflicts),
        "next_review_due": approval.next_review_due.isoformat(),
        "policy": approval.policy,
    }


def _person(person: Person) -> Json:
    return {
        "name": person.printed,
        "affiliation": person.affiliation,
        "specialties": list(person.specialties),
    }


def _version(slug: str, seen: PublicVersion) -> Json:
    url = addresses.version(slug, seen.number)
    return {
        "version": seen.number,
        "sha256": seen.sha256,
        "url": url,
        "canonical": f"{url}canonical.json",
        "approved_at": moments.second(seen.approved_at),
        "approved_by": seen.approver,
        "published_at": moments.second(seen.published_at),
        "ended_at": _moment(seen.ended_at),
        "change_summary": seen.change_summary,
    }


def _signature(signature: SignatureFact) -> Json:
    return {
        "name": signature.printed_name,
        "role": signature.role,
        "meaning": signature.meaning,
        "statement": signature.statement,
        "signed_at": moments.second(signature.signed_at),
        "sha256": signature.sha256,
        "public_key": signature.public_key,
        "value": signature.value,
        "payload": signature.payload,
    }


def _event(event: EventFact) -> Json:
    return {
        "seq": event.seq,
        "at": moments.second(event.at),
        "what": event.label,
        "who": event.who,
        "version": event.version,
        "hash": event.hash,
    }


def _links(text: Text) -> Json:
    base = addresses.article(text.slug)
    exact = addresses.version(text.slug, text.number)
    return {
        "exact": exact,
        "canonical": f"{exact}canonical.json",
        "versions": f"{base}versions.json",
        "record": f"{base}record.json",
        "references": f"{base}references.csl.json",
        "jats": addresses.file(text.slug, ".xml"),
    }


def _moment(moment: dt.datetime | None) -> str | None:
    return moments.second(moment) if moment else None


def _date(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
