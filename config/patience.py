"""Time for what takes long: a migration, an import, a check of the whole record."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from config import services


@contextmanager
def long_statements() -> Iterator[None]:
    """
    Connect without the limits that hold where people wait for an answer.

    A lock is waited for no longer than ever, so that nobody else waits behind it.
    """
    options = connections.settings["default"]["OPTIONS"]
    given = options.get("options")
    if given is None:
        yield
        return
    connections.close_all()
    options["options"] = services.POSTGRES_PATIENT
    try:
        yield
    finally:
        connections.close_all()
        options["options"] = given
