"""Records: what only grows, and what is never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from articles.models import RegulatoryFact
from editorial.database.guard import (
    Guard,
    append_only,
    changed,
    table_of,
    undeletable,
)
from editorial.models import Chain, Checkpoint, Event, Policy
from reviews.models import (
    CitationCheck,
    Declaration,
    Disclosure,
    Recommendation,
    Reply,
    Report,
    Signature,
)

if TYPE_CHECKING:
    from django.db.models import Model

ONLY_GROW: tuple[type[Model], ...] = (
    *(Event, Checkpoint, Policy),
    *(Signature, Report, Disclosure, Declaration),
    *(CitationCheck, Recommendation, Reply),
)


def guards() -> list[Guard]:
    only_grow = [*_histories(), *ONLY_GROW]
    return [
        *(guard for model in only_grow for guard in append_only(model)),
        Guard(
            "chain_grows",
            table_of(Chain),
            "UPDATE",
            f"NEW.head_seq < OLD.head_seq OR {changed('name', 'article_id')}",
            "a chain only grows",
        ),
        *undeletable(Chain),
        *undeletable(RegulatoryFact),
    ]


def _histories() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__name__.startswith("Historical") and hasattr(model, "history_id")
    ]
