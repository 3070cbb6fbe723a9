import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from config import env, places
from config.env import Malformed

KEY = "0123456789abcdef" * 4
NO_SENDER = "X is no e-mail address; use one such as The Desk <desk@example.org>."


@pytest.mark.parametrize("given", [None, "", "  "])
def test_what_is_unset_or_blank_takes_the_default(
    monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    monkeypatch.delenv("X", raising=False)
    if given is not None:
        monkeypatch.setenv("X", given)

    assert env.string("X", "default") == "default"
    assert env.integer("X", 8, least=1, most=9) == 8
    assert env.boolean("X", default=True) is True
    assert env.choice("X", "a", among=("a", "b")) == "a"
    assert env.words("X", ("a",)) == ["a"]
    assert env.site("X", "http://localhost:8000") == "http://localhost:8000"
    assert env.mailbox("X") == ""
    assert env.hex_key("X") is None
    assert env.day("X") is None
    assert env.hex_keys("X") == []


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (env.string, " a b ", "a b"),
        (lambda name: env.integer(name, 1, least=1, most=9), "9", 9),
        (env.boolean, "1", True),
        (env.boolean, "No", False),
        (lambda name: env.choice(name, "a", among=("a", "b")), "B", "b"),
        (env.words, "a, b,c", ["a", "b", "c"]),
        (lambda name: env.site(name, ""), "https://a.org/", "https://a.org"),
        (lambda name: env.site(name, ""), "http://[::1]:80", "http://[::1]:80"),
        (env.mailbox, "me@example.org", "me@example.org"),
        (lambda name: env.sender(name, ""), "A <me@b.org>", "A <me@b.org>"),
        (lambda name: env.sender(name, ""), "me@b.org", "me@b.org"),
        (lambda name: env.sender(name, ""), "me@localhost", "me@localhost"),
        (env.day, "2026-11-20", dt.date(2026, 11, 20)),
        (env.hex_key, KEY.upper(), KEY),
        (env.hex_keys, f"{KEY}, {KEY}", [KEY, KEY]),
    ],
)
def test_a_reader_returns_the_type_it_promises(
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[str], Any],
    text: str,
    value: object,
) -> None:
    monkeypatch.setenv("X", text)

    assert read("X") == value


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (
            lambda name: env.integer(name, 5, least=1, most=9),
            "10",
            "X is '10'; use a whole number from 1 to 9, such as 5.",
        ),
        (
            lambda name: env.integer(name, 5, least=1, most=9),
            "-1",
            "X is '-1'; use a whole number from 1 to 9, such as 5.",
        ),
        (
            lambda name: env.integer(name, 5, least=1, most=9),
            "٣",
            "X is '٣'; use a whole number from 1 to 9, such as 5.",
        ),
        (env.boolean, "perhaps", "X is 'perhaps'; use 1 or 0."),
        (
            lambda name: env.choice(name, "a", among=("a", "b")),
            "c",
            "X is 'c'; use a or b.",
        ),
        (env.words, "a,,b", "X has an empty or broken item; write a,b,c."),
        (env.words, "a b", "X has an empty or broken item; write a,b,c."),
        (
            env.mailbox,
            "me",
            "X is no e-mail address; use one such as me@example.org.",
        ),
        *(
            (lambda name: env.sender(name, ""), text, NO_SENDER)
            for text in ("The Desk", "Desk <desk@>", "Desk <desk@b.>")
        ),
        (
            env.day,
            "20 Nov",
            "X is '20 Nov'; write a day as 2026-11-20.",
        ),
        (
            env.hex_key,
            "secret",
            "X is not a key; use 64 hexadecimal characters.",
        ),
        (
            env.hex_keys,
            f"{KEY},secret",
            "X has an item that is not a key; use 64 hexadecimal characters each, separated by commas.",
        ),
    ],
)
def test_a_malformed_value_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[str], Any],
    text: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed) as told:
        read("X")

    assert str(told.value) == sentence


@pytest.mark.parametrize(
    "text",
    ["example.org", "ftp://a.org", "https://", "https://a.org/b", "https://a.org?b"],
)
def test_a_site_is_scheme_and_host_alone(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed, match="X is not the address of a site; use scheme"):
        env.site("X", "")


@pytest.mark.parametrize("text", ["http://[::1", "http://a.org:99999"])
def test_a_broken_url_is_never_repeated(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("X", text)

    with pytest.raises(Malformed) as told:
        env.site("X", "")

    sentence = "X cannot be read as a URL; check its host, port and brackets."
    assert str(told.value) == sentence


MALFORMED = {
    "PORT": "eighty",
    "DEBUG": "perhaps",
    "SITE_URL": "example.org",
    "ALLOWED_HOSTS": "a,,b",
    "DATABASE_URL": "mysql://host/name",
    "REDIS_URL": "http://host",
    "EMAIL_URL": "pigeon://home",
    "SIGNING_KEY": "short",
    "SIGNING_KEYS_RETIRED": "short",
    "LOG_FORMAT": "xml",
}
STARTS = {
    "manage.py": [sys.executable, "manage.py", "check"],
    "the web server": [sys.executable, "-c", "import config.wsgi"],
    "the worker": [sys.executable, "-m", "celery", "--app", "config", "worker"],
    "the supervisor": [sys.executable, "-m", "config.up"],
}


def start(command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    given = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | variables
    return subprocess.run(
        command,
        cwd=places.BASE,
        env=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_variable_stops_the_start(name: str) -> None:
    ended = start(STARTS["manage.py"], **{name: MALFORMED[name]})

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"{name} ")
    assert ended.stderr.endswith(".\n")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("program", STARTS)
def test_every_program_stops_with_the_sentence_alone(program: str) -> None:
    ended = start(STARTS[program], PORT="0")

    sentence = "PORT is '0'; use a whole number from 1 to 65535, such as 8000.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", sentence)
