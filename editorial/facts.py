"""
Dated rules of law and agencies: the first ones come with the program.

They are the house's, not an article's, and each change of one is in its own chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.lint import FACTS
from articles.models import RegulatoryFact
from editorial import ledger
from editorial.ledger import Deed, Link, Noted, Subject
from editorial.models import Event

if TYPE_CHECKING:
    from editorial.models import User

CHAIN = "facts"

FIRST = (
    "Waiver to prescribe buprenorphine",
    "Hydrocodone combinations in Schedule III",
    "Pregnancy categories on drug labels",
    "Coverage gap of Medicare Part D",
)
"""The names of the facts that the lint begins with, in its order."""


def install(by: User) -> None:
    """Record the first facts that nobody has recorded; one that was renamed stays so."""
    known = set(RegulatoryFact.history.values_list("name", flat=True))
    for name, fact in zip(FIRST, FACTS, strict=True):
        if name in known:
            continue
        values = {
            "name": name,
            "statement": fact.statement,
            "phrases": "\n".join(fact.phrases),
            "jurisdiction": fact.jurisdiction,
            "valid_from": fact.valid_from,
            "valid_to": fact.valid_to,
            "source": fact.source,
        }
        with transaction.atomic():
            record(ledger.lock_named(CHAIN), RegulatoryFact(), values, by=by)


def record(
    link: Link, row: RegulatoryFact, values: dict[str, Any], *, by: User
) -> RegulatoryFact:
    """Store a fact with its event; `link` is of the chain, whose lock is held."""
    before = "" if row.pk is None else "recorded"
    for name, value in values.items():
        setattr(row, name, value)
    ledger.attribute(row, by=by)
    row.save()
    noted = Noted(facts={"fact": row.pk, "name": row.name}, rows=[row])
    deed = Deed(Event.Kind.FACT_RECORDED, by, "", before, "recorded", noted)
    ledger.record(link, Subject(), deed)
    return row
