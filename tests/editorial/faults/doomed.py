"""Imported by a worker: lets it die between the pages of a publication and its COMMIT."""

from __future__ import annotations

from typing import Any

from editorial import shopfront
from tests.editorial.faults import mortal

show = shopfront.show


def fatal_show(*told: Any, **given: Any) -> dict[str, str]:
    pages = show(*told, **given)
    mortal.meet("publish")
    return pages


shopfront.show = fatal_show
