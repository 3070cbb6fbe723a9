"""Servers that are asked as fast as they answer, and what each answer takes."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from config import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONNECTIONS = 8
SECONDS = 2
WORKERS, THREADS = 2, 4
OPTIONS = (
    *("--worker-class=gthread", f"--workers={WORKERS}", f"--threads={THREADS}"),
    *("--keep-alive=5", "--preload", "--no-control-socket", "--log-level=error"),
)
RATE = re.compile(r"(\d+) requests in ([\d.]+)s")
WRONG = re.compile(r"Non-2xx|Socket errors")
TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """
{user}
worker_processes {workers};
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{site}; {include} }}
  server {{ listen 127.0.0.1:{plain}; root {folder}; location / {{ try_files /plain.html =404; }} }}
}}
"""


class Measured(NamedTuple):
    """Answers a second, and the microseconds that the server's processes worked on each."""

    rate: float
    work: float


@dataclass
class Server:
    port: int
    pid: int

    def get(self, path: str, **headers: str) -> tuple[bytes, Mapping[str, str]]:
        """The bytes at an address; a server that starts is waited for."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        for name, value in headers.items():
            asked.add_header(name.replace("_", "-"), value)
        with direct.open(asked, timeout=60) as answer:
            return answer.read(), answer.headers

    def measure(self, path: str, *, fine: bool = True, **headers: str) -> Measured:
        """Ask over connections that stay open; `fine` answers have a page in them."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
        for name, value in headers.items():
            command += ["-H", f"{name.replace('_', '-')}: {value}"]
        url = f"http://127.0.0.1:{self.port}{path}"
        before = self.worked()
        done = subprocess.run(
            [*command, url], check=True, capture_output=True, text=True
        )
        worked = self.worked() - before
        found = RATE.search(done.stdout)
        if found is None or (fine and WRONG.search(done.stdout)):
            raise RuntimeError(done.stdout)
        count = int(found[1])
        return Measured(count / float(found[2]), worked / count * 1e6)

    def worked(self) -> float:
        """The seconds that its processes had of the processors until now."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return sum(_ticks(pid) for pid in [str(self.pid), *children.split()]) / TICKS


def _ticks(pid: str) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def gunicorn(
    application: str, given: dict[str, str], python: str = sys.executable
) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [python, "-m", "gunicorn", *OPTIONS, f"--bind=fd://{number}"]
        process = subprocess.Popen(
            [*command, application], cwd=places.BASE, env=given, pass_fds=[number]
        )
        with ended(process):
            yield Server(int(listening.getsockname()[1]), process.pid)


@contextmanager
def nginx(folder: Path, include: Path, plain: bytes) -> Iterator[tuple[Server, Server]]:
    """The exported site, and beside it a server of one file and nothing more."""
    folder.mkdir()
    (folder / "plain.html").write_bytes(plain)
    ports = {"site": free(), "plain": free()}
    told = {"folder": folder, "include": f"include {include};", "workers": WORKERS}
    told["user"] = "user root;" if os.geteuid() == 0 else ""  # the folder is our own
    (folder / "conf").write_text(NGINX.format(**told, **ports))
    program = shutil.which("nginx") or "nginx"
    process = subprocess.Popen([program, "-c", str(folder / "conf")])
    with ended(process):
        servers = [Server(port, process.pid) for port in ports.values()]
        for server in servers:
            _wait_for(server.port)
        yield servers[0], servers[1]


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)  # nginx does not say when it listens
        else:
            return
    raise TimeoutError(f"Nobody listens on {port}.")


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
