"""SHA-256 over rows, so that the record notices any change to them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from articles.canonical import canonical_json, sha256_hex
from reviews.signing import moment

if TYPE_CHECKING:
    from articles.models import Version


def row_name(row: models.Model) -> str:
    """How events name a row, for example `version:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def row_digest(row: models.Model) -> str:
    """
    SHA-256 of every column of a row, so that the ledger notices any change.

    What holds its default is left out: a column that is added later, with a default,
    changes no digest of the rows before it.
    """
    values = {
        name: _plain(value)
        for name, default in columns(type(row))
        if (value := getattr(row, name)) != default
    }
    return sha256_hex(canonical_json(values))


@cache
def columns(model: type[models.Model]) -> list[tuple[str, Any]]:
    """The columns of a table with what each holds unless somebody says otherwise."""
    return [(f.attname, default_of(f)) for f in model._meta.concrete_fields]


def default_of(column: models.Field[Any, Any]) -> Any:
    """A moment is never left out for being the one at which it was read."""
    is_now = isinstance(column, models.DateField) and column.has_default()
    return ... if is_now else column.get_default()


def parts_digest(version: Version) -> str:
    """SHA-256 over the rows that are frozen with a version, in one."""
    parts: list[models.Model] = [
        *version.renditions.all(),
        *version.citations.all(),
        *version.finding_answers.all(),
    ]
    digests = {row_name(row): row_digest(row) for row in parts}
    return sha256_hex(canonical_json(digests))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Choices) else value
