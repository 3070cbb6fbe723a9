"""Several questions to the database in one statement, each part told from the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Part:
    """
    The rows of a queryset as `columns` of its table `k`, with `code` before each.

    Code, columns and `where` are the program's own words, never a visitor's.
    """

    code: str
    columns: str
    rows: QuerySet[Any, Any]
    where: str = ""


def asked(parts: Iterable[Part], *, types: str) -> list[tuple[Any, ...]]:
    """The rows of all the parts; `types` names those of their columns after the code."""
    empty = ", ".join(f"CAST(NULL AS {name})" for name in types.split())
    pieces = [f"SELECT '' AS code, {empty} WHERE 1 = 0"]
    params: list[Any] = []
    for part in parts:
        try:
            sql, given = part.rows.query.sql_with_params()
        except EmptyResultSet:  # nothing can be in it, so nothing is asked
            continue
        where = f" WHERE {part.where}" if part.where else ""
        pieces.append(f"SELECT '{part.code}', {part.columns} FROM ({sql}) k{where}")  # noqa: S608  our own words
        params += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), params)
        return list(cursor.fetchall())


def moment(value: Any) -> dt.datetime:
    """A moment as a statement tells it: SQLite says it as text, in UTC."""
    found = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    told: dt.datetime = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return told
