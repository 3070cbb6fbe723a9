"""
Checking the whole record against itself and against the bytes it speaks of.

Read from the rows and recomputed, never trusted: every event's hash and link, the
heads of the chains, the rows as the last event left them, every frozen text, every
signature, every publication, every stored page, every checkpoint.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Model

from articles import freezing
from articles.canonical import sha256_hex
from articles.models import Article, Page, RegulatoryFact, Version
from articles.states import PUBLIC, SIGNED_OFF, Standing, VersionState
from editorial import checkpoints, ledger, workflow
from editorial.models import ZERO, Chain, Checkpoint, Event, Policy, Publication
from reviews import signing
from reviews.models import Assignment, Disclosure, Report, Signature
from reviews.states import IN_FAVOUR, Meaning
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

BATCH = 500
RECORDED: tuple[type[Model], ...] = (
    *(Article, Assignment, Disclosure, Report, Publication, Policy),
    RegulatoryFact,
)
ON_A_VERSION = frozenset(
    {
        Event.Kind.CREATED,
        Event.Kind.IMPORTED,
        *(step.kind for step in workflow.of_model(Version)),
    }
)
"""Events whose states are those of the version."""
ASKING = (Event.Kind.SENT_TO_REVIEW, Event.Kind.INVITED)
"""Who takes these steps handles the version and does not count among its reviewers."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not what the record says, and why."""

    row: str
    why: str

    def __str__(self) -> str:
        return f"{self.row}: {self.why}"


@dataclass(slots=True)
class Witness:
    """What the events say: the last digest of each row, the pages, the approvals."""

    rows: dict[str, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    pages: dict[int, dict[str, str]] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    approved: dict[int, dict[str, Any]] = field(default_factory=dict)
    handled: dict[int, set[int]] = field(default_factory=dict)
    signatures: set[str] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    events: int = 0


def problems(anchors: Path | None = None) -> Generator[Broken, None, None]:
    """Every broken row, the ledger's own first; close it when you stop early."""
    witness = Witness()
    yield from _events(witness)
    yield from _heads(witness)
    yield from _versions(witness)
    for model in RECORDED:
        yield from _recorded(model, witness)
    yield from _signatures(witness)
    yield from _quorums(witness)
    yield from _publications(witness)
    yield from _pages(witness)
    yield from _checkpoints(witness, anchors)


def _events(witness: Witness) -> Iterator[Broken]:
    """Those that are wrong in themselves, then those that stand in a wrong place."""
    misplaced = []
    names = dict(Chain.objects.values_list("pk", "name"))
    rows = Event.objects.order_by("chain_id", "seq").values_list(
        *("chain_id", "seq", "kind", "actor_id", "article_id", "version_id"),
        *("assignment_id", "at", "payload", "prev", "hash"),
    )
    current, prev, expected = None, ZERO, 1
    for row in rows.iterator(chunk_size=BATCH):
        chain = names.get(row[0], f"#{row[0]}")
        if chain != current:
            current, prev, expected = chain, ZERO, 1
        where = f"event {chain}:{row[1]}"
        if why := _wrong_event(row, chain):
            yield Broken(where, why)
        else:
            _note(witness, chain, json.loads(row[8]), row[10])
            if why := _wrong_place(row, prev, expected):
                misplaced.append(Broken(where, why))
        current, prev, expected = chain, row[10], row[1] + 1
        witness.heads[chain] = row[1]
        witness.events += 1
    yield from misplaced


def _wrong_place(row: Any, prev: str, expected: int) -> str | None:
    if row[1] != expected:
        return f"follows a gap; number {expected} is missing"
    return None if row[9] == prev else "is not linked to the event before it"


def _wrong_event(row: Any, chain: str) -> str | None:
    if sha256_hex(row[8].encode()) != row[10]:
        return "its hash is not the hash of what it says"
    try:
        wrong = _disagreeing(json.loads(row[8]), row, chain)
    except (KeyError, TypeError, AttributeError, ValueError):
        return "what it says is not an event"
    return (
        f"its columns disagree with what it says: {', '.join(wrong)}" if wrong else None
    )


def _disagreeing(said: dict[str, Any], row: Any, chain: str) -> list[str]:
    """The columns that say something else than the payload."""
    version = said["version"] or {}
    columns = {
        "chain": (said["chain"], chain),
        "seq": (said["seq"], row[1]),
        "kind": (said["kind"], row[2]),
        "actor": (said["actor"]["id"], row[3]),
        "article": (said["article"], row[4]),
        "version": (version.get("id"), row[5]),
        "assignment": (said["assignment"], row[6]),
        "at": (said["at"], signing.moment(row[7])),
        "prev": (said["prev"], row[9]),
    }
    _ = said["rows"], said["facts"]
    return [name for name, (a, b) in columns.items() if a != b]


def _note(witness: Witness, chain: str, said: dict[str, Any], digest: str) -> None:
    witness.hashes[chain, said["seq"]] = digest
    witness.rows |= said["rows"]
    facts = said["facts"]
    if said["kind"] in ON_A_VERSION and said["version"]:
        witness.states[said["version"]["id"]] = said["to"]
    if "next" in facts:
        witness.states[facts["next"]["id"]] = VersionState.DRAFT
    if "pages" in facts and said["article"]:
        witness.pages[said["article"]] = facts["pages"]
    if said["kind"] == Event.Kind.APPROVED:
        witness.approved[said["version"]["id"]] = facts
    if said["kind"] in ASKING:
        handlers = witness.handled.setdefault(said["version"]["id"], set())
        handlers.add(said["actor"]["id"])
    if "signature" in facts:
        witness.signatures.add(facts["signature"])
    if said["kind"] == Event.Kind.PUBLISHED and said["version"]:
        witness.published.add(said["version"]["id"])


def _heads(witness: Witness) -> Iterator[Broken]:
    for name, seq in Chain.objects.order_by("pk").values_list("name", "head_seq"):
        if witness.heads.get(name, 0) != seq:
            yield Broken(f"chain {name}", f"it should end with event {seq}")


def _versions(witness: Witness) -> Iterator[Broken]:
    drafts = Version.objects.filter(state=VersionState.DRAFT).order_by("pk")
    for pk in drafts.values_list("pk", flat=True):
        if witness.states.get(pk) != VersionState.DRAFT:
            yield Broken(f"version {pk}", "the record does not say that it is a draft")
    rows = (
        Version.objects.exclude(state=VersionState.DRAFT)
        .prefetch_related("renditions", "citations")
        .order_by("pk")
    )
    for version in rows.iterator(chunk_size=BATCH):
        where = f"version {version.pk}"
        if why := _wrong_text(version):
            yield Broken(where, why)
        elif witness.rows.get(f"version:{version.pk}") != ledger.row_digest(version):
            yield Broken(where, "its row is not what its last event left")
    yield from _missing(
        "version", witness, set(Version.objects.values_list("pk", flat=True))
    )


def _wrong_text(version: Version) -> str | None:
    if not version.sha256:
        return None
    try:
        computed = freezing.sha256_of(version)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"its text cannot be read ({type(error).__name__})"
    if computed != version.sha256:
        return "its text does not have the hash it was submitted under"
    positions = sorted(citation.position for citation in version.citations.all())
    if positions != list(range(1, len(positions) + 1)):
        return "its references are not numbered one by one"
    return None


def _missing(kind: str, witness: Witness, present: set[int]) -> Iterator[Broken]:
    said = {
        int(name.partition(":")[2])
        for name in witness.rows
        if name.startswith(f"{kind}:")
    }
    for pk in sorted(said - present):
        yield Broken(f"{kind} {pk}", "the record speaks of it and it is gone")


def _recorded(model: type[Model], witness: Witness) -> Iterator[Broken]:
    """Rows that only events change: each as the last event that names it left it."""
    present = set()
    for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH):  # noqa: SLF001
        present.add(row.pk)
        name = ledger.row_name(row)
        if witness.rows.get(name) != ledger.row_digest(row):
            where = name.replace(":", " ")
            yield Broken(where, "its row is not what its last event left")
    yield from _missing(str(model._meta.model_name), witness, present)


def _signatures(witness: Witness) -> Iterator[Broken]:
    seen = set()
    rows = Signature.objects.select_related("version").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        seen.add(row.value)
        if not signing.is_valid(row):
            yield Broken(f"signature {row.pk}", "it does not verify for its version")
        elif row.value not in witness.signatures:
            yield Broken(f"signature {row.pk}", "no event speaks of it")
    for value in sorted(witness.signatures - seen):
        yield Broken(f"signature {value[:16]}…", "an event speaks of it and it is gone")
    approved = Version.objects.filter(state__in=SIGNED_OFF).exclude(
        signatures__meaning=Meaning.APPROVAL
    )
    for pk in approved.order_by("pk").values_list("pk", flat=True):
        yield Broken(f"version {pk}", "it counts as approved and nobody signed")


def _quorums(witness: Witness) -> Iterator[Broken]:
    """Every approval had, under its very hash, the reviews that its tier needs."""
    reports = _in_favour()
    for pk, facts in witness.approved.items():
        counted = {
            reviewer: was_fitting
            for reviewer, was_fitting in reports.get(pk, ())
            if reviewer not in witness.handled.get(pk, ())
        }
        if why := _short_of(facts, counted):
            yield Broken(f"version {pk}", why)


def _in_favour() -> dict[int, list[tuple[int, bool]]]:
    """By version, who was in favour of its very hash, and if then of the specialty."""
    columns = ("version", "reviewer", "in_specialty")
    rows = Report.objects.filter(
        sha256=F("assignment__version__sha256"), vote__in=IN_FAVOUR
    ).values_list(*(f"assignment__{name}" for name in columns))
    found: dict[int, list[tuple[int, bool]]] = {}
    for version, reviewer, was_fitting in rows.iterator(chunk_size=BATCH):
        found.setdefault(version, []).append((reviewer, was_fitting))
    return found


def _short_of(facts: dict[str, Any], counted: dict[int, bool]) -> str | None:
    """
    What an approval lacked.

    One recorded before approvals named the specialists goes by the invitations.
    """
    quorum = QUORUM[facts["tier"]]
    approved = f"it was approved in tier {facts['tier']} with"
    if len(counted) < quorum.reviewers:
        return f"{approved} {len(counted)} reviews in favour"
    invited = [reviewer for reviewer, was_fitting in counted.items() if was_fitting]
    fitting = facts.get("from_specialty", invited)
    if quorum.in_specialty and counted.keys().isdisjoint(fitting):
        return f"{approved} no review in favour from its specialty"
    return None


def _publications(witness: Witness) -> Iterator[Broken]:
    rows = Publication.objects.select_related("version", "approval").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        hashes = {row.sha256, row.version.sha256, row.approval.sha256}
        same = row.approval.version_id == row.version_id
        if len(hashes) > 1 or not same or row.version.article_id != row.article_id:
            yield Broken(
                f"publication {row.pk}", "it is not of the text that was approved"
            )
        elif row.version_id not in witness.published:
            yield Broken(f"publication {row.pk}", "no event speaks of it")
    current = Publication.objects.filter(ended_at=None).values("article")
    bare = Article.objects.filter(standing=Standing.PUBLISHED).exclude(pk__in=current)
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield Broken(f"article {pk}", "it counts as public and nothing is published")


def _pages(witness: Witness) -> Iterator[Broken]:
    owed = {
        path: (article, digest)
        for article, pages in witness.pages.items()
        for path, digest in pages.items()
    }
    rows = Page.objects.select_related("article").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        where = f"page {row.path}"
        digest = sha256_hex(bytes(row.body))
        if digest != row.sha256:
            yield Broken(where, "its bytes do not have the hash they were stored under")
        elif owed.pop(row.path, None) != (row.article_id, digest):
            yield Broken(where, "it is not the page that the record says was built")
        elif row.article.standing not in PUBLIC:
            yield Broken(where, "it is stored for an article that is not public")
    for path in sorted(owed):
        yield Broken(f"page {path}", "the record says it was built and it is gone")


def _checkpoints(witness: Witness, anchors: Path | None) -> Iterator[Broken]:
    """Those that are wrong in themselves, then those that stand in a wrong place."""
    misplaced, prev = [], ZERO
    known: dict[int, str] = {}
    for number, row in enumerate(Checkpoint.objects.order_by("number"), start=1):
        where = f"checkpoint {row.number}"
        if why := _wrong_checkpoint(row):
            yield Broken(where, why)
        elif row.number != number or row.prev != prev:
            why = "it does not follow the checkpoint before it"
            misplaced.append(Broken(where, why))
        else:
            heads = json.loads(row.payload)["heads"]
            misplaced += _broken_heads(where, heads, witness)
        prev = known[row.number] = row.hash
    yield from misplaced
    yield from _broken_anchors(known, anchors)


def _wrong_checkpoint(row: Checkpoint) -> str | None:
    message = row.payload.encode()
    if sha256_hex(message) != row.hash:
        return "its hash is not the hash of what it says"
    said = json.loads(row.payload)
    columns = {"number": row.number, "prev": row.prev, "at": signing.moment(row.at)}
    if wrong := [name for name in columns if said[name] != columns[name]]:
        return f"its columns disagree with what it says: {', '.join(wrong)}"
    if not signing.verifies(message, value=row.value, key=row.public_key):
        return "its signature does not verify"
    return None


def _broken_heads(
    where: str, heads: dict[str, list[Any]], witness: Witness
) -> Iterator[Broken]:
    for name, (seq, digest) in heads.items():
        if seq and witness.hashes.get((name, seq)) != digest:
            yield Broken(f"chain {name}", f"{where} saw another event {seq}")


def _broken_anchors(known: dict[int, str], anchors: Path | None) -> Iterable[Broken]:
    kept_copies = checkpoints.read_anchors(anchors) if anchors else ()
    for line, kept in enumerate(kept_copies, start=1):
        if kept is None:
            yield Broken(f"anchor {line}", "it cannot be read")
        elif known.get(kept["number"]) != kept["hash"]:
            yield Broken(f"checkpoint {kept['number']}", "the kept copy says otherwise")
