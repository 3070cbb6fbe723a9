"""Times as machines write them, in UTC."""

from __future__ import annotations

import datetime as dt


def day(moment: dt.datetime | None) -> str | None:
    """`2026-11-23`."""
    return moment.astimezone(dt.UTC).date().isoformat() if moment else None


def slashed(moment: dt.datetime) -> str:
    """`2026/11/23`, as Highwire tags have it."""
    return f"{moment.astimezone(dt.UTC):%Y/%m/%d}"


def second(moment: dt.datetime) -> str:
    """`2026-11-23T09:30:05Z`."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
