"""Wagtail beside us: an environment of its own, from the package index, and its site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.servers import ended, gunicorn
from config import broker, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.servers import Server

PACKAGES = ("wagtail==8.0.1", "gunicorn==27.0.1", "redis==8.1.0")
MAIN = re.compile(rb"<main.*?>(.*)</main>", re.DOTALL)


def environment(folder: Path) -> str:
    """The Python of a new environment with Wagtail in it."""
    uv = str(Path(sys.executable).with_name("uv"))
    python = str(folder / "bin" / "python")
    subprocess.run([uv, "venv", "--quiet", str(folder)], check=True)
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", python, *PACKAGES], check=True
    )
    return python


@contextmanager
def wagtail(folder: Path, page: bytes) -> Iterator[dict[str, Server]]:
    """Its server without caches, and the one that keeps whole pages in a Redis."""
    folder.mkdir()
    python = environment(folder / "environment")
    given = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.rival.settings",
        "RIVAL_DATABASE": str(folder / "rival.sqlite3"),
        "PYTHONPATH": str(folder),
    }
    migrations = folder / "rival_migrations"
    migrations.mkdir()
    (migrations / "__init__.py").touch()
    found = MAIN.search(page)
    subprocess.run(
        [python, "-m", "bench.rival.fill", "The article"],
        input=found[1] if found else page,
        cwd=places.BASE,
        env=given,
        check=True,
    )
    wsgi = "bench.rival.wsgi"
    with (
        cache(folder) as address,
        gunicorn(wsgi, given, python) as plain,
        gunicorn(wsgi, given | {"RIVAL_CACHE": address}, python) as cached,
    ):
        yield {"Wagtail": plain, "Wagtail, per-site cache": cached}


@contextmanager
def cache(folder: Path) -> Iterator[str]:
    socket = folder / "cache" / "socket"
    broker.prepare(socket, folder / "redis")
    process = subprocess.Popen(
        [*broker.command(socket, folder / "redis"), "--appendonly", "no"]
    )
    with ended(process):
        address = f"unix://{socket}?db=0"
        broker.wait(address)
        yield address
