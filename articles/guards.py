"""Facts about one row that a transition requires; no query, no user."""

from typing import Any


def is_frozen(version: Any) -> bool:
    """Whether the version carries the hash of its canonical bytes."""
    return bool(version.sha256)


def is_not_frozen(version: Any) -> bool:
    return not version.sha256
