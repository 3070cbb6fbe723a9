"""
What somebody has seen of an article, so that they are shown what changed since.

Nothing is noted because a page was fetched: people say so, or they sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reviews.models import LastLook, Report

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User


def look(version: Version, *, by: User) -> None:
    """Note that they have seen this version; an older one takes nothing back."""
    seen = LastLook(
        person=by, article_id=version.article_id, version=version, at=timezone.now()
    )
    with transaction.atomic():
        looks = LastLook.objects.filter(person=by, article=version.article_id)
        if not looks.filter(version__number__gt=version.number).exists():
            LastLook.objects.bulk_create(
                [seen],
                update_conflicts=True,
                unique_fields=["person", "article"],
                update_fields=["version", "at"],
            )


def seen_by(user: User) -> Q:
    """Of versions: whether it is the one they saw last, or one they signed a review of."""
    looked = LastLook.objects.filter(person=user, version=OuterRef("pk"))
    signed = Report.objects.filter(
        assignment__reviewer=user, assignment__version=OuterRef("pk"), late=False
    )
    return Exists(looked) | Exists(signed)
