"""Real servers and workers for the tests that are about them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from kombu import pools

from config import broker, places, services, up
from config.celery import app


@contextmanager
def running_broker(folder: Path) -> Iterator[str]:
    """Run a server of our own; give its address as redis-py reads it."""
    path = places.broker_socket(folder)
    broker.prepare(path, folder / "broker")
    process = start_broker(folder)
    url = f"unix://{path}?db=0"
    try:
        broker.wait(url)
        yield url
    finally:
        end(process)


@contextmanager
def ringing(url: str) -> Iterator[None]:
    """Point this process's Celery at another broker, for a while."""
    before = app.conf.broker_url
    point(services.celery_broker(url))
    try:
        yield
    finally:
        point(before)


def point(url: str) -> None:
    app.conf["broker_url"] = url
    pools.reset()
    forget_pools = "_after_fork"  # nothing public does it
    getattr(app, forget_pools)()


def start_broker(folder: Path) -> subprocess.Popen[bytes]:
    command = broker.command(places.broker_socket(folder), folder / "broker")
    return subprocess.Popen(command, process_group=0)


def end(process: subprocess.Popen[bytes], patience: float = 20) -> None:
    """Ask the process to end; kill its whole group when it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def database_url() -> str:
    """Name the database the tests are using, as DATABASE_URL."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user, password = quote(given["USER"]), quote(given["PASSWORD"])
    host, port = quote(given["HOST"], safe=""), given["PORT"]
    query = f"host={host}" + (f"&port={port}" if port else "")
    return f"postgresql://{user}:{password}@/{given['NAME']}?{query}"


def environment(mail: Path, broker_url: str | None = None) -> dict[str, str]:
    """Return what a child needs to see the same rows, and to leave its mail in a folder."""
    found = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"file://{mail}",
    }
    return found | ({"REDIS_URL": broker_url} if broker_url else {})


def start_worker(given: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a Celery worker and return when it takes tasks."""
    command = up.programs()["worker"]
    told = given | {"LOG_LEVEL": "info", "TEST_LOGGING": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=places.BASE,
            env=told,
            stdout=file,
            stderr=file,
            process_group=0,
        )
    try:
        wait_until(
            lambda: " ready." in log.read_text() or process.poll() is not None, 60
        )
        assert process.poll() is None, log.read_text()
    except AssertionError:
        end(process)
        raise
    return process


def wait_until(happened: Callable[[], object], patience: float = 20) -> None:
    """Return when it has happened; fail when it has not in time."""
    end_of_patience = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end_of_patience, "it did not happen in time"
        time.sleep(0.02)
