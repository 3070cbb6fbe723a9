"""
A folder of files that a web server reads while they are written.

Each is written beside its place and renamed into it, so that whoever reads gets all of
the old or all of the new. What is as it should be is not touched; what was not named
until the end is removed.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = ".exported"
"""Says that whatever is in the folder was written here, and may be removed again."""

PACKED = ".gz"


class NotOursError(Exception):
    """The folder has files of somebody else, or somebody else writes into it now."""


@dataclass
class Folder:
    root: Path
    written: int = 0
    kept: int = 0
    named: set[str] = field(default_factory=lambda: {MARK})

    def is_as_of(self, at: int, name: str, size: int, packed: int = 0) -> bool:
        """Whether a file, and its packed form if there is one, are of that nanosecond."""
        wanted = {name: size} | ({name + PACKED: packed} if packed else {})
        if any(self._seen(each) != (at, wanted[each]) for each in wanted):
            return False
        self.named.update(wanted)
        self.kept += len(wanted)
        return True

    def put(self, name: str, body: bytes, packed: bytes = b"", at: int = 0) -> None:
        """Have a file there, the packed form first, for that is asked for first."""
        if packed:
            self._put(name + PACKED, packed, at)
        self._put(name, body, at)

    def copy(self, source: Path, name: str) -> None:
        """Have a file there that is like another, of which the time is believed."""
        there = source.stat()
        if not self.is_as_of(there.st_mtime_ns, name, there.st_size):
            self._put(name, source.read_bytes(), there.st_mtime_ns)

    def sweep(self) -> int:
        """Remove what was not named, and folders that are left empty; how many files."""
        gone = 0
        for folder, _, files in os.walk(self.root, topdown=False):
            at = Path(folder)
            for file in files:
                if (at / file).relative_to(self.root).as_posix() not in self.named:
                    (at / file).unlink()
                    gone += 1
            if at != self.root and not any(at.iterdir()):
                at.rmdir()
        return gone

    def _seen(self, name: str) -> tuple[int, int] | None:
        try:
            found = (self.root / name).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size

    def _put(self, name: str, body: bytes, at: int) -> None:
        place = self.root / name
        self.named.add(name)
        if _has(place, body):
            self.kept += 1
            _date(place, at)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.new")
        with beside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        _date(beside, at)
        beside.replace(place)
        self.written += 1


def _has(place: Path, body: bytes) -> bool:
    try:
        return place.stat().st_size == len(body) and place.read_bytes() == body
    except FileNotFoundError:
        return False


def _date(place: Path, at: int) -> None:
    if at:
        os.utime(place, ns=(at, at))


@contextmanager
def claimed(root: Path) -> Iterator[Folder]:
    """A folder for one writer: new, empty, or written by an earlier export."""
    root.mkdir(parents=True, exist_ok=True)
    mark = root / MARK
    if not mark.exists() and any(root.iterdir()):
        raise NotOursError(f"{root} has files that no export wrote.")
    with mark.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise NotOursError(f"Another export writes into {root}.") from taken
        yield Folder(root)
