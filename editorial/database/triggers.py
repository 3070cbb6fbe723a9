"""Guards as triggers, in the words of each database: made, taken down, looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import Warning as Caution
from django.db import connections

from articles.search import upkeep
from editorial.database.catalogue import guards

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from editorial.database.guard import Guard

PREFIX = "guard_"

_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT t.tgname FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE %s "
    "AND c.relnamespace = current_schema()::regnamespace",
}
_DEFINITIONS = {
    "sqlite": "SELECT name, sql FROM sqlite_master "
    "WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT t.tgname, p.prosrc FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname LIKE %s "
    "AND c.relnamespace = current_schema()::regnamespace",
}
_DROPPED = {
    "sqlite": 'DROP TRIGGER IF EXISTS "{}"',
    "postgresql": 'DROP FUNCTION IF EXISTS "{}"() CASCADE',
}

MOST_TOLD = 5
"""Missing guards that a check tells one by one."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every guard exist as it is written here, and what keeps search in step."""
    drop(connection)
    with connection.cursor() as cursor:
        for guard in _wanted(connection.vendor):
            for statement in _statements(guard, connection.vendor):
                cursor.execute(statement)
    upkeep.install(connection)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard, as migrations and nothing else need."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES[connection.vendor], [f"{PREFIX}%"])
        for (name,) in cursor.fetchall():
            cursor.execute(_DROPPED[connection.vendor].format(name))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """
    The names of guards that the database lacks, or holds in other words.

    What keeps search in step is missed like a guard: without it nothing is refused
    either, and nothing is found.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DEFINITIONS[connection.vendor], [f"{PREFIX}%"])
        held = dict(cursor.fetchall())
    wanted = {PREFIX + g.name: g for g in _wanted(connection.vendor)}
    absent = [
        name
        for name, guard in wanted.items()
        if held.get(name) != _definition(guard, connection.vendor)
    ]
    return sorted([*absent, *upkeep.missing(connection)])


def check(**kwargs: Any) -> list[Caution]:
    """
    A system check: no guard is missing.

    A caution, because `migrate` runs it first and is what brings the guards back;
    every server refuses to start by `require`.
    """
    return [
        Caution(
            f"The database lacks {told}.",
            hint="Run manage.py migrate; it makes every guard anew.",
            id="editorial.E010",
        )
        for alias in kwargs.get("databases") or ()
        for told in _told(missing(connections[alias]))
    ]


def _told(names: list[str]) -> list[str]:
    """A line for each guard; many at once, as in a new database, are told in one."""
    if len(names) > MOST_TOLD:
        return [f"{len(names)} guards"]
    return [f"the guard {name}" for name in names]


def require() -> None:
    """Raise RuntimeError unless the database holds every guard; called at start."""
    if absent := missing(connections["default"]):
        message = (
            f"The database lacks {len(absent)} guards ({absent[0]} …); "
            "run manage.py migrate."
        )
        raise RuntimeError(message)


def _wanted(vendor: str) -> list[Guard]:
    return [guard for guard in guards() if guard.only in ("", vendor)]


def _definition(guard: Guard, vendor: str) -> str:
    """The guard as the database keeps it."""
    first = _statements(guard, vendor)[0]
    return first if vendor == "sqlite" else first.split("$$")[1]


def _statements(guard: Guard, vendor: str) -> list[str]:
    return [_for_sqlite(guard)] if vendor == "sqlite" else _for_postgresql(guard)


def _for_sqlite(guard: Guard) -> str:
    return (
        f'CREATE TRIGGER "{PREFIX}{guard.name}" '
        f'BEFORE {guard.verb} ON "{guard.table}" WHEN {guard.condition} '
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _for_postgresql(guard: Guard) -> list[str]:
    """The function that looks, and the trigger that calls it."""
    name = PREFIX + guard.name
    row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.verb, "NEW")
    each = "STATEMENT" if guard.verb == "TRUNCATE" else "ROW"
    function = (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {guard.condition} THEN RAISE EXCEPTION '{guard.message}' "
        f"USING ERRCODE = '23514'; END IF; RETURN {row}; END $$"
    )
    trigger = (
        f'CREATE TRIGGER "{name}" BEFORE {guard.verb} ON "{guard.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{name}"()'
    )
    return [function, trigger]
