"""Kill a process at a chosen point of its talk with the database."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

PATIENCE = 30
"""Seconds after which a child is stuck."""


@dataclass(slots=True)
class Doom:
    """Counts the points a process reaches and kills it at the one that is fated."""

    fated: int
    reached: int = 0

    def point(self) -> None:
        self.reached += 1
        if self.reached == self.fated:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], *told: Any) -> Any:
        self.point()
        return execute(*told)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Before every statement, before every COMMIT and after it is a point."""
        commit = connection._commit  # type: ignore[attr-defined]  # noqa: SLF001

        def fatal_commit() -> None:
            self.point()
            commit()
            self.point()

        connection._commit = fatal_commit  # type: ignore[attr-defined]  # noqa: SLF001
        with connection.execute_wrapper(self.statement):
            yield


def survives(deed: Callable[[], object], doom: Doom) -> bool:
    """Do the deed in a child that dies at the fated point, if it comes to one."""

    def work() -> None:
        with doom.watching():
            deed()

    with forked(work) as (child,):
        return child.end() == 0


inherited: list[Any] = []
"""The parent's session, which a child must neither use nor end."""


class Child:
    """A fork of this process that does one thing, says what came of it and ends."""

    def __init__(self, work: Callable[[], str | None]) -> None:
        if connection.vendor == "sqlite":
            connection.close()  # its file must not be open in two related processes
        reader, writer = os.pipe()
        gc.freeze()  # what the child never touches, it need not copy
        self.pid = os.fork()
        if self.pid == 0:
            gc.disable()
            os.close(reader)
            inherited.append(connection.connection)
            connection.connection = None
            _do(work, writer)
        os.close(writer)
        self.reader = reader
        self.said = ""
        self.status: int | None = None

    def end(self) -> int:
        """Wait for it; 0, or minus the signal that killed it. Its errors are ours."""
        with os.fdopen(self.reader, "rb") as pipe:
            self.said = pipe.read().decode()
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        assert self.status in (0, -signal.SIGKILL), self.said or f"it ended {status}"
        return self.status


@contextmanager
def forked(*works: Callable[[], str | None]) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        for work in works:
            children.append(Child(work))  # noqa: PERF401  each one is to be ended
        yield children
    finally:
        for child in children:
            if child.status is None:
                os.kill(child.pid, signal.SIGKILL)
                os.waitpid(child.pid, 0)


def _do(work: Callable[[], str | None], writer: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    code = 1
    try:
        os.write(writer, (work() or "").encode())
        code = 0
    except BaseException:  # noqa: BLE001  it is told, whatever it is
        os.write(writer, traceback.format_exc()[-8000:].encode())
    finally:
        os._exit(code)
