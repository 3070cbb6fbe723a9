"""Facts about one row that a transition requires; no query, no user."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import Version


def is_frozen(version: Version) -> bool:
    """Whether the version carries the hash of its canonical bytes."""
    return bool(version.sha256)


def is_not_frozen(version: Version) -> bool:
    return not version.sha256
