"""What a draft must answer: comments carried into it, and requests of the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from reviews.models import Comment
from reviews.states import MUST_BE_ANSWERED, CommentKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Version

ITEM = Q(carried_from__isnull=False) | Q(kind=CommentKind.REQUEST)


def of(version: Version) -> QuerySet[Comment]:
    """The items that are still open, oldest first."""
    found = Comment.objects.filter(ITEM, version=version, resolved_at=None)
    return found.order_by("pk")


def unanswered(version: Version) -> QuerySet[Comment]:
    """Those that must be answered and are not."""
    return of(version).filter(kind__in=MUST_BE_ANSWERED, answer="")
