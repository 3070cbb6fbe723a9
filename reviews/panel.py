"""The panel of a version: everybody who was asked, with what they reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, prefetch_related_objects

from reviews.models import Assignment
from reviews.states import IN_FAVOUR, OPEN, STANDING, AssignmentState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Version


def of(version: Version) -> Sequence[Assignment]:
    """The version's assignments with their reports; read once for a version."""
    asked = Assignment.objects.select_related("report").order_by("pk")
    prefetch_related_objects([version], Prefetch("assignments", asked, to_attr="panel"))
    panel: list[Assignment] = version.__dict__["panel"]
    return panel


def is_in_favour(assignment: Assignment, version: Version) -> bool:
    """Whether it is a report for the version as it is, under this very hash."""
    if assignment.state != AssignmentState.REPORTED:
        return False
    report = assignment.report
    return report.sha256 == version.sha256 and report.vote in IN_FAVOUR


def still_open(version: Version) -> list[Assignment]:
    return [a for a in of(version) if a.state in OPEN]


def asked(version: Version) -> set[int]:
    """The reviewers who are asked, reading or done; they are not asked again."""
    return {a.reviewer_id for a in of(version) if a.state in STANDING}
