from pathlib import Path

import pytest

from config import places, services
from config.env import Malformed

DEFAULT = Path("/srv/db.sqlite3")


def test_the_default_database_is_a_durable_sqlite_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("X", raising=False)

    found = services.database("X", DEFAULT)

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == "/srv/db.sqlite3"
    assert found["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": services.SQLITE_PRAGMAS,
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sqlite:////tmp/a%20b.sqlite3", "/tmp/a b.sqlite3"),
        ("sqlite:///here.sqlite3", str(places.BASE / "here.sqlite3")),
    ],
)
def test_a_sqlite_url_names_its_file(
    monkeypatch: pytest.MonkeyPatch, text: str, name: str
) -> None:
    monkeypatch.setenv("X", text)

    assert services.database("X", DEFAULT)["NAME"] == name


def test_a_postgresql_url_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgresql://me:p%40ss@host:5433/name?sslmode=require")

    assert services.database("X", DEFAULT) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "name",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "host",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": services.POSTGRES_LIMITS,
            "connect_timeout": 5,
            "sslmode": "require",
        },
    }


def test_a_postgresql_url_may_name_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgres://me@/name?host=/run/pg&port=5433")

    found = services.database("X", DEFAULT)

    assert (found["HOST"], found["PORT"]) == ("/run/pg", "5433")


def test_a_postgresql_url_may_ask_for_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgresql://me@host/name?pool=8")

    found = services.database("X", DEFAULT)

    assert found["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 5}
    assert found["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mysql://host/name", "X does not name a database; use sqlite:"),
        ("postgresql://host", "X does not name a database; use sqlite:"),
        ("sqlite://", "X does not name a database; use sqlite:"),
        ("postgresql://h/n?pool=many", "X has a pool that is not a number; use pool=8"),
        ("postgresql://h/n?colour=red", "X has an unknown parameter 'colour'; known"),
    ],
)
def test_what_is_no_database_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed) as told:
        services.database("X", DEFAULT)

    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "for_redis", "for_celery"),
    [
        ("", "unix:///run/s?db=0", "redis+socket:///run/s?virtual_host=0"),
        ("unix:///a?db=2", "unix:///a?db=2", "redis+socket:///a?virtual_host=2"),
        ("redis://:pw@host:6379/1", "redis://:pw@host:6379/1", None),
        ("rediss://host/0", "rediss://host/0", None),
    ],
)
def test_redis_and_celery_are_told_of_one_server(
    monkeypatch: pytest.MonkeyPatch, text: str, for_redis: str, for_celery: str | None
) -> None:
    monkeypatch.setenv("X", text)

    found = services.redis("X", Path("/run/s"))

    assert found == for_redis
    assert services.celery_broker(found) == (for_celery or for_redis)


@pytest.mark.parametrize("text", ["amqp://host", "redis://", "unix://host", "host"])
def test_what_is_no_redis_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed, match="X does not name a Redis server; use redis"):
        services.redis("X", Path("/run/s"))


MAIL = "django.core.mail.backends"
SMTP = {
    "EMAIL_BACKEND": f"{MAIL}.smtp.EmailBackend",
    "EMAIL_HOST": "host",
    "EMAIL_PORT": 587,
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_SSL": False,
    "EMAIL_USE_TLS": False,
    "EMAIL_TIMEOUT": 10,
}


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (
            "",
            {
                "EMAIL_BACKEND": "config.mailbox.EmailBackend",
                "EMAIL_FILE_PATH": "/srv/mail",
            },
        ),
        ("memory://", {"EMAIL_BACKEND": f"{MAIL}.locmem.EmailBackend"}),
        ("console://", {"EMAIL_BACKEND": f"{MAIL}.console.EmailBackend"}),
        ("smtp://host", SMTP),
        (
            "smtp://me:p%3Aw@host:25?tls=1",
            SMTP
            | {
                "EMAIL_PORT": 25,
                "EMAIL_HOST_USER": "me",
                "EMAIL_HOST_PASSWORD": "p:w",
                "EMAIL_USE_TLS": True,
            },
        ),
        ("smtps://host", SMTP | {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True}),
    ],
)
def test_mail_goes_where_the_url_says(
    monkeypatch: pytest.MonkeyPatch, text: str, settings: dict[str, object]
) -> None:
    monkeypatch.setenv("X", text)

    assert services.email("X", Path("/srv/mail")) == settings


@pytest.mark.parametrize(
    "text", ["pigeon://home", "smtp://", "smtp://h?tls=2", "smtps://h?tls=1", "file://"]
)
def test_what_sends_no_mail_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed, match="use file:///folder, smtp://"):
        services.email("X", Path("/srv/mail"))
