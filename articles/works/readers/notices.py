"""What became of a work: retractions, concerns and updates in other records' words."""

import re
from collections.abc import Mapping
from typing import Any

from articles.works.readers.record import Draft

RETRACTED = "retracted"

_NOTICE = re.compile(r"retract(?:ion|ed)(?: in:\s*(.+)|\.?)", re.IGNORECASE)


def retract(draft: Draft, notice: str = "") -> None:
    draft.put("status", RETRACTED)
    if notice:
        draft.custom.setdefault("retracted_in", notice.rstrip(". "))


def take(draft: Draft, notes: list[str]) -> list[str]:
    """The notes that do not tell of a retraction; those that do are taken at it."""
    rest = []
    for note in notes:
        found = _NOTICE.fullmatch(note)
        if found:
            retract(draft, found[1] or "")
        else:
            rest.append(note)
    return rest


def of(item: Mapping[str, Any]) -> str:
    """The note that `take` understands; empty for a work that stands."""
    custom = item.get("custom")
    notice = custom.get("retracted_in") if isinstance(custom, Mapping) else None
    if notice:
        return f"Retraction in: {notice}"
    return "Retracted." if item.get("status") == RETRACTED else ""
