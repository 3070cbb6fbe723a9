import pytest
from django.db import connection, connections
from django.test import Client
from redis import Redis

from config import schema
from config.schema import Unguarded
from editorial import database


@pytest.fixture(autouse=True)
def _stay_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "close_all", lambda: None)


@pytest.mark.django_db
def test_a_migrated_database_with_all_its_guards_is_accepted() -> None:
    schema.require_guards()

    assert schema.pending() is False


@pytest.mark.django_db
def test_a_database_that_lost_its_guards_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    database.drop(connection)

    with pytest.raises(Unguarded, match=r"lacks \d+ of its guards \(guard_\w+\); find"):
        schema.require_guards()
    with pytest.raises(SystemExit, match="2"):
        schema.refuse_unguarded()

    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.django_db
def test_it_is_not_ready_without_its_guards(client: Client, broker: Redis) -> None:
    database.drop(connection)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "guards are missing"
