"""
Start everything, keep it running, stop it together: `python -m config.up`.

The broker first, then in this one process whatever the database and the static files
need, then web, worker and scheduler as the Procfile has them.
"""

import fcntl
import logging
import os
import shlex
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connections

from articles.reading import pango
from config import broker, env, places, prepare, schema
from config.children import Child

logger = logging.getLogger(__name__)

DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Our own server is asked by no proxy, whatever the environment names."""

PATIENCE = {"web": 15.0, "worker": 45.0, "beat": 5.0, "broker": 10.0}
STOPPING_ORDER = ("web", "worker", "beat", "broker")
LOOK_EVERY = 0.2
WAIT_FOR_PREDECESSOR = 10.0
WAIT_FOR_WEB = 60.0


class Hindered(Exception):
    """Says in one sentence why nothing can be started."""


HINDRANCES = (
    Hindered,
    CommandError,
    SystemCheckError,
    broker.Unusable,
    schema.Unguarded,
)


class Supervisor:
    def __init__(self) -> None:
        self.began = time.monotonic() - before()
        self.children: dict[str, Child] = {}

    def run(self) -> None:
        lock = claim(settings.VAR_DIR / "run" / "lock")
        web_socket = bind(env.string("HOST", "127.0.0.1"), settings.PORT)
        if not env.string("REDIS_URL"):
            self.stage("broker", lambda: self.start_broker(lock))
        self.stage("database", prepare.tables)
        self.stage("static files", prepare.static_files)
        self.stage("demonstration", prepare.demonstration)
        self.stage("web", lambda: self.start_web(lock, web_socket))
        self.start_others(lock)
        self.announce()
        self.watch()

    def stage(self, name: str, work: Callable[[], None]) -> None:
        began = time.monotonic()
        work()
        say(f"{name:<14}{time.monotonic() - began:6.1f} s")

    def start(self, child: Child) -> None:
        self.children[child.name] = child
        child.start()

    def start_broker(self, lock: int) -> None:
        path = places.broker_socket(settings.VAR_DIR)
        folder = settings.VAR_DIR / "broker"
        broker.prepare(path, folder)
        command = broker.command(path, folder)
        self.start(Child("broker", command, PATIENCE["broker"], sockets=[lock]))
        broker.wait(settings.REDIS_URL)

    def start_web(self, lock: int, web_socket: socket.socket) -> None:
        number = web_socket.fileno()
        given = {"WEB_SOCKET": f"fd://{number}"}
        command = programs()["web"]
        self.start(Child("web", command, PATIENCE["web"], given, [lock, number]))
        wait_for_web()

    def start_others(self, lock: int) -> None:
        """Start what the first page does not need, while somebody reads it."""
        for name, command in programs().items():
            if name not in self.children:
                self.start(Child(name, command, PATIENCE[name], sockets=[lock]))

    def announce(self) -> None:
        whole = time.monotonic() - self.began
        say(f"\nImprimatur is ready at {settings.SITE_URL} after {whole:.1f} s.")
        accounts = prepare.demonstration_accounts()
        password = settings.VAR_DIR / "demo-password"
        if accounts and password.exists():
            say("Demonstration accounts:")
            say("".join(f"  {account}\n" for account in accounts).rstrip())
            say(f"Their password: {password.read_text().strip()}")
        if not settings.PDF and pango.missing():
            say(f"PDFs are {pango.said()}; install {pango.REMEDY}.")
        say("Ctrl-C stops everything.\n")
        connections.close_all()

    def watch(self) -> None:
        while True:
            for child in self.children.values():
                child.tend()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """
        Ask all to end at once but the broker, which the others end with.

        They are waited for in order; a second signal kills what is still there.
        """
        present = [n for n in STOPPING_ORDER if n in self.children]
        try:
            for name in present:
                if name != "broker":
                    self.children[name].ask()
            for name in present:
                self.children[name].stop()
        except KeyboardInterrupt:
            for name in present:
                self.children[name].kill()


def promise_no_more_than_this_machine_can() -> None:
    """Switch PDFs off for all that is started, where PDF does not say and none can be made."""
    if not env.string("PDF") and pango.missing():
        os.environ["PDF"] = "0"


def before() -> float:
    """The seconds that `make run` took for the environment before it came here."""
    began = env.integer("RUN_BEGAN", 0, least=0, most=10**12)
    return max(0.0, time.time() - began) if began else 0.0


def programs() -> dict[str, list[str]]:
    """Read the Procfile; its `python` is the one that runs here."""
    lines = (places.BASE / "Procfile").read_text().splitlines()
    split = (line.partition(":") for line in lines if line.strip())
    found = {name.strip(): shlex.split(command) for name, _, command in split}
    return {name: [sys.executable, *words[1:]] for name, words in found.items()}


def claim(path: Path) -> int:
    """
    Hold the folder for this supervisor and, through inheritance, for its children.

    So a successor waits for the last child of a predecessor that was killed.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    end = time.monotonic() + WAIT_FOR_PREDECESSOR
    while not locked(lock):
        if time.monotonic() > end:
            raise Hindered(f"Another Imprimatur already runs on {path.parent.parent}.")
        time.sleep(0.1)
    return lock


def locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def bind(host: str, port: int) -> socket.socket:
    """Take the port now; the web server listens on it later, and after a restart."""
    try:
        kind = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(kind[0], kind[1])
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(kind[4])
    except OSError as error:
        remedy = "choose another with PORT"
        problem = f"Port {port} on {host} is not to be had ({error.strerror})"
        raise Hindered(f"{problem}; {remedy}.") from error
    return found


def wait_for_web() -> None:
    end = time.monotonic() + WAIT_FOR_WEB
    while not ready():
        if time.monotonic() > end:
            raise Hindered(f"The web server was not ready within {WAIT_FOR_WEB:g} s.")
        time.sleep(0.05)


def ready() -> bool:
    host = env.string("HOST", "127.0.0.1")
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - only compared
    shown = f"[{shown}]" if ":" in shown else shown
    url = f"http://{shown}:{settings.PORT}/readyz"
    try:
        with DIRECTLY.open(url, timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    promise_no_more_than_this_machine_can()
    with env.one_sentence():
        django.setup()
    supervisor = Supervisor()
    try:
        supervisor.run()
    except KeyboardInterrupt:
        say("\nStopping.")
    except OperationalError as error:
        reason = str(error).splitlines()[0]
        sys.stderr.write(f"The database does not answer ({reason}).\n")
        return 1
    except HINDRANCES as hindrance:
        sys.stderr.write(f"{hindrance}\n")
        return 1
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
