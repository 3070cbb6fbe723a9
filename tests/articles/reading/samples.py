"""Texts and facts to build pages from, without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from articles.canonical import canonical_json, sha256_hex
from articles.freezing import Making
from articles.reading.facts import (
    Approval,
    EventFact,
    NoticeFact,
    Person,
    PublicVersion,
    SignatureFact,
    Trust,
)
from articles.reading.text import Reference, Text, TopicName

BODY = """\
<h2>Why it may have failed</h2>
<p>A first claim.<cite data-ref="lee"></cite> A second, of two works.<cite data-ref="lee mattick"></cite></p>
<h3>Before the first dose</h3>
<ul><li>One thing.<cite data-ref="lee mattick samhsa"></cite></li><li>Another.</li></ul>
<aside class="safety"><p>Tolerance is lower than before.<cite data-ref="samhsa"></cite></p></aside>
<h2>What to offer next</h2>
<table><caption>Choices</caption><thead><tr><th scope="col">Drug</th><th scope="col">Where</th></tr></thead>
<tbody><tr><th scope="row">First</th><td>Anywhere</td></tr></tbody></table>
<p>See <a href="https://example.org/more">more</a>.</p>"""
PATIENT_BODY = """\
<h2>What now?</h2>
<p>There are other medicines.<cite data-ref="mattick"></cite></p>
<aside class="safety"><p>Ask for naloxone.<cite data-ref="samhsa"></cite></p></aside>"""

LEE = {
    "id": "lee",
    "type": "article-journal",
    "title": "Extended-release naltrexone versus buprenorphine-naloxone",
    "author": [{"family": "Lee", "given": "Joshua D."}],
    "container-title": "Lancet",
    "volume": "391",
    "page": "309-318",
    "issued": {"date-parts": [[2018]]},
    "DOI": "10.1016/S0140-6736(17)32812-X",
}
MATTICK = {
    "id": "mattick",
    "type": "article-journal",
    "title": "Buprenorphine maintenance versus placebo or methadone maintenance",
    "author": [{"family": "Mattick", "given": "Richard P."}],
    "container-title": "Cochrane Database Syst Rev",
    "issued": {"date-parts": [[2014]]},
    "DOI": "10.1002/14651858.CD002207.pub4",
}
SAMHSA = {
    "id": "samhsa",
    "type": "webpage",
    "title": "Waiver elimination",
    "author": [{"literal": "A government body"}],
    "URL": "https://example.org/waiver",
}
REFERENCES = (
    Reference("lee", "rct", LEE),
    Reference("mattick", "systematic_review", MATTICK),
    Reference("samhsa", "web", SAMHSA),
)
AUTHOR = {
    "name": "Josiah Carberry",
    "credentials": "MD",
    "affiliation": "Brown University",
    "contributions": [],
}

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_PUBLIC = _KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def at(day: int, month: int = 12, year: int = 2025) -> dt.datetime:
    return dt.datetime(year, month, day, 9, 30, 5, tzinfo=dt.UTC)


def text(**changes: Any) -> Text:
    """A text with its true hash, unless the changes bring their own."""
    made = Text(
        slug="after-naltrexone",
        number=2,
        sha256="",
        question="What comes next when naltrexone does not work?",
        headline="Agonist treatment is the usual next step",
        key_answer='Offer another treatment.<cite data-ref="lee mattick"></cite>',
        audience="clinician",
        bodies={"clinician": BODY, "patient": PATIENT_BODY},
        references=REFERENCES,
        byline=(AUTHOR,),
        origin=Making("human"),
        evidence_searched_on=dt.date(2025, 11, 1),
        change_summary="The sentence on a waiver was removed.",
        topics=(TopicName("Addiction medicine", "addiction-medicine"),),
        submitted_at=at(25, 11),
        review_started_at=at(28, 11),
    )
    made = replace(made, **changes)
    return replace(made, sha256=made.sha256 or sha256_hex(made.canonical_bytes))


def signature(meaning: str, name: str, role: str, digest: str) -> SignatureFact:
    """A signature that really verifies, by a key made for the tests."""
    payload = canonical_json({"meaning": meaning, "name": name, "sha256": digest})
    return SignatureFact(
        printed_name=name,
        role=role,
        meaning=meaning,
        statement=f"I stand behind this text, says {name}.",
        signed_at=at(18),
        sha256=digest,
        public_key=_PUBLIC,
        value=_KEY.sign(payload).hex(),
        payload=payload.decode(),
    )


def unnamed(digest: str) -> SignatureFact:
    known = signature("Review", "Somebody", "reviewer", digest)
    return replace(known, printed_name="A reviewer not named", payload="", value="")


def approval(**changes: Any) -> Approval:
    made = Approval(
        approver=Person("Ada Quill", "MD"),
        role="chief editor",
        approved_at=at(18),
        reviewers=(
            Person("Ines Calder", "MD", specialties=("Addiction medicine",)),
            Person("Tomas O'Reed", "PharmD"),
        ),
        unnamed_reviewers=1,
        not_counted=0,
        against=0,
        next_review_due=dt.date(2026, 12, 18),
        policy="editorial/1",
        conflicts=(),
    )
    return replace(made, **changes)


def history(digest: str) -> tuple[PublicVersion, ...]:
    return (
        PublicVersion(2, digest, at(18), at(18), None, "Ada Quill, MD", "A waiver."),
        PublicVersion(1, "b" * 64, at(3, 2), at(4, 2), at(18), "Ada Quill, MD", ""),
    )


def trust(digest: str, **changes: Any) -> Trust:
    made = Trust(
        standing="published",
        review_status="approved",
        submitted_at=at(25, 11),
        review_started_at=at(28, 11),
        approval=approval(),
        first_published_at=at(4, 2),
        content_changed_at=at(25, 11),
        reviews_in=3,
        reviews_needed=2,
        signatures=(
            signature("Review", "Ines Calder, MD", "reviewer", digest),
            unnamed(digest),
            signature("Approval", "Ada O'Quill, MD", "chief editor", digest),
        ),
        events=(
            EventFact(1, at(25, 11), "Submitted", "Josiah Carberry, MD", 2, "c" * 64),
            EventFact(2, at(18), "Approved", "Ada Quill, MD", 2, "d" * 64),
        ),
        history=history(digest),
        disclaimer={
            "clinician": "<p>Clinical judgement comes first.</p>",
            "patient": "<p>Talk to your doctor.</p>",
        },
        demonstration=True,
    )
    return replace(made, **changes)


def notice(digest: str, **changes: Any) -> NoticeFact:
    """A retraction, signed by two."""
    made = NoticeFact(
        number=2,
        kind="retraction",
        label="Retraction",
        after="retracted",
        issued_at=at(20),
        ended_at=None,
        version=2,
        version_sha256=digest,
        words="The dose is not the one of the trial.",
        reasons=("Errors in data",),
        stance="The authors agree with this notice",
        issuer="The editors",
        answers=1,
        sha256="e" * 64,
        signatures=(
            signature("Notice", "Ada Quill, MD", "chief editor", "e" * 64),
            signature("Notice", "Ines Calder, MD", "editor", "e" * 64),
        ),
    )
    return replace(made, **changes)


def retracted(digest: str, **changes: Any) -> Trust:
    """What was under concern first and is retracted now."""
    doubt = notice(
        digest,
        number=1,
        kind="concern",
        label="Expression of concern",
        after="concern",
        issued_at=at(19),
        ended_at=at(20),
        answers=None,
    )
    notices = (notice(digest), doubt)
    return trust(digest, **{"standing": "retracted", "notices": notices} | changes)


def pending(digest: str, **changes: Any) -> Trust:
    """A preview under review: nobody has approved it."""
    made = trust(
        digest,
        standing="preview",
        review_status="under-review",
        approval=None,
        first_published_at=None,
        reviews_in=1,
        signatures=(),
        history=(),
    )
    return replace(made, **changes)
