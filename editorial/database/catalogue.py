"""Every guard there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial.database import (
    duties,
    evidence,
    notices,
    parts,
    publications,
    records,
    terms,
    versions,
)

if TYPE_CHECKING:
    from editorial.database.guard import Guard

KINDS = (records, versions, parts, duties, publications, notices, evidence, terms)


def guards() -> list[Guard]:
    """Every guard the database must hold."""
    return [guard for kind in KINDS for guard in kind.guards()]
