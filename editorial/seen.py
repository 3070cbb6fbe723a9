"""
What the public has seen of an article, and on which days.

A day is one of UTC. Only what can be read now has a past here: a text whose article was
taken down is on no public address.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from articles.reading.queries import is_as_approved
from articles.states import READABLE
from editorial.models import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence


def of(slug: str) -> list[Publication]:
    """The publications of an article that is public, the oldest first."""
    rows = Publication.objects.filter(
        is_as_approved(), article__slug=slug, article__standing__in=READABLE
    )
    related = ("version__article", "approval")
    return list(rows.select_related(*related).order_by("published_at", "pk"))


def on(day: dt.date, publications: Sequence[Publication]) -> list[Publication]:
    """Those that were public at some time of that day, the last one last."""
    begins = dt.datetime.combine(day, dt.time(), dt.UTC)
    ends = begins + dt.timedelta(days=1)
    return [
        row
        for row in publications
        if row.published_at < ends and (row.ended_at is None or row.ended_at >= begins)
    ]
