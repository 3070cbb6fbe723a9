"""
Every notice there ever was, for everybody, newest first: a page, and a feed.

A notice never changes, so neither does its entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Notice
from articles.reading.elsewhere import addresses, house, moments
from articles.reading.outlets import xml
from articles.reading.outlets.answering import answer, drawn
from articles.reading.outlets.feed import ENTRIES, MEDIA_TYPE, NAMESPACE, NEVER

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


def issued() -> QuerySet[Notice]:
    rows = Notice.objects.filter(issued_at__isnull=False)
    return rows.select_related("article", "version").order_by("-issued_at", "-pk")


@require_safe
def notices(request: HttpRequest, kind: str = "") -> HttpResponse:
    """All, or those of one kind."""
    if kind and kind not in Notice.Kind.values:
        raise Http404
    rows = issued().filter(kind=kind) if kind else issued()
    try:
        page = Paginator(rows, PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    context = {"notices": page, "kind": kind, "kinds": Notice.Kind.choices}
    return drawn(request, "public/corrections.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    rows = list(issued()[:ENTRIES])
    tree = xml.root(NAMESPACE, "feed")
    xml.child(tree, "id", addresses.tag_of("feeds/corrections"))
    xml.child(tree, "title", f"{house.NAME}: corrections and notices")
    changed = rows[0].issued_at if rows else None
    xml.child(tree, "updated", moments.second(changed) if changed else NEVER)
    xml.child(xml.child(tree, "author"), "name", house.NAME)
    here, page = reverse("feed-corrections"), reverse("corrections")
    _link(tree, "self", here, MEDIA_TYPE.partition(";")[0])
    _link(tree, "alternate", page, "text/html")
    for row in rows:
        _entry(tree, row)
    return answer(request, xml.written(tree), MEDIA_TYPE)


def _entry(tree: xml.Element, notice: Notice) -> None:
    slug, number = notice.article.slug, notice.number or 0
    entry = xml.child(tree, "entry")
    xml.child(entry, "id", addresses.tag_of(f"articles/{slug}/notices/{number}"))
    label = str(notice.get_kind_display())
    xml.child(entry, "title", f"{label.upper()}: {notice.version.question}")
    issued_at = moments.second(notice.issued_at or notice.proposed_at)
    xml.child(entry, "published", issued_at)
    xml.child(entry, "updated", issued_at)
    _link(entry, "alternate", addresses.notice_path(slug, number), "text/html")
    _link(entry, "related", addresses.path_of(slug), "text/html")
    xml.child(entry, "summary", notice.words)
    scheme = addresses.whole(f"{reverse('feed-corrections')}#type")
    term = f"type:{notice.kind}"
    xml.child(entry, "category", term=term, scheme=scheme, label=label)


def _link(to: xml.Element, relation: str, path: str, media_type: str) -> None:
    address = addresses.whole(path)
    xml.child(to, "link", rel=relation, href=address, type=media_type)
