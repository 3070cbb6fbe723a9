"""The glossary: whatever readers are told is approved, in the words that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Term
from editorial import glossary, ledger
from editorial.verification.witness import BATCH, Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness


def terms(_witness: Witness) -> Iterator[Broken]:
    rows = Term.objects.filter(approved_at__isnull=False).order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        if why := glossary.wrong(row):
            yield Broken(ledger.row_name(row).replace(":", " "), why)
