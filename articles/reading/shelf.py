"""What a process keeps in memory, within bounds."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    """
    Things by their name, as many bytes of them as there is room for.

    What was asked for longest ago goes first; what is larger than all is not kept.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.taken = 0
        self._kept: OrderedDict[str, tuple[Thing, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Thing | None:
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                return None
            self._kept.move_to_end(name)
        return found[0]

    def put(self, name: str, thing: Thing, size: int) -> None:
        with self._lock:
            self._drop(name)
            if size > self.room:
                return
            self._kept[name] = (thing, size)
            self.taken += size
            while self.taken > self.room:
                self._drop(next(iter(self._kept)))

    def drop(self, name: str) -> None:
        with self._lock:
            self._drop(name)

    def _drop(self, name: str) -> None:
        _, size = self._kept.pop(name, (None, 0))
        self.taken -= size

    def __len__(self) -> int:
        return len(self._kept)
