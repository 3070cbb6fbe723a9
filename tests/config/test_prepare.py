from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections

from config import prepare

Calls = list[str]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Calls:
    """Note the commands that would run, in folders that are thrown away."""
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path
    made: Calls = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: made.append(name))
    monkeypatch.setattr(prepare, "get_commands", lambda: {"demo": "editorial"})
    monkeypatch.setattr(connections, "close_all", lambda: None)
    return made


@pytest.mark.django_db
def test_an_empty_database_gets_the_demonstration(calls: Calls) -> None:
    prepare.demonstration()

    assert calls == ["demo"]


@pytest.mark.django_db
def test_a_database_where_somebody_can_sign_in_is_left_alone(calls: Calls) -> None:
    user = get_user_model()(email="somebody@example.org")
    user.set_password("correct horse battery")
    user.save()

    prepare.demonstration()

    assert calls == []


@pytest.mark.django_db
def test_a_demonstration_cut_short_is_finished(calls: Calls, tmp_path: Path) -> None:
    begun = tmp_path / "demo-begun"
    begun.touch()
    user = get_user_model()(email="author@demo.example")
    user.set_password("correct horse battery")
    user.save()

    prepare.demonstration()

    assert calls == ["demo"]
    assert not begun.exists()


@pytest.mark.django_db
def test_the_demonstration_accounts_are_told_in_order() -> None:
    for name in ("editor@demo.example", "author@demo.example", "me@example.org"):
        get_user_model()(email=name).save()

    found = prepare.demonstration_accounts()

    assert found == ["author@demo.example", "editor@demo.example"]


def test_static_files_are_collected_once(calls: Calls) -> None:
    prepare.static_files()
    prepare.static_files()

    assert calls == ["collectstatic"]


def test_a_changed_static_file_is_collected_again(
    calls: Calls, settings: Any, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    prepare.static_files()

    (source / "new.css").write_text("a {}")
    prepare.static_files()

    assert calls == ["collectstatic", "collectstatic"]
