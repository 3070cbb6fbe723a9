"""A migrated database of each kind, which the workers of a run copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping

GIVEN = "MIGRATED"
"""The variable that names it: a file of SQLite, or a database beside PostgreSQL's own."""

NAME = "migrated"


def sqlite(folder: Path, given: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Begin to migrate a file in the folder."""
    return _migrate(given, f"sqlite:///{file_in(folder)}")


def postgresql(address: str, given: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Begin to migrate a database in the cluster at this address."""
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {NAME}")
    return _migrate(given, address.replace("/postgres?", f"/{NAME}?"))


def file_in(folder: Path) -> Path:
    return folder / f"{NAME}.sqlite3"


def _migrate(given: Mapping[str, str], url: str) -> subprocess.Popen[bytes]:
    options = ["--verbosity=0", "--skip-checks"]
    command = [sys.executable, "manage.py", "migrate", *options]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    return subprocess.Popen(command, env={**given, **settings})


def given() -> str | None:
    return os.environ.get(GIVEN)


def begin_with(made: str) -> None:
    """Let the tests' database be a copy; what is missing is migrated as ever."""
    wanted = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copyfile(made, wanted["NAME"])
    else:
        wanted["TEMPLATE"] = made
