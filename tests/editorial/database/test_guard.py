"""No row that is kept goes, by any road; none begins in the middle."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from articles.models import (
    Article,
    Citation,
    Rendition,
    Version,
)
from articles.states import Standing, VersionState
from editorial import database
from editorial.models import Chain, Event, Publication
from reviews.models import Assignment, Signature
from tests import make, tampering, traces
from tests.editorial.database.house import House
from tests.editorial.database.kept import KEPT, histories
from tests.editorial.database.writes import (
    Named,
    accepted,
    deletes,
    dropped,
    inserts,
)


def test_nothing_kept_is_deleted(house: House) -> None:
    kept: list[Model] = [
        house.first,
        house.draft,
        house.first.article,
        Publication.objects.get(),
        Chain.objects.get(article=house.first.article),
        Assignment.objects.order_by("pk")[0],
    ]
    writes = {k: w for row in kept for k, w in deletes(row).items()}

    assert accepted(writes) == []
    assert len(writes) == 18


def test_rows_are_born_where_every_life_begins(house: House) -> None:
    writes: Named = {}
    for state in VersionState.values:
        if state != VersionState.DRAFT:
            writes |= inserts(
                lambda state=state: Version(  # type: ignore[misc]
                    article=Article.objects.create(slug="x"),
                    number=9,
                    question="Why?",
                    state=state,
                    sha256="a" * 64,
                ),
                state,
            )
    for standing in Standing.values:
        if standing != Standing.UNPUBLISHED:
            writes |= inserts(
                lambda standing=standing: Article(  # type: ignore[misc]
                    slug="x", standing=standing
                ),
                standing,
            )

    assert accepted(writes) == []
    assert len(writes) == 42
    assert dropped(writes) == list(writes)


@pytest.mark.only("postgresql")
def test_no_table_is_emptied_at_one_stroke(house: House) -> None:
    tables = [model._meta.db_table for model in [*KEPT, *histories()]]
    writes = {table: partial(truncate, table) for table in tables}

    assert accepted(writes) == []
    assert dropped(writes) == tables


def truncate(table: str) -> None:
    connection.check_constraints()  # what is pending would be in the way
    with connection.cursor() as cursor:
        cursor.execute(f'TRUNCATE "{table}" CASCADE')


@pytest.mark.only("sqlite")
def test_no_row_is_replaced(house: House) -> None:
    rows: dict[type[Model], Any] = {
        model: traces.rows(model).order_by("pk")[0]
        for model in [*KEPT, *histories()]
        if traces.rows(model).exists()
    }
    for model, name in ((Rendition, "renditions"), (Citation, "citations")):
        rows[model] = getattr(house.second, name).order_by("pk")[0]
        rows[model].version = house.draft
    rows[Version] = house.second
    rows[Version].__dict__["state"] = "draft"
    rows[Article].__dict__["standing"] = "unpublished"
    writes = {m.__name__: partial(tampering.replaced, r) for m, r in rows.items()}

    assert accepted(writes) == []
    assert len(writes) > 17
    assert dropped(writes) == list(writes)


@pytest.mark.only("sqlite")
def test_no_row_is_replaced_by_another_of_the_same_name(house: House) -> None:
    event = Event.objects.order_by("pk")[0]
    event.pk = None
    signature = Signature.objects.filter(version=house.second).order_by("pk")[0]
    signature.pk = None
    signature.value = "c" * 128
    version = make.again(house.second)
    version.pk = None
    version.__dict__["state"] = "draft"
    rows = {"event": event, "signature": signature, "version": version}
    writes = {name: partial(tampering.replaced, row) for name, row in rows.items()}

    assert accepted(writes) == []


def test_how_many_illegal_writes_are_tried(house: House) -> None:
    guarded = {guard.table for guard in database.guards()}
    roads = list(itertools.chain(tampering.UPDATES, tampering.INSERTS))

    assert len(roads) + len(tampering.DELETES) == 10
    assert {model._meta.db_table for model in [*KEPT, *histories()]} == guarded
