"""
A mailbox whose process can be fated to die before or after it takes a message.

A fate is a file in the folder beside the mail: the first process that comes to such a
point takes it and is killed, `worker` meaning all of the worker's processes.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage  # noqa: TID251  a backend takes them

from config import mailbox


def folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH).parent  # type: ignore[misc]  # EMAIL_URL's


def ordain(*fates: str) -> None:
    """Let processes die at these points, one for each: `before`, `after`, `publish`."""
    for number, point in enumerate(fates):
        (folder() / f"{point}-{number}.fate").touch()


def unfulfilled() -> list[str]:
    return sorted(path.name for path in folder().glob("*.fate"))


def meet(point: str) -> None:
    for path in sorted(folder().glob(f"{point}-*.fate")):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        if point == "worker":
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


class EmailBackend(mailbox.EmailBackend):
    """Tells in `sent` how often it took a message, which the journal would hide."""

    def keep(self, message: EmailMessage) -> None:
        meet("before")
        super().keep(message)
        with (folder() / "sent").open("a") as log:
            log.write(f"{message.extra_headers['Message-ID']}\n")
        meet("after")
        meet("worker")


def sent() -> list[str]:
    """The Message-ID of everything that was sent, as often as it was."""
    log = folder() / "sent"
    return sorted(log.read_text().split()) if log.exists() else []
