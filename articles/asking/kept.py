"""What may be quoted, kept with the search entry of its text and gone with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from articles.models import Passage, SearchEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet


class Quotable(NamedTuple):
    """A rendition: what it asks and what it says, as packed vectors, and its passages."""

    vector: bytes
    passages: Sequence[Passage]


@transaction.atomic
def keep(found: Mapping[int, Quotable | None]) -> int:
    """
    Note that these entries are learned, and let those be quoted that have passages.

    What somebody else learns or takes out just now is left to them; returns how many
    were not.
    """
    held = list(_free(SearchEntry.objects.filter(pk__in=found, learned=False)))
    passages: list[Passage] = []
    for entry in held:
        quotable = found[entry.pk]
        entry.learned, entry.vector = True, quotable and quotable.vector
        passages += _hung_on(entry, quotable.passages if quotable else ())
    Passage.objects.bulk_create(passages)
    SearchEntry.objects.bulk_update(held, ["learned", "vector"])
    return len(held)


def _free(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    if connection.features.has_select_for_update_skip_locked:
        entries = entries.select_for_update(skip_locked=True)
    return entries.only("pk").order_by("pk")


def _hung_on(entry: SearchEntry, passages: Sequence[Passage]) -> Sequence[Passage]:
    for passage in passages:
        passage.entry = entry
    return passages
