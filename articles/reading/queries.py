"""What the lists show: published articles only, each as its stored page has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from articles.models import Page, Topic
from articles.states import Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection


class Listed(TypedDict):
    """A published article as a list shows it."""

    path: str
    question: str
    headline: str
    number: int
    decided_at: dt.datetime


_OWN_PAGE = Q(path=Concat(Value("/articles/"), F("article__slug"), Value("/")))


def published() -> QuerySet[Page, Listed]:
    """
    The page of each published article with its version, newest decision first.

    The stored page, not the newest version, says what the public may see: a version
    that is approved but not yet due has no page.
    """
    return _listed(Page.objects.all())


def published_in(topic: Topic) -> QuerySet[Page, Listed]:
    return _listed(Page.objects.filter(article__topics=topic))


def _listed(pages: QuerySet[Page]) -> QuerySet[Page, Listed]:
    public = pages.filter(
        _OWN_PAGE, indexable=True, article__standing=Standing.PUBLISHED
    )
    rows = public.order_by("-version__decided_at", "-pk").values(
        "path",
        question=F("version__question"),
        headline=F("version__headline"),
        number=F("version__number"),
        decided_at=F("version__decided_at"),
    )
    return cast("QuerySet[Page, Listed]", rows)


def largest_topics(count: int) -> list[Topic]:
    """Topics with the most published articles, by name."""
    found = (
        Topic.objects.filter(articles__standing=Standing.PUBLISHED)
        .annotate(published=Count("articles"))
        .order_by("-published", "name")
    )
    return sorted(found[:count], key=lambda topic: topic.name.casefold())


def audiences_of(slug: str) -> Collection[str]:
    """The audiences an article has a public text for."""
    prefix = f"/articles/{slug}/for/"
    paths = Page.objects.filter(path__startswith=prefix, article__slug=slug)
    return {
        path.removeprefix(prefix).rstrip("/")
        for path in paths.values_list("path", flat=True)
    }
