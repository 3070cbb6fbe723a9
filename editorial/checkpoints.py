"""
Checkpoints: signed statements of how far every chain had grown.

A chain alone cannot show that its tail was cut off; a checkpoint kept outside the
database can. Each is one line of JSON appended to a file that may lie, or be copied,
elsewhere, and is given back to `verify_ledger --anchors FILE`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from editorial.models import ZERO, Chain, Checkpoint, Event
from reviews import signing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

FORM = "imprimatur-checkpoint/1"
BATCH = 500
TAIL = 4096
"""Bytes at the end of the file that hold its last lines."""


def take() -> Checkpoint | None:
    """
    Sign the heads of all chains that moved since the last time, and anchor them.

    None if none did, or if another process took the same checkpoint meanwhile.
    """
    checkpoint = _take()
    for missing in Checkpoint.objects.filter(number__gt=_last_anchored()).order_by(
        "number"
    ):
        anchor(missing)
    return checkpoint


def _take() -> Checkpoint | None:
    try:
        with transaction.atomic(durable=True):
            moved = list(_moved())
            if not moved:
                return None
            checkpoint = _compose(moved)
            checkpoint.save(force_insert=True)
            for chain in moved:
                chain.checkpointed_seq = chain.head_seq
            Chain.objects.bulk_update(moved, ["checkpointed_seq"], batch_size=BATCH)
    except IntegrityError:
        return None
    return checkpoint


def _moved() -> QuerySet[Chain]:
    """The chains that grew since the last checkpoint, each with its `head_hash`."""
    head = Event.objects.filter(chain=OuterRef("pk"), seq=OuterRef("head_seq"))
    grown = Chain.objects.exclude(head_seq=F("checkpointed_seq"))
    return grown.annotate(head_hash=Subquery(head.values("hash"))).order_by("name")


def _compose(moved: Iterable[Chain]) -> Checkpoint:
    last = Checkpoint.objects.order_by("-number").first()
    at = timezone.now()
    number, prev = (last.number + 1, last.hash) if last else (1, ZERO)
    payload = canonical_json(
        {
            "form": FORM,
            "number": number,
            "at": signing.moment(at),
            "prev": prev,
            "heads": {c.name: [c.head_seq, c.__dict__["head_hash"]] for c in moved},
        }
    )
    return Checkpoint(
        number=number,
        at=at,
        payload=payload.decode(),
        prev=prev,
        hash=sha256_hex(payload),
        public_key=signing.public_key(),
        value=signing.sign_bytes(payload),
    )


def anchor(checkpoint: Checkpoint) -> None:
    """Append the checkpoint to the file outside the database."""
    line = canonical_json(
        {
            "number": checkpoint.number,
            "hash": checkpoint.hash,
            "public_key": checkpoint.public_key,
            "value": checkpoint.value,
        }
    )
    with Path(settings.CHECKPOINT_FILE).open("ab") as file:
        file.write(line + b"\n")


def _last_anchored() -> int:
    """The number of the last checkpoint in the file; a process may die before it."""
    try:
        with Path(settings.CHECKPOINT_FILE).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            lines = file.read().splitlines()
    except FileNotFoundError:
        return 0
    return max((kept["number"] for line in lines if (kept := _anchor(line))), default=0)


def read_anchors(path: Path) -> list[dict[str, Any] | None]:
    """The checkpoints kept in a file, one JSON object a line; None for other lines."""
    return [_anchor(line) for line in path.read_bytes().splitlines() if line.strip()]


def _anchor(line: bytes) -> dict[str, Any] | None:
    try:
        kept = json.loads(line)
    except ValueError:
        return None
    complete = isinstance(kept, dict) and {"number", "hash"} <= kept.keys()
    return kept if complete else None
