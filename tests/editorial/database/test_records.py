"""What only grows, and what is never lost."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Model

from articles.models import (
    RegulatoryFact,
)
from editorial.models import Chain
from tests import tampering, traces
from tests.editorial.database.house import House
from tests.editorial.database.kept import GROWING, histories
from tests.editorial.database.writes import (
    Named,
    accepted,
    deletes,
    dropped,
    happens,
    updates,
)


def test_what_only_grows_is_neither_changed_nor_deleted(house: House) -> None:
    writes: Named = {}
    for model in GROWING:
        row = traces.rows(model).order_by("pk")[0]
        writes |= deletes(row)
        for column in tampering.columns(model):
            writes |= updates(row, column)

    assert accepted(writes) == []
    assert len(writes) == 4 * sum(len(tampering.columns(m)) for m in GROWING) + 3 * len(
        GROWING
    )
    assert len(dropped(writes)) > len(writes) * 0.8  # the rest breaks a constraint


def test_no_history_is_rewritten(house: House) -> None:
    writes: Named = {}
    for model in histories():
        row = traces.rows(model).order_by("pk").first() or imagined(model)
        writes |= updates(row, "history_change_reason", "Another")
        writes |= updates(row, "history_user_id", house.chief.pk)
        writes |= deletes(row)

    assert accepted(writes) == []
    assert len(writes) == 11 * len(histories())
    assert dropped(writes) == list(writes)


def imagined(model: type[Model]) -> Model:
    """A row as the history would leave it, where no deed has yet."""
    values = {f.attname: tampering.flipped(model(), f.attname) for f in plain(model)}
    row = model(**values)
    row.save()
    return row


def plain(model: type[Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not f.null and not f.primary_key]


def test_a_chain_only_grows(house: House) -> None:
    chain = Chain.objects.get(article=house.first.article)
    writes = {
        **updates(chain, "head_seq", chain.head_seq - 1),
        **updates(chain, "name", "article:999"),
        **updates(chain, "article_id", house.draft.article_id),
    }

    assert accepted(writes) == []
    assert len(writes) == 12
    assert happens(partial(tampering.by_sql, chain, "head_seq", chain.head_seq + 1))


def test_a_regulatory_fact_is_changed_and_never_lost(house: House) -> None:
    row = RegulatoryFact.objects.order_by("pk")[0]

    assert accepted(deletes(row)) == []
    assert dropped(deletes(row)) == list(deletes(row))
    assert accepted(updates(row, "statement", "Another")) != []
