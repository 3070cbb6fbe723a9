"""
What an entry must have, and what else counts, by how many entries have each group.

To rank an entry costs more than to find it. So entries are found by the groups that
few have, and ranked by all. Where every group is common none tells what a text is
about, unless it stands in the title: then titles alone are looked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.search.question import Group

MOST_COUNTED = 1_000
"""Entries with a group that are counted; and the most that are ranked."""

MOST_RANKED = 1_000
"""Entries that are given back, best first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group, and how many entries have it: the fewer, the more it tells."""

    group: Group
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """An entry has one of `telling`; all of `groups` are common where none is."""

    groups: tuple[Weighed, ...]
    telling: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Which entries are looked through; an empty value leaves none out."""

    topic: int | None = None
    audience: str = ""
    standing: str = ""
    since: dt.date | None = None


def of(found: Iterable[Weighed]) -> Plan:
    """A plan by groups that somebody has, each counted up to `MOST_COUNTED`."""
    groups = tuple(sorted(found, key=lambda weighed: weighed.count))
    telling: list[Weighed] = []
    total = 0
    for weighed in groups:
        total += weighed.count
        if total > MOST_COUNTED:
            break
        telling.append(weighed)
    return Plan(groups, tuple(telling))
