"""
The glossary on record: who approved which words, and the deeds' one chain.

A term is printed from what the house signed when it was approved, never from its
columns: words that nobody approved have no signature.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from articles.canonical import canonical_json
from articles.glossary import MOST_TERMS
from articles.models import Term
from articles.reading.terms import Term as Told
from editorial import ledger
from editorial.ledger import Deed, Link, Noted, Subject
from reviews import signing

if TYPE_CHECKING:
    from editorial.models import User

CHAIN = "glossary"
FORM = "imprimatur-term/1"
BOARD = "board member"
UNNAMED = "A member of the board, identity on file"
NOT_APPROVED = "its approval is not the house's, or not of its words"


def sign(row: Term, *, by: User, role: str, at: dt.datetime) -> None:
    """Put somebody's approval under a wording; whoever calls saves it."""
    row.approved_by, row.approved_at = by, at
    row.approval = canonical_json(_statement(row, by.printed_name, role)).decode()
    row.public_key = signing.public_key()
    row.value = signing.sign_bytes(row.approval.encode())


def _statement(row: Term, printed_name: str, role: str) -> dict[str, Any]:
    return {
        "form": FORM,
        "slug": row.slug,
        "name": row.name,
        "spellings": list(row.text.spellings),
        "definition": row.definition,
        "source": row.source,
        "proposer": row.proposed_by_id,
        "approver": row.approved_by_id,
        "printed_name": printed_name,
        "role": role,
        "approved_at": row.approved_at and signing.moment(row.approved_at),
    }


@lru_cache(maxsize=2 * MOST_TERMS)
def approved(approval: str, value: str, key: str) -> dict[str, Any] | None:
    """What the house signed, None where it did not; nobody changes what is returned."""
    if not signing.verifies(approval.encode(), value=value, key=key):
        return None
    said: dict[str, Any] = json.loads(approval)
    return said if said.get("form") == FORM else None


def told(approval: str, value: str, is_unnamed: int, key: str) -> Told | None:
    """
    What readers are told of a term; None where the house did not sign it.

    A member of the board who chose not to be named is not named here either.
    """
    said = approved(approval, value, key)
    if said is None:
        return None
    hidden = bool(is_unnamed) and said["role"] == BOARD
    return Told(
        slug=said["slug"],
        name=said["name"],
        spellings=tuple(said["spellings"]),
        definition=said["definition"],
        source=said["source"],
        approver=UNNAMED if hidden else said["printed_name"],
        role=said["role"],
        approved_at=dt.datetime.fromisoformat(said["approved_at"]),
    )


def wrong(row: Term) -> str:
    """Why a wording does not have the approval it seems to have, in words."""
    if row.approved_at is None:
        return ""
    said = approved.__wrapped__(row.approval, row.value, row.public_key)
    if said is None:
        return NOT_APPROVED
    meant = _statement(row, said["printed_name"], said["role"])
    return "" if said == meant else NOT_APPROVED


def record(link: Link, deed: Deed, *rows: Term) -> None:
    """Append a deed on the glossary; the first of the rows is what it is about."""
    deed.noted = Noted(
        facts={"term": rows[0].pk, "name": rows[0].name} | deed.noted.facts,
        rows=list(rows),
    )
    ledger.record(link, Subject(), deed)
