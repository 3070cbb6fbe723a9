"""A guard, and those that any table can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import UniqueConstraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

WHERE_UNIQUE = {
    "a_reviewer_is_asked_once_per_version": (
        "o.state IN ('invited', 'accepted', 'reported')"
    ),
    "a_version_is_approved_by_one_signature": (
        "o.meaning = 'approval' AND NEW.meaning = 'approval'"
    ),
    "a_term_has_one_approved_wording": (
        "o.approved_at IS NOT NULL AND o.ended_at IS NULL"
        " AND NEW.approved_at IS NOT NULL AND NEW.ended_at IS NULL"
    ),
    "a_term_has_one_proposed_wording": (
        "o.approved_at IS NULL AND o.ended_at IS NULL"
        " AND NEW.approved_at IS NULL AND NEW.ended_at IS NULL"
    ),
    "one_current_publication_per_article": "o.ended_at IS NULL",
    "one_open_proposal_per_article": (
        "o.issued_at IS NULL AND o.ended_at IS NULL AND NEW.issued_at IS NULL"
    ),
    "one_notice_in_force_per_article": (
        "o.issued_at IS NOT NULL AND NEW.issued_at IS NOT NULL AND o.ended_at IS NULL"
    ),
    "one_open_version_per_article": (
        "o.state IN ('draft', 'submitted', 'under_review')"
    ),
    "one_approved_version_per_article": "NEW.state = 'approved'",
}
"""The conditions of our partial unique constraints, as NEW rows meet them."""


@dataclass(frozen=True, slots=True)
class Guard:
    """
    A trigger: `verb` on `table` is refused with `message` when `condition` holds.

    The condition is SQL that both databases read, over NEW and OLD; `only` names the
    one database that needs the guard.
    """

    name: str
    table: str
    verb: str
    condition: str
    message: str
    only: str = ""


def table_of(model: type[Model]) -> str:
    return model._meta.db_table


def changed(*columns: str) -> str:
    """Whether an update gives any of these columns another value."""
    return " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)


def append_only(model: type[Model]) -> list[Guard]:
    table = table_of(model)
    message = f"{table} only grows"
    return [
        Guard(f"{table}_update", table, "UPDATE", "1 = 1", message),
        *undeletable(model, message),
    ]


def undeletable(model: type[Model], message: str = "") -> list[Guard]:
    table = table_of(model)
    message = message or f"{table} keeps its rows"
    delete = Guard(f"{table}_delete", table, "DELETE", "1 = 1", message)
    return [delete, *irreplaceable(model, message)]


def irreplaceable(model: type[Model], message: str) -> list[Guard]:
    """No row goes by TRUNCATE, or by SQLite's REPLACE, which no DELETE trigger sees."""
    table = table_of(model)
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE {same})" for same in _clashes(model)
    )
    return [
        Guard(f"{table}_truncate", table, "TRUNCATE", "1 = 1", message, "postgresql"),
        Guard(f"{table}_replace", table, "INSERT", taken, message, "sqlite"),
    ]


def _clashes(model: type[Model]) -> Iterator[str]:
    """When a row `o` stands in the way of NEW: its key or anything else unique."""
    for field in model._meta.concrete_fields:
        if field.unique:
            yield _same(field.column)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            fields = [model._meta.get_field(name) for name in constraint.fields]
            same = _same(*(getattr(field, "column", None) for field in fields))
            only = WHERE_UNIQUE[constraint.name] if constraint.condition else None
            yield f"{same} AND {only}" if only else same


def _same(*columns: str | None) -> str:
    return " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
