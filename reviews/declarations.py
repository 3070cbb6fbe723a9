"""What people declared of their interests, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviews.models import Declaration

if TYPE_CHECKING:
    from django.db.models import QuerySet


def of(person: Any) -> QuerySet[Declaration]:
    """The declarations of a person, who may be an `OuterRef`; the first is what holds."""
    found = Declaration.objects.filter(person=person)
    return found.order_by("-made_at", "-pk")
