"""
`python -m bench serving`: how many times a second a page is sent.

The article page as the house serves it, a constant from a view of Django's and the same
bytes from a bare function, each by the same server with as many processes and threads,
asked by `wrk` over eight connections that stay open. The best of three turns counts,
taken in turns, because whoever else is at work on the machine only ever takes away.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config import places
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 8
SECONDS = 3
TURNS = 3
PREPARED = (
    ["migrate", "-v0"],
    ["createcachetable"],
    ["collectstatic", "-v0", "--noinput"],
    ["demo"],
)
OPTIONS = (
    *("--worker-class=gthread", "--workers=2", "--threads=4", "--keep-alive=5"),
    *("--preload", "--no-control-socket", "--log-level=error"),
)
Rates = dict[str, float]

RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
WRONG = re.compile(r"Non-2xx|Socket errors")
REMEDY = "wrk is needed (Debian: apt-get install wrk)."
OTHERS = {
    "Django, a constant": "bench.constant:application",
    "bare WSGI": "bench.bare:application",
}


@contextmanager
def server(application: str, given: dict[str, str]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", *OPTIONS, f"--bind=fd://{number}"]
        process = subprocess.Popen(
            [*command, application], cwd=places.BASE, env=given, pass_fds=[number]
        )
        try:
            yield int(listening.getsockname()[1])
        finally:
            process.terminate()
            process.wait(30)


def fetch(port: int, path: str) -> tuple[bytes, str]:
    """The bytes at an address and their tag; a server that starts is waited for."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.read(), answer.headers["ETag"] or ""


def rate(port: int, path: str, *, fine: bool = True, **headers: str) -> float:
    """Requests a second; `fine` answers are those with a page in them."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for name, value in headers.items():
        command += ["-H", f"{name.replace('_', '-')}: {value}"]
    url = f"http://127.0.0.1:{port}{path}"
    said = subprocess.run([*command, url], check=True, capture_output=True, text=True)
    found = RATE.search(said.stdout)
    if found is None or (fine and WRONG.search(said.stdout)):
        raise RuntimeError(said.stdout)
    return float(found[1])


def house(folder: str, database_url: str | None) -> dict[str, str]:
    """The environment of a house with the demonstration library."""
    given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
    given |= {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "error"}
    given.pop("DATABASE_URL", None)
    if database_url:
        given["DATABASE_URL"] = database_url
    for command in PREPARED:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=places.BASE,
            env=given,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return given


def an_article(port: int) -> str:
    """The address of one that is published."""
    listed, _ = fetch(port, "/articles/")
    found = re.search(
        rb'class="listing".*?href="(/articles/[^"]+/)"', listed, re.DOTALL
    )
    if found is None:
        message = "No article is published."
        raise RuntimeError(message)
    return found[1].decode()


def measure(database_url: str | None = None) -> Rates:
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        return compare(house(folder, database_url))


def compare(given: dict[str, str]) -> Rates:
    """The best of some turns, in which each is asked once."""
    with ExitStack() as up:
        here = up.enter_context(server("config.wsgi", given))
        path = an_article(here)
        body, tag = fetch(here, path)
        file = Path(given["VAR_DIR"], "bench-body")
        file.write_bytes(body)
        given["BENCH_BODY"] = str(file)
        ports = {
            name: up.enter_context(server(app, given)) for name, app in OTHERS.items()
        }
        if {fetch(port, "/")[0] for port in ports.values()} != {body}:
            message = "They do not send the same bytes."
            raise RuntimeError(message)
        turns = [turn(here, path, tag, ports) for _ in range(TURNS)]
    best = {name: max(one[name] for one in turns) for name in turns[0]}
    return best | {"bytes of the page": len(body)}


def turn(here: int, path: str, tag: str, ports: dict[str, int]) -> Rates:
    found = {
        "the article page": rate(here, path),
        "the same, compressed": rate(here, path, Accept_Encoding="gzip"),
        "the same, known (304)": rate(here, path, fine=False, If_None_Match=tag),
    }
    return found | {name: rate(port, "/") for name, port in ports.items()}


def main() -> int:
    if not shutil.which("wrk"):
        sys.stderr.write(f"{REMEDY}\n")
        return 1
    sqlite = measure()
    with postgres.cluster(durable=True) as address:
        postgresql = measure(address)
    lines = [f"{'':24}{'SQLite':>12}{'PostgreSQL':>12}"]
    lines += [f"{n:24}{sqlite[n]:>12,.0f}{postgresql[n]:>12,.0f}" for n in sqlite]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
