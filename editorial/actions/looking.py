"""
What somebody has seen of an article, so that they are shown what changed since.

Nothing is noted because a page was fetched: people say so, or they sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reviews.models import LastLook

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User


def look(version: Version, *, by: User) -> None:
    """Note that they have seen this version; an older one takes nothing back."""
    with transaction.atomic():
        later = LastLook.objects.filter(
            person=by, article=version.article_id, version__number__gt=version.number
        )
        if not later.exists():
            note(version, by=by)


def note(version: Version, *, by: User) -> None:
    """The same about a version that is known to be the newest, in one query."""
    seen = LastLook(
        person=by, article_id=version.article_id, version=version, at=timezone.now()
    )
    LastLook.objects.bulk_create(
        [seen],
        update_conflicts=True,
        unique_fields=["person", "article"],
        update_fields=["version", "at"],
    )
