"""The published texts, as programs walk through them: by the order of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from articles.models import Version
from articles.reading import queries

if TYPE_CHECKING:
    import datetime as dt

    from articles.states import Standing


def newest_first(*also: Standing) -> QuerySet[Version]:
    """
    Each with its `key` and the time the article `first` came out.

    What a notice stands above is among them, and of the standings named too.

    Keys count publications: a place in the list stays one, whatever is published
    meanwhile.
    """
    return _told(queries.seen(*also)).order_by("-publication__pk")


def _told(versions: QuerySet[Version]) -> QuerySet[Version]:
    seen = Version.objects.filter(article=OuterRef("article"), publication__pk__gt=0)
    first = seen.order_by("publication__pk").values("publication__published_at")[:1]
    return versions.annotate(key=F("publication__pk"), first=Subquery(first))


def key_of(version: Version) -> int:
    key: int = version.__dict__["key"]
    return key


def first_published(version: Version) -> dt.datetime:
    first: dt.datetime = version.__dict__["first"]
    return first


def published(version: Version) -> dt.datetime:
    publication: Any = getattr(version, "publication")  # noqa: B009  editorial's row, and not ours to name
    at: dt.datetime = publication.published_at
    return at
