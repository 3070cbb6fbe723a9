"""
`python -m bench serving`: how many times a second a page is sent.

The article page as the house serves it, among 1,000 stored pages and among 20,000;
a constant from a view of Django's and the same bytes from a bare function; the same
article from Wagtail, without its caches and with Django's on a Redis; the exported
site under nginx, and nginx with one plain file. All Python by the same server with as
many processes and threads, all asked by `wrk` over eight connections that stay open,
in turns, because whoever else is at work on the machine falls on all alike. The best
turn counts. Beside each rate stand the microseconds for which the server's own
processes worked on an answer, which tell more where others work as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import psycopg

from bench.rivals import wagtail
from bench.servers import Measured, gunicorn, nginx
from config import places
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.servers import Server

TURNS = 3
FEW, MANY = 1_000, 20_000
REMEDY = "wrk and nginx are needed (Debian: apt-get install wrk nginx)."
PAGE, KNOWN = "the article page", "… known (304)"
GZIP, AMONG = "… as gzip", f"… among {MANY:,} pages"
CONSTANT, BARE = "Django, a constant", "bare WSGI"
EXPORTED, FILE = "nginx, the exported page", "nginx, a plain file"
RIVAL, CACHED = "Wagtail", "Wagtail, per-site cache"
ARTICLE = "/article/"


class Promise(NamedTuple):
    """How many times as fast something is to be as something else."""

    ours: str
    theirs: str
    sqlite: float
    postgresql: float


PROMISES = (
    Promise(PAGE, CONSTANT, 1.0, 0.8),
    Promise(PAGE, BARE, 0.75, 0.75),
    Promise(KNOWN, PAGE, 1.0, 1.0),
    Promise(AMONG, PAGE, 0.95, 0.95),
    Promise(PAGE, RIVAL, 20, 20),
    Promise(PAGE, CACHED, 3, 3),
    Promise(EXPORTED, FILE, 0.95, 0.95),
)

Found = dict[str, Measured]


def house(folder: Path, count: int, database_url: str | None) -> dict[str, str]:
    """The environment of a house with so many stored pages."""
    given = os.environ | {"VAR_DIR": str(folder), "EMAIL_URL": "memory://"}
    given |= {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "error"}
    given.pop("DATABASE_URL", None)
    if database_url:
        given["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "bench.house", str(count)]
    quiet = subprocess.DEVNULL
    subprocess.run(
        command, cwd=places.BASE, env=given, check=True, stdout=quiet, stderr=quiet
    )
    return given


@dataclass
class Turns:
    """What is asked in turn, and the bytes that came of each at first."""

    page: bytes
    asked: dict[str, Callable[[], Measured]] = field(default_factory=dict)

    def add(self, name: str, server: Server, path: str, **how: Any) -> None:
        self.asked[name] = partial(server.measure, path, **how)

    def add_same(self, name: str, server: Server, path: str = "/") -> None:
        if server.get(path)[0] != self.page:
            raise RuntimeError(f"Not the same bytes: {name}.")
        self.add(name, server, path)

    def best(self) -> Found:
        turns = [
            {name: ask() for name, ask in self.asked.items()} for _ in range(TURNS)
        ]
        return {name: _best([turn[name] for turn in turns]) for name in self.asked}


def _best(measured: list[Measured]) -> Measured:
    return Measured(max(m.rate for m in measured), min(m.work for m in measured))


def compare(few: dict[str, str], many: dict[str, str], *, others: bool) -> Found:
    """Ask two houses and what stands beside them; `others` that need no database of ours."""
    folder = Path(few["VAR_DIR"])
    with ExitStack() as up:
        here = up.enter_context(gunicorn("config.wsgi", few))
        path = _an_article(here.get("/articles/")[0])
        page, headers = here.get(path)
        turns = Turns(page)
        turns.add_same(PAGE, here, path)
        turns.add(GZIP, here, path, Accept_Encoding="gzip")
        turns.add(KNOWN, here, path, fine=False, If_None_Match=headers["ETag"])
        turns.add_same(AMONG, up.enter_context(gunicorn("config.wsgi", many)), path)
        (folder / "body").write_bytes(page)
        given = few | {"BENCH_BODY": str(folder / "body")}
        for name, application in ((CONSTANT, "constant"), (BARE, "bare")):
            server = gunicorn(f"bench.{application}:application", given)
            turns.add_same(name, up.enter_context(server))
        if others:
            _add_others(turns, up, few, path)
        return turns.best()


def _add_others(turns: Turns, up: ExitStack, given: dict[str, str], path: str) -> None:
    folder = Path(given["VAR_DIR"])
    include = folder / "site" / ".nginx.conf"
    site, file = up.enter_context(nginx(folder / "nginx", include, turns.page))
    turns.add_same(EXPORTED, site, path)
    turns.add_same(FILE, file)
    for name, server in up.enter_context(wagtail(folder / "rival", turns.page)).items():
        server.get(ARTICLE)
        turns.add(name, server, ARTICLE)


def _an_article(listed: bytes) -> str:
    """The address of one that is published."""
    found = re.search(
        rb'class="listing".*?href="(/articles/[^"]+/)"', listed, re.DOTALL
    )
    if found is None:
        raise RuntimeError("No article is published.")
    return found[1].decode()


def measure(addresses: tuple[str | None, str | None], *, others: bool) -> Found:
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        few, many = (
            house(Path(folder, str(count)), count, address)
            for count, address in zip((FEW, MANY), addresses, strict=True)
        )
        return compare(few, many, others=others)


def second(address: str) -> str:
    """Another database beside the one at an address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE many")
    return urlsplit(address)._replace(path="/many").geturl()


def table(sqlite: Found, postgresql: Found) -> Iterator[str]:
    yield f"{'':26}{'SQLite':>22}{'PostgreSQL':>22}"
    for name in sqlite:
        yield f"{name:26}{_told(sqlite[name])}{_told(postgresql.get(name))}"
    yield ""
    for ours, theirs, *least in PROMISES:
        shares = [
            f"{_share(found, ours, theirs)}  (≥ {wanted:g})"
            for found, wanted in zip((sqlite, postgresql), least, strict=True)
            if theirs in found
        ]
        yield f"{f'{ours} : {theirs}':46}" + "".join(f"{each:>26}" for each in shares)


def _told(measured: Measured | None) -> str:
    if measured is None:
        return f"{'':22}"
    return f"{measured.rate:>10,.0f}/s{measured.work:>8,.0f} µs"


def _share(found: Found, ours: str, theirs: str) -> str:
    """How many times as often, and how many times as little work."""
    rate = found[ours].rate / found[theirs].rate
    work = found[theirs].work / found[ours].work
    return f"{rate:.2f}, by work {work:.2f}"


def main() -> int:
    if not (shutil.which("wrk") and shutil.which("nginx")):
        sys.stderr.write(f"{REMEDY}\n")
        return 1
    sqlite = measure((None, None), others=True)
    with postgres.cluster(durable=True) as address:
        postgresql = measure((address, second(address)), others=False)
    sys.stdout.write("\n".join(table(sqlite, postgresql)) + "\n")
    return 0
