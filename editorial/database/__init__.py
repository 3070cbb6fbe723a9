"""
What the database itself refuses, on SQLite and PostgreSQL alike.

Each guard is one trigger that raises when its condition holds, whoever wrote the row
and by whatever road: the ORM, a bulk call, raw SQL. SQLite drops the triggers of a
table it rebuilds and fails on those that mention it, so all are dropped before a
migration and made anew after it; nothing starts while one is missing.
"""

from editorial.database.catalogue import guards
from editorial.database.guard import Guard
from editorial.database.triggers import PREFIX, check, drop, install, missing, require
from editorial.database.versions import ARROWS

__all__ = [
    "ARROWS",
    "PREFIX",
    "Guard",
    "check",
    "drop",
    "guards",
    "install",
    "missing",
    "require",
]
