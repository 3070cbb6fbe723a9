"""Facts about one assignment that a transition requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviews.models import Assignment


def has_a_due_date(assignment: Assignment) -> bool:
    return assignment.due_at is not None
