"""The lists that lead to the stored pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from articles.reading import queries
from articles.reading.outlets.answering import drawn
from articles.states import Standing

if TYPE_CHECKING:
    from django.core.paginator import Page as Slice
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from articles.models import Version

PER_PAGE = 50
NEWEST = 10
TOPICS = 36
RELATED = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "newest": queries.published()[:NEWEST],
        "topics": queries.largest_topics(TOPICS),
    }
    return drawn(request, "public/home.html", context)


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    context = {"articles": _slice(request, queries.published())}
    return drawn(request, "public/articles.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    articles = _slice(request, queries.published_in(found))
    if not articles.paginator.count:
        raise Http404
    context = {"topic": found, "articles": articles}
    return drawn(request, "public/topic.html", context)


@require_safe
def related(request: HttpRequest, slug: str) -> HttpResponse:
    """What else there is on its topics; asked for apart, so that it is never old."""
    found = get_object_or_404(Article, slug=slug, standing=Standing.PUBLISHED)
    context = {"article": found, "related": queries.related(found, RELATED)}
    return drawn(request, "public/related.html", context)


def _slice(request: HttpRequest, versions: QuerySet[Version]) -> Slice[Version]:
    try:
        return Paginator(versions, PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
