import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from config import services


def ask(pragma: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


@pytest.mark.only("sqlite")
@pytest.mark.django_db(transaction=True)
def test_sqlite_reads_beside_a_writer_and_keeps_references() -> None:
    assert ask("journal_mode") == "wal"
    assert ask("foreign_keys") == 1
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_what_sqlite_committed_outlives_a_power_cut(tmp_path: Path) -> None:
    path = str(tmp_path / "db.sqlite3")
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(services.sqlite(path)["OPTIONS"]["init_command"])

        assert opened.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


@pytest.mark.only("postgresql")
@pytest.mark.django_db
def test_postgresql_waits_for_nobody_for_ever() -> None:
    names = "lock_timeout statement_timeout idle_in_transaction_session_timeout"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
            [names.split()],
        )
        found = dict(cursor.fetchall())

    assert found == {
        "lock_timeout": "5000",
        "statement_timeout": "15000",
        "idle_in_transaction_session_timeout": "30000",
    }


def test_a_request_is_no_transaction() -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_limits_live_where_they_survive_the_broker() -> None:
    backend = settings.CACHES["default"]["BACKEND"]

    assert issubclass(import_string(backend), DatabaseCache)


def test_a_page_may_load_nothing_but_our_own(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]


def test_a_browser_is_told_to_be_careful(client: Client) -> None:
    headers = client.get("/healthz").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
