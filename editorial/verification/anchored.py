"""The checkpoints, and the copies of them that were kept outside the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from articles.canonical import sha256_hex
from editorial import checkpoints
from editorial.models import ZERO, Checkpoint
from editorial.verification.witness import Broken
from reviews import signing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from editorial.verification.witness import Witness


def anchored(witness: Witness, anchors: Path | None) -> Iterator[Broken]:
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
