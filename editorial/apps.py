"""The app of who does what."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now, so what needs them is imported only now.
        from editorial import checks as own
        from editorial import database

        checks.register(database.check, checks.Tags.database)
        own.register()
        pre_migrate.connect(before_migrating, sender=self)
        post_migrate.connect(after_migrating, sender=self)


def before_migrating(*, using: str, **_: Any) -> None:
    """Take the guards down: SQLite cannot rebuild a table that a trigger mentions."""
    from editorial import database

    database.drop(connections[using])


def after_migrating(*, using: str, **_: Any) -> None:
    """Put the guards, the groups and the built-in accounts in place."""
    from editorial import database, facts, people, policy_texts, roles

    tables = set(connections[using].introspection.table_names())
    if {g.table for g in database.guards()} <= tables:
        roles.install()
        people.install()
        policy_texts.install(people.system())
        facts.install(people.system())
        database.install(connections[using])
