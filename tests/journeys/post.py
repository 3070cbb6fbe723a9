"""The mail that a worker has sent, as its readers find it in their own boxes."""

from __future__ import annotations

import email
import re
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING

from tests import processes

if TYPE_CHECKING:
    from email.message import EmailMessage

PATIENCE = 40
_LINK = re.compile(r"https?://\S+")


class Post:
    """A folder of sent mails; one that was opened is not opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: set[Path] = set()

    def link(self, address: str, subject: str) -> str:
        """Wait for an unopened mail of that subject; give the desk's link, the last in it."""
        processes.wait_until(lambda: self._unopened(address, subject), PATIENCE)
        ((path, message),) = self._unopened(address, subject).items()
        self.opened.add(path)
        body = message.get_body(("plain",))
        assert body is not None
        *_, link = _LINK.findall(body.get_content())
        return str(link)

    def subjects(self, address: str) -> list[str]:
        """What somebody was written about, in the order of the alphabet."""
        return sorted(str(m["Subject"]) for m in self._box(address).values())

    def _unopened(self, address: str, subject: str) -> dict[Path, EmailMessage]:
        return {
            path: message
            for path, message in self._box(address).items()
            if path not in self.opened and message["Subject"] == subject
        }

    def _box(self, address: str) -> dict[Path, EmailMessage]:
        read = {path: _read(path) for path in self.folder.glob("*.eml")}
        return {path: m for path, m in read.items() if m["To"] == address}


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=policy.default)
