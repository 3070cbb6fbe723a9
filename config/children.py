"""The processes the supervisor keeps: started apart, watched, stopped in order."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0


@dataclass
class Child:
    name: str
    command: Sequence[str]
    patience: float  # seconds to end by itself before it is killed
    environment: dict[str, str] = field(default_factory=dict)
    sockets: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0
    asked: bool = False  # to end

    def start(self) -> None:
        self.asked = False
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | self.environment,
            pass_fds=self.sockets,
            process_group=0,  # Ctrl-C is for the supervisor alone
            preexec_fn=tied_to(os.getpid()),
        )
        self.started = time.monotonic()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self) -> None:
        """Start it again if it has died, after a pause that grows with each failure."""
        if self.running():
            return
        now = time.monotonic()
        if self.process is not None:
            self.mourn(now)
        if now >= self.due:
            self.start()

    def mourn(self, now: float) -> None:
        died = self.process
        self.process = None
        self.failures = 0 if now - self.started > HEALTHY_AFTER else self.failures
        pause = min(2.0**self.failures / 2, LONGEST_PAUSE)
        self.failures += 1
        self.due = now + pause
        code = died.returncode if died else None
        logger.error("%s ended with %s, again in %g s", self.name, code, pause)

    def ask(self) -> None:
        """Ask it once to end, its main process only."""
        if self.process is not None and not self.asked:
            self.asked = True
            self.process.terminate()

    def stop(self) -> None:
        """Wait until it has ended as asked; kill all of it when it does not."""
        if self.process is None:
            return
        try:
            self.ask()
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end in %g s", self.name, self.patience)
        finally:
            self.kill()

    def kill(self) -> None:
        """End what is left of its group."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def tied_to(parent: int) -> Callable[[], None] | None:
    """Let the kernel end a child whose supervisor is gone, even by SIGKILL."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return tie
