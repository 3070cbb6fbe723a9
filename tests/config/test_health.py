from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from redis import Redis

from articles.reading import pango
from config import schema


def test_a_process_that_answers_is_alive(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_when_database_and_broker_answer(
    client: Client, broker: Redis
) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "ready",
        "broker": "ready",
        "pdf": "switched off",
    }


@pytest.mark.django_db
def test_it_is_ready_without_what_pdfs_need_and_says_so(
    client: Client, broker: Redis, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF = True
    whole = client.get("/readyz")
    monkeypatch.setattr(pango, "missing", lambda: ("Pango", "PangoFT2"))

    without = client.get("/readyz")

    assert (whole.status_code, whole.json()["pdf"]) == (200, "ready")
    assert (without.status_code, without.json()["pdf"]) == (
        *(200, "Pango, PangoFT2 missing"),
    )


@pytest.mark.django_db
def test_it_is_not_ready_without_a_broker(client: Client, dead_broker: None) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "database": "ready",
        "broker": "does not answer",
        "pdf": "switched off",
    }


@pytest.mark.django_db
def test_it_is_not_ready_before_the_migrations(client: Client, broker: Redis) -> None:
    schema.migrated.clear()
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "migrations are pending"


@pytest.mark.django_db
def test_it_is_not_ready_without_a_database(client: Client, broker: Redis) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_asked_for_by_get_alone(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
