"""What the events say, and a row that is not as they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BATCH = 500


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not what the record says, and why."""

    row: str
    why: str

    def __str__(self) -> str:
        return f"{self.row}: {self.why}"


@dataclass(slots=True)
class Witness:
    """What the events say: the last digest of each row, the pages, the approvals."""

    rows: dict[str, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    pages: dict[int, dict[str, str]] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)
    invited: dict[tuple[int, int], str] = field(default_factory=dict)
    accounts: dict[int, dict[str, Any]] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    approved: dict[int, dict[str, Any]] = field(default_factory=dict)
    handled: dict[int, set[int]] = field(default_factory=dict)
    signatures: set[str] = field(default_factory=set)
    notice_signatures: set[str] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    events: int = 0
