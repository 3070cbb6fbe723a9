"""Which pages search engines should know, and when each last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Term
from articles.reading import queries
from articles.reading.elsewhere import addresses, moments
from articles.reading.outlets import xml
from articles.reading.outlets.answering import answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 49_999
"""Articles in one file: with the glossary as many addresses as the protocol allows."""
GLOSSARY = "/glossary/"
MOST_PARTS = 10**6
"""More than there can be; a place far beyond is none that a database can look at."""
XML = "application/xml; charset=utf-8"
ROBOTS = """\
User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /desk/

Sitemap: {}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    text = ROBOTS.format(addresses.whole(reverse("sitemap")))
    return answer(request, text.encode(), "text/plain; charset=utf-8")


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """The published articles, or where their lists are when they are too many for one."""
    rows = list(_rows()[: MOST + 1])
    if len(rows) > MOST:
        return answer(request, _index(_rows().count()), XML)
    return answer(request, _listed(rows, since=_glossary()), XML)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponse:
    if not 1 <= number <= MOST_PARTS:
        raise Http404
    rows = list(_rows()[(number - 1) * MOST : number * MOST])
    if not rows:
        raise Http404
    return answer(
        request, _listed(rows, since=_glossary() if number == 1 else None), XML
    )


def _glossary() -> dt.datetime | None:
    """When readers were last told something new of a term; None while there is none."""
    newest: dt.datetime | None = Term.objects.approved().aggregate(
        newest=Max("approved_at")
    )["newest"]
    return newest


def _rows() -> QuerySet[Any, Any]:
    """In the order of publication, so that what is new comes last."""
    found = queries.published().order_by("publication__pk")
    return found.values_list("article__slug", "publication__published_at")


def _listed(rows: Iterable[tuple[str, Any]], since: dt.datetime | None) -> bytes:
    """The articles, after the glossary where there is one `since` then."""
    places = [(addresses.whole(GLOSSARY), since)] if since else []
    places += [(addresses.article(slug), changed) for slug, changed in rows]
    tree = xml.root(NAMESPACE, "urlset")
    for place, changed in places:
        url = xml.child(tree, "url")
        xml.child(url, "loc", place)
        xml.child(url, "lastmod", moments.second(changed))
    return xml.written(tree)


def _index(count: int) -> bytes:
    tree = xml.root(NAMESPACE, "sitemapindex")
    for number in range(1, -(-count // MOST) + 1):
        path = reverse("sitemap-part", args=[number])
        xml.child(xml.child(tree, "sitemap"), "loc", addresses.whole(path))
    return xml.written(tree)
