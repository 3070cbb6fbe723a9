"""The events: each one's hash, its columns, and its place in its chain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from articles.canonical import sha256_hex
from articles.models import Version
from articles.states import VersionState
from editorial import workflow
from editorial.models import ZERO, Chain, Event
from editorial.verification.witness import BATCH, Broken
from reviews import signing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness

COLUMNS = (
    *("chain_id", "seq", "kind", "actor_id", "article_id", "version_id"),
    *("assignment_id", "account_id", "at", "payload", "prev", "hash"),
)
ON_A_VERSION = frozenset(
    {
        Event.Kind.CREATED,
        Event.Kind.IMPORTED,
        *(step.kind for step in workflow.of_model(Version)),
    }
)
"""Events whose states are those of the version."""
ASKING = (Event.Kind.SENT_TO_REVIEW, Event.Kind.INVITED, Event.Kind.REOPENED)
"""Who takes these steps handles the version and does not count among its reviewers."""


def events(witness: Witness) -> Iterator[Broken]:
    """Those that are wrong in themselves, then those that stand in a wrong place."""
    misplaced = []
    names = dict(Chain.objects.values_list("pk", "name"))
    rows = Event.objects.order_by("chain_id", "seq").values_list(*COLUMNS, named=True)
    current, prev, expected = None, ZERO, 1
    for row in rows.iterator(chunk_size=BATCH):
        chain = names.get(row.chain_id, f"#{row.chain_id}")
        if chain != current:
            current, prev, expected = chain, ZERO, 1
        where = f"event {chain}:{row.seq}"
        if why := _wrong_event(row, chain):
            yield Broken(where, why)
        else:
            _note(witness, chain, json.loads(row.payload), row.hash)
            if why := _wrong_place(row, prev, expected):
                misplaced.append(Broken(where, why))
        current, prev, expected = chain, row.hash, row.seq + 1
        witness.heads[chain] = row.seq
        witness.events += 1
    yield from misplaced


def _wrong_place(row: Any, prev: str, expected: int) -> str | None:
    if row.seq != expected:
        return f"follows a gap; number {expected} is missing"
    return None if row.prev == prev else "is not linked to the event before it"


def _wrong_event(row: Any, chain: str) -> str | None:
    if sha256_hex(row.payload.encode()) != row.hash:
        return "its hash is not the hash of what it says"
    try:
        wrong = _disagreeing(json.loads(row.payload), row, chain)
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
        "seq": (said["seq"], row.seq),
        "kind": (said["kind"], row.kind),
        "actor": (said["actor"]["id"], row.actor_id),
        "article": (said["article"], row.article_id),
        "version": (version.get("id"), row.version_id),
        "assignment": (said["assignment"], row.assignment_id),
        "account": (_account(said), row.account_id),
        "at": (said["at"], signing.moment(row.at)),
        "prev": (said["prev"], row.prev),
    }
    _ = said["rows"]
    return [name for name, (a, b) in columns.items() if a != b]


def _account(said: dict[str, Any]) -> int | None:
    """The account that an event changed; one who declares is only named."""
    is_change = said["kind"] == Event.Kind.ACCOUNT_CHANGED
    return said["facts"].get("account") if is_change else None


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
    _note_parts(witness, said)
    if said["kind"] == Event.Kind.APPROVED:
        witness.approved[said["version"]["id"]] = facts
    if said["kind"] in ASKING:
        handlers = witness.handled.setdefault(said["version"]["id"], set())
        handlers.add(said["actor"]["id"])
    if "signature" in facts:
        witness.signatures.add(facts["signature"])
    if "notice_signature" in facts:
        witness.notice_signatures.add(facts["notice_signature"])
    if said["kind"] == Event.Kind.PUBLISHED and said["version"]:
        witness.published.add(said["version"]["id"])
    if "published" in facts:  # with the notice that let the article go on
        witness.published.add(facts["published"])


def _note_parts(witness: Witness, said: dict[str, Any]) -> None:
    facts = said["facts"]
    if "parts" in facts:
        witness.parts[said["version"]["id"]] = facts["parts"]
    if said["kind"] == Event.Kind.ACCOUNT_CHANGED:
        witness.accounts[facts["account"]] = facts
    for name in facts.get("struck", ()):
        witness.rows.pop(name, None)
    if "author" in facts:
        _note_invitation(witness, said, facts["author"])


def _note_invitation(witness: Witness, said: dict[str, Any], author: int) -> None:
    """An invitation to write that was declined or taken back leaves no row."""
    who = (said["article"], author)
    if said["kind"] in (Event.Kind.AUTHOR_DECLINED, Event.Kind.AUTHOR_UNINVITED):
        witness.rows.pop(witness.invited.pop(who, ""), None)
        return
    for name in said["rows"]:
        if name.startswith("authorship:"):
            witness.invited[who] = name


def heads(witness: Witness) -> Iterator[Broken]:
    for name, seq in Chain.objects.order_by("pk").values_list("name", "head_seq"):
        if witness.heads.get(name, 0) != seq:
            yield Broken(f"chain {name}", f"it should end with event {seq}")
