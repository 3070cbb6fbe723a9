"""The supervisor, really started: on a free port, in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from articles.reading import pango
from config import places, up
from config.children import Child
from config.up import Hindered
from tests import migrated, processes


@dataclass
class Started:
    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def ready(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/readyz"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def said(self) -> str:
        return (self.folder / "output").read_text()

    def announced(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "Ctrl-C stops everything." in self.said()

    def family(self) -> dict[int, str]:
        """Return every process that lives in the folder, except the supervisor."""
        found = {
            int(path.name): (path / "cmdline").read_text().replace("\0", " ")
            for path in Path("/proc").iterdir()
            if path.name.isdigit() and belongs(path, self.folder)
        }
        return {pid: line for pid, line in found.items() if pid != self.process.pid}


def belongs(path: Path, folder: Path) -> bool:
    """Tell by what it was given, or by the lock it holds: a title may hide the first."""
    try:
        given = f"VAR_DIR={folder}\0".encode() in (path / "environ").read_bytes()
        held = [descriptor.readlink() for descriptor in (path / "fd").iterdir()]
        return given or folder / "run" / "lock" in held
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


Start = Callable[..., Started]

WITHOUT_PANGO = """
import os
from articles.reading import pango
from config import up
pango.missing = lambda: ("Pango",)
def run(supervisor):
    print(up.settings.PDF, os.environ["PDF"])
up.Supervisor.run = run
up.main()
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[bytes]] = []
    if made := migrated.given():  # to migrate anew takes longest, and began the run
        shutil.copyfile(made, tmp_path / "db.sqlite3")

    def start(port: int = 0, **variables: str) -> Started:
        port = port or free_port()
        ours = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL"}
        given = {k: v for k, v in os.environ.items() if k not in ours} | variables
        given |= {"VAR_DIR": str(tmp_path), "PORT": str(port)}
        given |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
        with (tmp_path / "output").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "config.up"],
                cwd=places.BASE,
                env=given,
                stdout=output,
                stderr=output,
            )
        running.append(process)
        return Started(process, port, tmp_path)

    yield start
    for process in running:
        processes.end(process)


@pytest.mark.long
def test_it_starts_mends_itself_and_leaves_nothing_behind(start: Start) -> None:
    started = start()
    processes.wait_until(started.announced, patience=120)
    family = started.family()
    shown = " ".join(family.values())
    words = ("valkey-server", "gunicorn", "celery", "worker", "beat")
    broker = next(pid for pid, line in family.items() if "valkey" in line)

    assert started.ready()
    assert [word for word in words if word not in shown] == []

    os.kill(broker, signal.SIGKILL)
    processes.wait_until(
        lambda: "broker ended with -9, again in 0.5 s" in started.said(), patience=60
    )
    processes.wait_until(started.ready, patience=60)
    started.process.terminate()

    assert started.process.wait(90) == 0
    assert started.family() == {}


@pytest.mark.long
def test_killed_it_leaves_nothing_behind_and_starts_again(start: Start) -> None:
    started = start()
    processes.wait_until(started.announced, patience=120)

    started.process.kill()
    started.process.wait()
    processes.wait_until(lambda: not started.family(), patience=60)
    again = start(started.port)
    processes.wait_until(again.announced, patience=120)

    processes.wait_until(again.ready, patience=60)

    again.process.send_signal(signal.SIGINT)

    assert again.process.wait(90) == 0
    assert again.family() == {}


def test_a_port_in_use_is_told_in_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        started = start(port)

        assert started.process.wait(60) == 1

    problem = f"Port {port} on 127.0.0.1 is not to be had (Address already in use)"
    assert started.said() == f"{problem}; choose another with PORT.\n"


def test_two_do_not_share_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "WAIT_FOR_PREDECESSOR", 0.2)
    up.claim(tmp_path / "run" / "lock")

    with pytest.raises(
        Hindered, match=f"Another Imprimatur already runs on {tmp_path}"
    ):
        up.claim(tmp_path / "run" / "lock")


def test_the_time_until_it_is_ready_holds_what_make_did_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUN_BEGAN", str(int(time.time()) - 60))
    whole = up.before()
    monkeypatch.delenv("RUN_BEGAN")

    assert 60 <= whole < 90
    assert up.before() == 0


@pytest.mark.parametrize(
    ("given", "missing", "now"),
    [("", ("Pango",), "0"), ("1", ("Pango",), "1"), ("", (), "")],
)
def test_what_this_machine_cannot_make_is_not_promised(
    given: str, missing: tuple[str, ...], now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PDF", given)
    monkeypatch.setattr(pango, "missing", lambda: missing)

    up.promise_no_more_than_this_machine_can()

    assert os.environ["PDF"] == now


def test_all_that_is_started_knows_what_is_not_promised(tmp_path: Path) -> None:
    given = {"PDF": "", "VAR_DIR": str(tmp_path)}
    given |= {"DJANGO_SETTINGS_MODULE": "config.settings"}

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO],
        cwd=places.BASE,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False 0\n"


def test_all_are_asked_to_end_before_any_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Child, "ask", lambda self: told.append(f"ask {self.name}"))
    monkeypatch.setattr(Child, "stop", lambda self: told.append(f"stop {self.name}"))
    supervisor = up.Supervisor()
    names = ("broker", "web", "worker", "beat")
    supervisor.children = {name: Child(name, [], 1.0) for name in names}

    supervisor.stop()

    assert told == [
        *("ask web", "ask worker", "ask beat"),
        *("stop web", "stop worker", "stop beat", "stop broker"),
    ]


def test_the_procfile_is_what_runs() -> None:
    found = up.programs()

    assert list(found) == ["web", "worker", "beat"]
    assert {command[0] for command in found.values()} == {sys.executable}


def test_no_proxy_is_asked_whether_our_own_server_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setattr(up.settings, "PORT", listening.getsockname()[1])
        listening.settimeout(5)
        asked = threading.Thread(target=up.ready)
        asked.start()
        connection, _ = listening.accept()
        connection.close()
        asked.join()
