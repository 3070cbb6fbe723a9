"""The public side: stored pages as they are, and the lists that lead to them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.canonical import sha256_hex
from articles.models import Page, Topic
from articles.reading import queries
from articles.vocabulary import Audience, nearest

if TYPE_CHECKING:
    from typing import Any

    from django.core.paginator import Page as Slice
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from articles.models import Version

PER_PAGE = 50
NEWEST = 10
TOPICS = 36

logger = logging.getLogger(__name__)


@require_safe
def stored(request: HttpRequest, **_where: Any) -> HttpResponse:
    """Send the page stored at this address, and only the bytes that were stored."""
    page = Page.objects.filter(path=request.path_info).first()
    if page is None:
        raise Http404
    return _sent(request, page)


@require_safe
def rendition(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Send the text for one audience, or lead to the nearest there is."""
    page = Page.objects.filter(path=request.path_info).first()
    if page is not None:
        return _sent(request, page)
    available = queries.audiences_of(slug)
    if audience not in Audience.values or not available:
        raise Http404
    found = nearest(audience, available)
    return redirect(f"/articles/{slug}/for/{found}/#instead-of-{audience}")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "newest": queries.published()[:NEWEST],
        "topics": queries.largest_topics(TOPICS),
    }
    return _revalidated(render(request, "public/home.html", context))


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    context = {"articles": _slice(request, queries.published())}
    return _revalidated(render(request, "public/articles.html", context))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    articles = _slice(request, queries.published_in(found))
    if not articles.paginator.count:
        raise Http404
    context = {"topic": found, "articles": articles}
    return _revalidated(render(request, "public/topic.html", context))


def _slice(request: HttpRequest, versions: QuerySet[Version]) -> Slice[Version]:
    try:
        return Paginator(versions, PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def _sent(request: HttpRequest, page: Page) -> HttpResponse:
    body = bytes(page.body)
    if sha256_hex(body) != page.sha256:
        logger.error("The stored page %s is not the page that was built.", page.path)
        return render(request, "503.html", status=503)
    response = HttpResponse(body, content_type=page.content_type)
    response["ETag"] = f'"{page.sha256}"'
    response["Last-Modified"] = http_date(page.built_at.timestamp())
    if not page.indexable:
        response["X-Robots-Tag"] = "noindex"
    conditional = get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=int(page.built_at.timestamp()),
        response=_revalidated(response),
    )
    return conditional or response


def _revalidated(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
