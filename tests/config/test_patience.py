import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from config import patience, places, services


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a connection to PostgreSQL is made with."""
    given = {"options": services.POSTGRES_LIMITS}
    settings = {**connections.settings["default"], "OPTIONS": given}
    monkeypatch.setitem(connections.settings, "default", settings)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    return given


def test_a_command_takes_its_time_and_others_keep_their_limits(
    options: dict[str, str],
) -> None:
    with patience.long_statements():
        during = options["options"]

    assert "statement_timeout" not in during
    assert {"jit=off", "lock_timeout=5s"} <= set(during.split())
    assert options["options"] == services.POSTGRES_LIMITS


def test_limits_come_back_after_a_failure(options: dict[str, str]) -> None:
    with pytest.raises(ZeroDivisionError), patience.long_statements():
        _ = 1 / 0

    assert options["options"] == services.POSTGRES_LIMITS


def test_every_command_is_run_with_patience(tmp_path: Path) -> None:
    asked = "from django.db import connections; print(connections.settings['default']['OPTIONS']['options'])"  # fmt: skip
    url = "postgresql://me@localhost/name"

    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", asked],
        cwd=places.BASE,
        env={"DATABASE_URL": url, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == services.POSTGRES_PATIENT
