"""Facts about one assignment that a transition requires."""

from typing import Any


def has_a_due_date(assignment: Any) -> bool:
    return assignment.due_at is not None
