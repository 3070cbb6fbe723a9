"""Short lists that hang on a row, read with the row and not by a query of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import JSONField, Model, Subquery
from django.db.models.functions import JSONArray

from articles.prepared import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

Row = TypeVar("Row", bound=Model)


class Listed(Subquery):
    """What `listed` makes; no order of its lines is promised."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT JSON_GROUP_ARRAY(JSON(k.line)) FROM (%(subquery)s) k)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT JSONB_AGG(k.line) FROM (%(subquery)s) k)"
        return self.as_sql(compiler, connection, template=template, **extra)


def listed(rows: QuerySet[Any], *columns: str) -> Listed:
    """The rows as lists of these columns, all of them in one column of the row around."""
    lines = rows.order_by().values(line=JSONArray(*columns))
    return Listed(lines, output_field=JSONField())


def made(
    model: type[Row], names: Sequence[str], lines: Iterable[list[Any]] | None
) -> list[Row]:
    """
    The lines as rows of a model, in the order of their keys.

    They are rows of the database: a column that was not listed is read when it is
    asked for.
    """
    meta: Any = model._meta
    held = [field for field in meta.concrete_fields if field.name in names]
    read = [field.attname for field in held]
    rows = []
    for line in lines or ():
        told = dict(zip(names, line, strict=True))
        values = [_value(field, told[field.name]) for field in held]
        rows.append(model.from_db(None, read, values))
    return sorted(rows, key=lambda row: row.pk)


def _value(field: Any, told: Any) -> Any:
    """A value as its column has it; SQLite tells a moment in UTC and without saying so."""
    value = field.to_python(told)
    is_naive = isinstance(value, dt.datetime) and value.tzinfo is None
    return value.replace(tzinfo=dt.UTC) if is_naive else value


def hang(
    owner: Model, relation: str, names: Sequence[str], lines: Any, *, back: str = ""
) -> None:
    """Leave what was listed of a relation with its owner, as if it were prefetched."""
    related: Any = type(owner)._meta.get_field(relation).related_model
    keep(owner, relation, made(related, names, lines), back=back)
