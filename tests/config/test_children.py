import signal
import sys
import time
from pathlib import Path

import pytest

from config import children
from config.children import Child
from tests import processes

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [
    sys.executable,
    "-c",
    """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
""",
]

COUNTING = [
    sys.executable,
    "-c",
    """
import pathlib, signal, sys, time
heard = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGTERM, lambda *_: heard.open("a").write("x"))
pathlib.Path(sys.argv[1]).touch()
while not heard.read_text():
    time.sleep(0.05)  # signals interrupt it; nothing else is waited for
time.sleep(0.5)  # a second signal, which must not come, would arrive meanwhile
""",
]


def test_a_child_that_lives_is_left_alone() -> None:
    child = Child("child", SLEEP, patience=5)
    child.start()
    before = child.process

    child.tend()

    assert child.process is before
    child.stop()


def test_a_child_that_dies_is_started_again_later_and_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    child = Child("child", FAIL, patience=5)
    child.start()

    for _ in range(2):
        processes.wait_until(lambda: not child.running())
        while child.process is None or not child.running():
            child.tend()
            time.sleep(0.02)
            if len(caplog.messages) == 3:
                break
    child.stop()

    assert caplog.messages[:2] == [
        "child ended with 3, again in 0.5 s",
        "child ended with 3, again in 1 s",
    ]


def test_a_child_that_was_well_for_long_begins_anew(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(children, "HEALTHY_AFTER", 0.0)
    child = Child("child", FAIL, patience=5, failures=4)
    child.start()
    processes.wait_until(lambda: not child.running())

    child.tend()

    assert caplog.messages == ["child ended with 3, again in 0.5 s"]


def test_a_deaf_child_is_killed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    child = Child("child", [*DEAF, str(tmp_path / "up")], patience=0.2)
    child.start()
    process = child.process
    processes.wait_until((tmp_path / "up").exists)

    child.stop()

    assert process
    assert process.returncode == -signal.SIGKILL
    assert caplog.messages == ["child did not end in 0.2 s"]


def test_stopping_twice_is_no_fault() -> None:
    child = Child("child", SLEEP, patience=5)
    child.start()

    child.stop()
    child.stop()

    assert not child.running()


def test_a_child_that_was_asked_to_end_is_asked_no_second_time(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    child = Child("child", [*COUNTING, str(heard)], patience=20)
    child.start()
    processes.wait_until(heard.exists)

    child.ask()
    processes.wait_until(lambda: heard.read_text() != "")
    child.stop()

    assert heard.read_text() == "x"
