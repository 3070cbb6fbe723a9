"""Illegal writes, by every road, and which of them happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from editorial import database
from tests import tampering, traces

Write = Callable[[], object]


Named = dict[str, Write]


def happens(write: Write) -> bool:
    """Whether the database lets the write happen; it is undone at once."""
    try:
        with traces.undone(), transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True


def accepted(writes: Mapping[str, Write]) -> list[str]:
    """The writes that happen."""
    return [name for name, write in writes.items() if happens(write)]


def dropped(writes: Mapping[str, Write]) -> list[str]:
    """The writes that happen when the guards are down."""
    with traces.undone():
        database.drop(connection)
        return accepted(writes)


def updates(row: Model, column: str, value: Any = None) -> Named:
    """Every road to another value of a column."""
    given = tampering.flipped(row, column) if value is None else value
    return {
        f"{row._meta.label} {column}={given!r} {road.__name__}": partial(
            road, row, column, given
        )
        for road in tampering.UPDATES
    }


def inserts(row: Callable[[], Model], name: str) -> Named:
    return {
        f"{name} {road.__name__}": lambda road=road: road(row())  # type: ignore[misc]
        for road in tampering.INSERTS
    }


def deletes(row: Model) -> Named:
    return {
        f"{row._meta.label} {row.pk} {road.__name__}": partial(road, row)
        for road in tampering.DELETES
    }
