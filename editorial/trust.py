"""
What a public page may say about a version, from signatures and the record alone.

Nothing here reads a wish: a name stands under a text only where a signature that
verifies puts it there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Value, When

from articles.models import Term
from articles.reading.facts import (
    NO_TERMS,
    Approval,
    NoticeFact,
    Person,
    PublicVersion,
    SignatureFact,
    Trust,
)
from articles.reading.terms import Glossary
from articles.states import SIGNED_OFF, Standing, VersionState
from articles.vocabulary import Specialty
from editorial import chronicle, glossary, noticing, policy_texts, roles, statements
from editorial.models import BoardMember, Chain, Policy, Publication
from editorial.statements import Part
from reviews import notices, signing
from reviews.states import IN_FAVOUR, Meaning
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from articles.models import Article, Notice, NoticeSignature, Version
    from editorial.chronicle import Counted, Recorded
    from reviews.models import Signature

UNNAMED = "A reviewer of the board, identity on file"
A_MEMBER = "A member of the Medical Advisory Board, identity on file"
IN_FAVOUR_OF_IT = "Review, in favour"
AGAINST_IT = "Review, not in favour"
NOT_COUNTED = "Review, in favour, not counted"
CONFLICT_ON_FILE = "Declared by a reviewer who is not named, on file"
DEMONSTRATION = "demonstration"

STATUS = {
    VersionState.SUBMITTED: "submitted",
    VersionState.UNDER_REVIEW: "under-review",
    VersionState.APPROVED: "approved",
    VersionState.SUPERSEDED: "approved",
}


@dataclass(frozen=True, slots=True)
class House:
    """What every page of the house says: the disclaimers, if it is a show, the terms."""

    disclaimers: dict[str, str]
    demonstration: bool
    glossary: Glossary = NO_TERMS


def house() -> House:
    """Read by one statement."""
    kinds = (Policy.Kind.PROFESSIONAL, Policy.Kind.LAY)
    policies = policy_texts.in_force(*kinds).values_list("kind", "body", "number")
    show, deeds = demonstrations(), Chain.objects.filter(name=glossary.CHAIN)
    parts = [
        Part("text", "k.kind, k.body, k.number, NULL", policies),
        Part("show", "NULL, NULL, COUNT(*), NULL", show.values_list("pk")),
        Part("deeds", "NULL, NULL, k.head_seq, NULL", deeds.values_list("head_seq")),
        Part("term", "k.approval, k.value, k.is_unnamed, k.public_key", _terms()),
    ]
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for code, *columns in statements.asked(parts, types="text text bigint text"):
        found[code].append(tuple(columns))
    texts = sorted((number, kind, body) for kind, body, number, _ in found["text"])
    newest = {kind: body for _, kind, body in texts}
    [(_, _, is_show, _)] = found["show"]
    return House(policy_texts.disclaimers(newest), is_show > 0, _glossary(found))


def _terms() -> QuerySet[Term, tuple[Any, ...]]:
    """The approvals that stand, each with whether its board member stays unnamed."""
    unnamed = BoardMember.objects.filter(user=OuterRef("approved_by"), named=False)
    is_unnamed = Case(
        When(Exists(unnamed), then=Value(1)),
        default=Value(0),
        output_field=BigIntegerField(),
    )
    rows = Term.objects.approved().annotate(is_unnamed=is_unnamed)
    return rows.values_list("approval", "value", "is_unnamed", "public_key")


def _glossary(found: dict[str, list[tuple[Any, ...]]]) -> Glossary:
    """Whatever the house signed, and nothing that it did not."""
    number = sum(seq for _, _, seq, _ in found["deeds"])
    told = (glossary.told(*columns) for columns in found["term"])
    terms = sorted(filter(None, told), key=lambda t: (t.name.casefold(), t.slug))
    return Glossary(tuple(terms), number)


def of(version: Version, around: House | None = None) -> Trust:
    """
    The facts for a version's public pages, in a handful of queries whatever the size.

    `around` saves whoever publishes many from asking the same of each.
    """
    around = around or house()
    record = chronicle.of(version.article)
    counted = chronicle.counted(record)
    signatures = _weighed(version, counted)
    publications = list(_publications(version, counted))
    return Trust(
        standing=str(version.article.standing),
        review_status=STATUS[VersionState(version.state)],
        submitted_at=version.submitted_at,
        review_started_at=version.review_started_at,
        approval=_approval(version, signatures),
        first_published_at=publications[-1].published_at if publications else None,
        content_changed_at=version.submitted_at,
        reviews_in=sum(s.meaning == Meaning.REVIEW for s in signatures),
        reviews_needed=_needed(version.article),
        signatures=tuple(_signature_facts(version, signatures)),
        events=tuple(map(chronicle.told, record)),
        history=tuple(publications),
        disclaimer=around.disclaimers,
        demonstration=around.demonstration,
        glossary=around.glossary,
        notices=tuple(_notices(version.article, record)),
    )


def is_demonstration() -> bool:
    """Whether the demonstration library is loaded here."""
    return demonstrations().exists()


def demonstrations() -> QuerySet[Chain]:
    """The chain of the demonstration library, where it is loaded."""
    return Chain.objects.filter(name=DEMONSTRATION)


def _notices(article: Article, record: list[Recorded]) -> Iterator[NoticeFact]:
    """Asked for only where the record, or how it stands, says that there are any."""
    stands = article.standing in (*noticing.NOT_YET_OUT, Standing.PUBLISHED)
    if stands and not any(event.kind in noticing.ISSUED for event in record):
        return
    rows = article.notices.filter(issued_at__isnull=False).order_by("-number")
    related = rows.select_related("version", "answers")
    for row in related.prefetch_related("signatures__signer__board_member"):
        yield _notice(row)


def _notice(row: Notice) -> NoticeFact:
    signed = sorted(row.signatures.all(), key=lambda s: (s.signed_at, s.pk))
    return NoticeFact(
        number=row.number or 0,
        kind=str(row.kind),
        label=str(row.get_kind_display()),
        after=str(row.after),
        issued_at=row.issued_at or row.proposed_at,
        ended_at=row.ended_at,
        version=row.version.number,
        version_sha256=row.version.sha256,
        words=row.words,
        reasons=tuple(row.reasons_in_words),
        stance=str(row.get_stance_display()),
        issuer=str(row.get_issuer_display()),
        answers=row.answers.number if row.answers else None,
        sha256=row.sha256,
        signatures=tuple(_under(row, signature) for signature in signed),
    )


def _under(notice: Notice, signature: NoticeSignature) -> SignatureFact:
    """A signature under a notice; of the board, only who agreed to be named is."""
    signature.notice = notice
    member = getattr(signature.signer, "board_member", None)
    named = signature.role in roles.DESK or bool(member and member.named)
    is_good = notices.is_valid(signature)
    payload = notices.statement_bytes(signature).decode()
    return SignatureFact(
        printed_name=signature.printed_name if named else A_MEMBER,
        role=signature.role,
        meaning="Notice",
        statement=signature.statement,
        signed_at=signature.signed_at,
        sha256=signature.sha256,
        public_key=signature.public_key,
        value=signature.value if named and is_good else "",
        payload=payload if named and is_good else "",
    )


def _needed(article: Article) -> int:
    quorum = QUORUM.get(article.tier)
    return quorum.reviewers if quorum else 1


def _approval(version: Version, signatures: list[Signature]) -> Approval | None:
    by_meaning = {s.meaning: s for s in signatures}
    approval = by_meaning.get(Meaning.APPROVAL)
    if approval is None:
        return None
    reviews = [s for s in signatures if s.meaning == Meaning.REVIEW]
    for_it = [s for s in reviews if _is_in_favour(s)]
    behind = [s for s in for_it if _counts(s)]
    named = [s for s in behind if is_named(s)]
    return Approval(
        approver=_person(approval),
        role=approval.role,
        approved_at=approval.signed_at,
        reviewers=tuple(_reviewer(s, version.article) for s in named),
        unnamed_reviewers=len(behind) - len(named),
        not_counted=len(for_it) - len(behind),
        against=len(reviews) - len(for_it),
        next_review_due=version.review_due_on or approval.signed_at.date(),
        policy=approval.policy,
        conflicts=tuple(_conflicts(signatures)),
    )


def is_named(signature: Signature) -> bool:
    """
    Whether the signer is printed: they stand behind the text, and agreed to be named.

    Nobody is printed under a text that they were against, or that was approved without
    their word.
    """
    if signature.meaning == Meaning.APPROVAL:
        return True
    member = getattr(signature.signer, "board_member", None)
    is_behind = _is_in_favour(signature) and _counts(signature)
    return is_behind and bool(member and member.named)


def _is_in_favour(signature: Signature) -> bool:
    return signature.__dict__["vote"] in IN_FAVOUR


def _counts(signature: Signature) -> bool:
    """Whether the approval rests on it, as far as the record of that says."""
    counted: bool = signature.__dict__["counts"]
    return counted


def _weighed(version: Version, counted: Counted) -> list[Signature]:
    """The signatures of a version, each with whether its approval counted it."""
    signatures = signing.valid_signatures(version)
    for signature in signatures:
        who = counted.get(version.pk)
        signature.__dict__["counts"] = who is None or signature.signer_id in who
    return signatures


def _person(signature: Signature, *specialties: str) -> Person:
    return Person(
        name=signature.printed_name,
        affiliation=signature.signer.affiliation,
        specialties=specialties,
    )


def _reviewer(signature: Signature, article: Article) -> Person:
    """The reviewer with the specialty that counts here, or else their first."""
    codes = signature.signer.board_member.specialties
    fitting = [code for code in codes if code == article.specialty] or codes
    return _person(signature, *(str(Specialty(code).label) for code in fitting[:1]))


def _conflicts(signatures: list[Signature]) -> Iterator[str]:
    for signature in signatures:
        if declared := signature.__dict__["conflict"]:
            yield declared if is_named(signature) else CONFLICT_ON_FILE


def _signature_facts(
    version: Version, signatures: list[Signature]
) -> Iterator[SignatureFact]:
    """Before the decision nobody outside the desk learns who signed, or for what."""
    is_decided = version.state in SIGNED_OFF
    for signature in signatures:
        named = is_decided and is_named(signature)
        meaning = _meaning(signature, is_decided=is_decided)
        yield _signature_fact(signature, meaning, named=named)


def _meaning(signature: Signature, *, is_decided: bool) -> str:
    if signature.meaning != Meaning.REVIEW or not is_decided:
        return str(Meaning(signature.meaning).label)
    if not _is_in_favour(signature):
        return AGAINST_IT
    return IN_FAVOUR_OF_IT if _counts(signature) else NOT_COUNTED


def _signature_fact(
    signature: Signature, meaning: str, *, named: bool
) -> SignatureFact:
    return SignatureFact(
        printed_name=signature.printed_name if named else UNNAMED,
        role=signature.role,
        meaning=meaning,
        statement=signature.statement,
        signed_at=signature.signed_at,
        sha256=signature.sha256,
        public_key=signature.public_key,
        value=signature.value if named else "",
        payload=signing.statement_bytes(signature).decode() if named else "",
    )


def _publications(version: Version, counted: Counted) -> Iterator[PublicVersion]:
    """What the public saw, newest first; before a first version it saw nothing."""
    only = getattr(version, "publication", None) if version.number == 1 else None
    rows = [only] if only else list(_published(version.article))
    signed = _signed(version, rows, counted)
    for row in rows:
        yield PublicVersion(
            row.version.number,
            row.sha256,
            row.approval.signed_at,
            row.published_at,
            row.ended_at,
            row.approval.printed_name,
            row.version.change_summary,
            tuple(_signature_facts(row.version, signed[row.version_id])),
        )


def _signed(
    version: Version, rows: list[Publication], counted: Counted
) -> dict[int, list[Signature]]:
    """The signatures under each version that was public, in one more query at most."""
    others = [row.version for row in rows if row.version_id != version.pk]
    if others:
        signing.read_signatures(others)
    return {row.pk: _weighed(row, counted) for row in (version, *others)}


def _published(article: Article) -> QuerySet[Publication]:
    rows = Publication.objects.filter(article=article)
    return rows.select_related("version", "approval").order_by("-published_at", "-pk")
