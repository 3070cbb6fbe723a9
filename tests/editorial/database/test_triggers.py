"""Guards are made, taken down and missed."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251

from articles.models import SearchEntry
from articles.search import upkeep
from editorial import database
from tests.articles.search import samples


def test_every_guard_stands(db: None) -> None:
    assert database.missing(connection) == []
    assert database.check(databases=["default"]) == []
    database.require()


def test_a_new_database_is_told_in_one_line_and_nothing_starts(db: None) -> None:
    wanted = sorted(wanted_names())
    database.drop(connection)

    complaints = database.check(databases=["default"])

    assert database.missing(connection) == wanted
    assert [c.msg for c in complaints] == [f"The database lacks {len(wanted)} guards."]
    with pytest.raises(RuntimeError, match=f"lacks {len(wanted)} guards"):
        database.require()


def wanted_names() -> list[str]:
    vendor = connection.vendor
    return [
        database.PREFIX + guard.name
        for guard in database.guards()
        if guard.only in ("", vendor)
    ]


@pytest.mark.parametrize("index", [0, 17, -1])
def test_one_missing_guard_is_enough(index: int, db: None) -> None:
    guard = [g for g in database.guards() if g.only in ("", connection.vendor)][index]
    name = database.PREFIX + guard.name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER "{name}" ON "{guard.table}"')
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')

    assert database.missing(connection) == [name]
    [complaint] = database.check(databases=["default"])
    assert complaint.msg == f"The database lacks the guard {name}."
    with pytest.raises(RuntimeError, match=name):
        database.require()


@pytest.mark.only("postgresql")
def test_a_guard_that_is_switched_off_counts_as_missing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE editorial_event DISABLE TRIGGER ALL")

    assert [n for n in database.missing(connection) if "historical" not in n] == [
        "guard_editorial_event_delete",
        "guard_editorial_event_truncate",
        "guard_editorial_event_update",
    ]


def test_names_of_guards_are_short_enough_for_both_databases() -> None:
    names = [database.PREFIX + guard.name for guard in database.guards()]

    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 63


def test_a_migration_takes_the_guards_down_and_puts_them_back(db: None) -> None:
    app = apps.get_app_config("editorial")
    told = {
        "app_config": app,
        "verbosity": 0,
        "interactive": False,
        "using": "default",
        "apps": apps,
        "plan": [],
    }

    pre_migrate.send(sender=app, **told)
    assert database.missing(connection) == sorted(wanted_names())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_version ADD COLUMN later integer")
    post_migrate.send(sender=app, **told)

    assert database.missing(connection) == []
    database.require()


def test_installing_twice_is_installing_once(db: None) -> None:
    database.install(connection)
    database.install(connection)

    assert database.missing(connection) == []


def test_the_check_runs_with_the_database_checks_alone(db: None) -> None:
    database.drop(connection)

    call_command("check", verbosity=0)
    assert database.check() == []
    assert database.check(databases=["default"]) != []


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", upkeep.TRIGGERS)
def test_what_keeps_search_in_step_is_missed_like_a_guard(name: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")

    assert database.missing(connection) == [name]
    with pytest.raises(RuntimeError, match=name):
        database.require()


@pytest.mark.only("sqlite")
def test_what_changed_while_it_was_away_is_found_after_a_migration(db: None) -> None:
    kept = samples.public("Aspirin")
    with connection.cursor() as cursor:
        for name in upkeep.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    gone, new = samples.public("Heparin"), samples.public("Warfarin")
    gone.delete()
    SearchEntry.objects.filter(pk=kept.pk).update(question="Insulin")
    assert samples.found("warfarin") == []

    database.install(connection)

    names = ("aspirin", "insulin", "heparin", "warfarin")
    assert [samples.found(name) for name in names] == [
        *([], [kept.article_id]),
        *([], [new.article_id]),
    ]
    assert database.missing(connection) == []
