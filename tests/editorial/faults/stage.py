"""
A database where what is done is committed, put back to how it was as often as needed.

On SQLite it is a copy of the tests' file; on PostgreSQL it is the tests' own database,
whose tables are written back row by row, with triggers and foreign keys asleep.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

UNSEEN = {"django_migrations", "django_session", "cache"}
"""Tables that no deed writes to."""


class Stage(Protocol):
    def fresh(self) -> None:
        """Begin with an empty, migrated database."""

    def keep(self) -> None:
        """Remember how it is now."""

    def put_back(self) -> None:
        """Make it what it was at `keep`."""

    def restart_numbers(self) -> None:
        """Count ids on from where they were; an attempt that died used some up."""

    def remove(self) -> None: ...


class Files:
    """SQLite: the whole database is a file."""

    def __init__(self) -> None:
        self.source = Path(str(connection.settings_dict["NAME"]))
        self.used = self.source.with_suffix(".stage")
        self.kept = self.source.with_suffix(".kept")
        connection.close()
        connection.settings_dict["NAME"] = str(self.used)
        self.fresh()

    def fresh(self) -> None:
        copy(self.source, self.used)

    def keep(self) -> None:
        copy(self.used, self.kept)

    def put_back(self) -> None:
        copy(self.kept, self.used)

    def restart_numbers(self) -> None:
        """Nothing to do: SQLite counts within the transaction."""

    def remove(self) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(self.source)
        remove_file(self.used)
        remove_file(self.kept)


def copy(source: Path, target: Path) -> None:
    """Copy through SQLite: to close the file by hand would drop other threads' locks."""
    connection.close()
    remove_file(target)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def remove_file(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


class Rows:
    """PostgreSQL: what changed is written back, as superuser, past every guard."""

    def __init__(self) -> None:
        self.pristine = self.kept = Shot()

    def fresh(self) -> None:
        self.pristine.write_back()

    def keep(self) -> None:
        self.kept = Shot()

    def put_back(self) -> None:
        self.kept.write_back()

    def restart_numbers(self) -> None:
        self.kept.restart_numbers()

    def remove(self) -> None:
        self.fresh()
        connection.close()


class Shot:
    """Every row and number of a PostgreSQL database."""

    def __init__(self) -> None:
        self.rows = dict(exported())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL "
                "FROM pg_sequences WHERE schemaname = current_schema()"
            )
            self.numbers = cursor.fetchall()

    def write_back(self) -> None:
        changed = {n: rows for n, rows in exported() if rows != self.rows[n]}
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for name in changed:
                cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608  a name of ours
                with raw(cursor).copy(f'COPY "{name}" FROM STDIN') as pipe:
                    pipe.write(self.rows[name])
            cursor.execute("SET session_replication_role = origin")
        self.restart_numbers()

    def restart_numbers(self) -> None:
        calls = ", ".join(["setval(%s, %s, %s)"] * len(self.numbers))
        values = [value for number in self.numbers for value in number]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {calls}", values)


def exported() -> Iterator[tuple[str, bytes]]:
    """Each PostgreSQL table and its rows."""
    with connection.cursor() as cursor:
        for name in tables():
            with raw(cursor).copy(f'COPY "{name}" TO STDOUT') as pipe:
                yield name, b"".join(pipe)


def raw(cursor: Any) -> Any:
    """The driver's own cursor; Django's knows no COPY."""
    return cursor.cursor


_tables: list[str] = []


def tables() -> list[str]:
    if not _tables:
        _tables.extend(sorted(set(connection.introspection.table_names()) - UNSEEN))
    return _tables


def fingerprint() -> str:
    """One hash over every row of every table."""
    rows = digested() if connection.vendor == "postgresql" else selected()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def digested() -> list[Any]:
    """A hash of each table, made by PostgreSQL itself."""
    one = (
        """SELECT '{0}', md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM "{0}" t"""
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(name) for name in tables()))
        return sorted(cursor.fetchall())


def selected() -> list[Any]:
    return [(name, sorted(rows_of(name), key=repr)) for name in tables()]


def rows_of(name: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  a name of ours
        return list(cursor.fetchall())


@contextmanager
def raised() -> Iterator[Stage]:
    stage: Stage = Files() if connection.vendor == "sqlite" else Rows()
    try:
        yield stage
    finally:
        stage.remove()
