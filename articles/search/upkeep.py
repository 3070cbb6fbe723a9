"""
What keeps SQLite in step with the search entries: made anew where it is lost.

SQLite takes a table's triggers away with the table, as it does to change most columns;
search would then learn of no new text and say nothing, and passages would outlive their
text. PostgreSQL keeps its index in columns of the table itself, and deletes passages by
their foreign key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TEXT, PASSAGES = "articles_searchtext", "articles_passage"
COLUMNS = ("question", "headline", "about", "body", "spelt")
_NAMES = ", ".join(COLUMNS)
_OLD = ", ".join(f"old.{column}" for column in COLUMNS)
_NEW = ", ".join(f"new.{column}" for column in COLUMNS)
_TAKEN = (
    f"INSERT INTO {TEXT}({TEXT}, rowid, {_NAMES}) VALUES ('delete', old.id, {_OLD});"
)
_GIVEN = f"INSERT INTO {TEXT}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"
_DEEDS = {
    "put": f"AFTER INSERT ON articles_searchentry BEGIN {_GIVEN} END",
    "take": f"AFTER DELETE ON articles_searchentry BEGIN {_TAKEN} END",
    "change": (
        f"AFTER UPDATE OF {_NAMES} ON articles_searchentry BEGIN {_TAKEN} {_GIVEN} END"
    ),
}
_GOES = (
    "AFTER DELETE ON articles_searchentry "
    f"BEGIN DELETE FROM {PASSAGES} WHERE entry_id = old.id; END"
)
TRIGGERS: dict[str, tuple[str, str]] = {
    **{
        f"{TEXT}_{name}": (TEXT, f"CREATE TRIGGER {TEXT}_{name} {what}")
        for name, what in _DEEDS.items()
    },
    "articles_passage_goes": (
        PASSAGES,
        f"CREATE TRIGGER articles_passage_goes {_GOES}",
    ),
}
"""By the name of each: the table that it keeps in step, and how it is made."""

_HELD = (
    "SELECT name, sql FROM sqlite_master "
    "WHERE type = 'trigger' AND tbl_name = 'articles_searchentry'"
)
_REPAIRED = {
    TEXT: f"INSERT INTO {TEXT}({TEXT}) VALUES ('rebuild')",
    PASSAGES: f"DELETE FROM {PASSAGES} "
    "WHERE entry_id NOT IN (SELECT id FROM articles_searchentry)",
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that the database lacks, or holds in other words."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        held = dict(cursor.fetchall())
    return [name for name, (_, sql) in TRIGGERS.items() if held.get(name) != sql]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing; and if anything was, what it keeps in step as well."""
    tables = set(connection.introspection.table_names())
    absent = [name for name in missing(connection) if TRIGGERS[name][0] in tables]
    with connection.cursor() as cursor:
        for name in absent:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(TRIGGERS[name][1])
        for table in {TRIGGERS[name][0] for name in absent}:
            cursor.execute(_REPAIRED[table])
