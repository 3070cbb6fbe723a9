"""
Checking the whole record against itself and against the bytes it speaks of.

Read from the rows and recomputed, never trusted: every event's hash and link, the
heads of the chains, the rows as the last event left them, every frozen text, every
signature, every publication, every notice, every stored page and its PDF, what search
says, every term of the glossary, every checkpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial.verification.accounts import accounts
from editorial.verification.anchored import anchored
from editorial.verification.approvals import publications, quorums, signatures
from editorial.verification.entries import entries, waiting
from editorial.verification.events import events, heads
from editorial.verification.notices import notices
from editorial.verification.pages import on_paper, pages
from editorial.verification.rows import RECORDED, named, recorded, versions
from editorial.verification.terms import terms
from editorial.verification.witness import Broken, Witness

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

__all__ = ["RECORDED", "Broken", "Witness", "problems", "quorums", "waiting"]

CHECKS = (
    *(events, heads, versions, recorded, named, accounts),
    *(signatures, quorums, publications, notices),
    *(pages, on_paper, entries, terms),
)
"""In this order: the first tells the others what the events say."""


def problems(anchors: Path | None = None) -> Generator[Broken, None, None]:
    """Every broken row, the ledger's own first; close it when you stop early."""
    witness = Witness()
    for check in CHECKS:
        yield from check(witness)
    yield from anchored(witness, anchors)
