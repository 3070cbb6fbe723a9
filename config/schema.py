"""Is the database what the program needs: migrated, and guarding what must not change."""

import sys

from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor


class Unguarded(Exception):
    """Says in one sentence that the database would let through what it must refuse."""


migrated: set[str] = set()
"""The databases that were seen complete; they do not become less so."""


def pending() -> bool:
    """Tell whether a migration has not run yet."""
    name = str(connection.settings_dict["NAME"])
    if name not in migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return True
        migrated.add(name)
    return False


def unguarded() -> list[str]:
    """Name the triggers the database lacks."""
    # It needs models, and this module is read before Django is set up.
    from editorial import database  # noqa: PLC0415

    return database.missing(connection)


def require_guards() -> None:
    """Refuse a migrated database that has lost a trigger."""
    absent = [] if pending() else unguarded()
    connections.close_all()
    if absent:
        problem = f"The database lacks {len(absent)} of its guards ({absent[0]})"
        raise Unguarded(f"{problem}; find out why, then run manage.py migrate.")


def refuse_unguarded() -> None:
    """End the process there; a database that is only away will come back."""
    try:
        require_guards()
    except OperationalError:
        connections.close_all()
    except Unguarded as hindrance:
        sys.stderr.write(f"{hindrance}\n")
        sys.exit(2)
