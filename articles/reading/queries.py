"""What the lists show: published articles only, and the version the public sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from articles.models import Article, Page, SearchEntry, Topic, Version
from articles.states import READABLE, Standing

if TYPE_CHECKING:
    from collections.abc import Collection

HASHES = ("sha256", "approval__sha256")
"""Where a publication names the text it is of."""


def is_as_approved(publication: str = "", version: str = "version__") -> Q:
    """
    That a publication and its approval name the hash that the version has.

    Told how to get from a row to its publication and its version.
    """
    approved = {f"{publication}{named}": F(f"{version}sha256") for named in HASHES}
    return Q(**approved)


def published() -> QuerySet[Version]:
    """
    The version the public sees of each published article, newest publication first.

    `publication` is what publishing leaves on a version. An approved version that is
    not yet due has none, so it is not here; its predecessor is.
    """
    return _seen(Standing.PUBLISHED)


def seen(*also: Standing) -> QuerySet[Version]:
    """
    The same of every article that can be read, whatever stands above it by now.

    Of the standings named too, in which it no longer can be.
    """
    return _seen(*READABLE, *also)


def _seen(*standings: Standing) -> QuerySet[Version]:
    return (
        Version.objects.filter(
            is_as_approved("publication__", ""),
            publication__ended_at=None,
            publication__published_at__isnull=False,
            article__standing__in=standings,
        )
        .select_related("article", "publication")
        .order_by("-publication__published_at", "-publication__pk")
    )


def published_in(topic: Topic) -> QuerySet[Version]:
    return published().filter(article__topics=topic)


def topics() -> QuerySet[Topic]:
    """Every topic with a published article."""
    return Topic.objects.filter(articles__standing=Standing.PUBLISHED).distinct()


def sought() -> QuerySet[Topic]:
    """Every topic of an article that a search can find."""
    entries = SearchEntry.objects.filter(article__topics=OuterRef("pk"))
    return Topic.objects.filter(Exists(entries))


def related(article: Article, count: int) -> list[Version]:
    """The newest published articles on any of its topics."""
    on_topics = Article.topics.through.objects.filter(
        article=OuterRef("article"), topic__articles=article
    )
    others = published().exclude(article=article)
    return list(others.filter(Exists(on_topics))[:count])


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
