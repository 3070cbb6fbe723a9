"""Changing one column of one row, by every road there is, to see who notices."""

from __future__ import annotations

import datetime as dt
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from editorial import database, verification
from tests.traces import rows, undone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Field, Model

CONSTRAINT = "a constraint stands in the way"


@contextmanager
def unguarded() -> Iterator[None]:
    """Write in the block what the guards refuse, as it stood before there were any."""
    database.drop(connection)
    yield
    database.install(connection)


def columns(model: type[Model], *, but: tuple[str, ...] = ()) -> list[str]:
    """The columns of a table except its key; a new one is covered by itself."""
    found = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    return [name for name in found if name not in but]


def field_of(row: Model, column: str) -> Field[Any, Any]:
    return next(f for f in row._meta.concrete_fields if f.attname == column)


def flipped(row: Model, column: str) -> Any:
    """Another value for the column, one byte away where that can be."""
    field, value = field_of(row, column), getattr(row, column)
    if field.related_model:
        others = rows(field.related_model).exclude(pk=value).order_by("-pk")
        return others[0].pk if others else None
    if field.choices:
        known = [key for key, _ in field.flatchoices if key != value]
        return known[-1]
    return _flip(value, field.get_internal_type())


def _flip(value: Any, kind: str) -> Any:
    if value is None:
        return _something(kind)
    flip = next((flip for of, flip in FLIPS if isinstance(value, of)), None)
    return flip(value) if flip else _flip_json(value)


def _flip_text(text: str) -> str:
    return text[:-1] + ("b" if text[-1:] != "b" else "a")


def _flip_bytes(data: bytes | memoryview) -> bytes:
    return bytes([bytes(data)[0] ^ 1]) + bytes(data)[1:]


FLIPS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (bool, lambda value: not value),
    (int, lambda value: value + 1000),
    (dt.datetime, lambda value: value + dt.timedelta(microseconds=1)),
    (dt.date, lambda value: value + dt.timedelta(days=1)),
    (str, _flip_text),
    ((bytes, memoryview), _flip_bytes),
)


def _flip_json(value: Any) -> Any:
    """Flip the last text in a tree, and whatever is deepest if there is none."""
    if isinstance(value, dict) and value:
        name = list(value)[-1]
        return value | {name: _flip(value[name], "")}
    if isinstance(value, list) and value:
        return [*value[:-1], _flip(value[-1], "")]
    return ["x"]


def _something(kind: str) -> Any:
    return {
        "DateTimeField": timezone.now(),
        "DateField": dt.date(2026, 1, 1),
        "JSONField": ["x"],
    }.get(kind, 1)


def by_save(row: Model, column: str, value: Any) -> None:
    found = rows(type(row)).get(pk=row.pk)
    found.__dict__[column] = value  # past whatever the model itself refuses
    found.save()


def by_update(row: Model, column: str, value: Any) -> None:
    rows(type(row)).filter(pk=row.pk).update(**{column: value})


def by_bulk_update(row: Model, column: str, value: Any) -> None:
    found = rows(type(row)).get(pk=row.pk)
    found.__dict__[column] = value
    rows(type(row)).bulk_update([found], [field_of(row, column).name])


def by_sql(row: Model, column: str, value: Any) -> None:
    field = field_of(row, column)
    given = field.get_db_prep_save(value, connection)
    table, key = row._meta.db_table, row._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{key}" = %s',  # noqa: S608
            [given, row.pk],
        )


def created(row: Model) -> None:
    row.save(force_insert=True)


def bulk_created(row: Model) -> None:
    rows(type(row)).bulk_create([row])


def inserted(row: Model, verb: str = "INSERT") -> None:
    """By raw SQL; `verb` may be one that replaces what is there."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key or row.pk]
    names = ", ".join(f'"{f.column}"' for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    given = [f.get_db_prep_save(f.pre_save(row, add=True), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f'{verb} INTO "{row._meta.db_table}" ({names}) VALUES ({marks})',
            given,
        )


def replaced(row: Model) -> None:
    inserted(row, "INSERT OR REPLACE")


def deleted(row: Model) -> None:
    rows(type(row)).get(pk=row.pk).delete()


def raw_deleted(row: Model) -> None:
    chosen: Any = rows(type(row)).filter(pk=row.pk)
    chosen._raw_delete(chosen.db)  # noqa: SLF001  the road itself


def sql_deleted(row: Model) -> None:
    table, key = row._meta.db_table, row._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [row.pk])  # noqa: S608


UPDATES: tuple[Callable[[Model, str, Any], None], ...] = (
    by_save,
    by_update,
    by_bulk_update,
    by_sql,
)
INSERTS: tuple[Callable[[Model], None], ...] = (created, bulk_created, inserted)
DELETES: tuple[Callable[[Model], None], ...] = (deleted, raw_deleted, sql_deleted)


def first_after(row: Model, column: str) -> str:
    """The first row that verification names after the column is changed."""
    with undone():
        try:
            with transaction.atomic():
                by_sql(row, column, flipped(row, column))
        except IntegrityError:
            return CONSTRAINT
        with closing(verification.problems()) as broken_rows:
            broken = next(broken_rows, None)
    return broken.row if broken else "nothing"
