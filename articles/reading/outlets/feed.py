"""
What is new, as Atom: articles and their new versions, the newest publication first.

Whoever keeps a feed keeps its entries: one that a notice stands above says so, and one
of a text that was removed says that it is deleted (RFC 6721).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe
from lxml import etree

from articles import content
from articles.characters import visible
from articles.models import Notice
from articles.reading.elsewhere import addresses, house, moments, standing
from articles.reading.outlets import holdings, xml
from articles.reading.outlets.answering import answer
from articles.states import Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from articles.models import Version

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
DELETED = "http://purl.org/atompub/tombstones/1.0"
IN_FORCE = Notice.objects.filter(issued_at__isnull=False, ended_at=None)
ENTRIES = 50
NEVER = "1970-01-01T00:00:00Z"
NEW, ANOTHER = "new", "new version"


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Fifty at a time; each page names the one with what is older (RFC 5005)."""
    rows = holdings.newest_first(Standing.REMOVED).prefetch_related(
        "article__topics", Prefetch("article__notices", IN_FORCE, to_attr="in_force")
    )
    if before := request.GET.get("before"):
        rows = rows.filter(publication__pk__lt=_whole(before))
    found = list(rows[: ENTRIES + 1])
    body = _feed(found[:ENTRIES], before, has_more=len(found) > ENTRIES)
    return answer(request, body, MEDIA_TYPE)


def _whole(number: str) -> int:
    if not (number.isascii() and number.isdecimal() and len(number) < 19):  # noqa: PLR2004  digits a row's number has at most
        raise Http404
    return int(number)


def _feed(rows: Sequence[Version], before: str | None, *, has_more: bool) -> bytes:
    feed = xml.root(NAMESPACE, "feed")
    xml.child(feed, "id", addresses.tag_of("feeds/articles"))
    xml.child(feed, "title", f"{house.NAME}: approved articles")
    changed = max((_changed(row) for row in rows), default=None)
    xml.child(feed, "updated", moments.second(changed) if changed else NEVER)
    xml.child(xml.child(feed, "author"), "name", house.NAME)
    path = reverse("feed-articles")
    here = f"{path}?before={before}" if before else path
    _link(feed, "self", here, type=MEDIA_TYPE.partition(";")[0])
    _link(feed, "alternate", reverse("articles"), type="text/html")
    if before:
        _link(feed, "first", path)
    if has_more:
        _link(feed, "next", f"{path}?before={holdings.key_of(rows[-1])}")
    for row in rows:
        is_gone = row.article.standing == Standing.REMOVED
        (_deleted if is_gone else _entry)(feed, row)
    return xml.written(feed)


def _notice(version: Version) -> Notice | None:
    """The notice that holds now, of an article as it was read for the feed."""
    return next(iter(version.article.__dict__["in_force"]), None)


def _changed(version: Version) -> dt.datetime:
    """When readers saw another text, or were told something else of it."""
    published, notice = holdings.published(version), _notice(version)
    told = notice.issued_at if notice else None
    return max(published, told) if told else published


def _deleted(feed: xml.Element, version: Version) -> None:
    gone = etree.SubElement(feed, f"{{{DELETED}}}deleted-entry", nsmap={"at": DELETED})
    gone.set("ref", addresses.tag(version.article.slug))
    gone.set("when", moments.second(_changed(version)))
    notice = _notice(version)
    said = etree.SubElement(gone, f"{{{DELETED}}}comment")
    said.text = visible(notice.words) if notice else ""


def _entry(feed: xml.Element, version: Version) -> None:
    slug, first = version.article.slug, holdings.first_published(version)
    stands = version.article.standing
    entry = xml.child(feed, "entry")
    xml.child(entry, "id", addresses.tag(slug))
    xml.child(entry, "title", standing.titled(version.question, stands))
    xml.child(entry, "published", moments.second(first))
    xml.child(entry, "updated", moments.second(_changed(version)))
    for author in version.byline:
        xml.child(xml.child(entry, "author"), "name", author["name"])
    _link(entry, "alternate", addresses.path_of(slug), type="text/html")
    if told := version.headline or content.plain_text(version.key_answer):
        xml.child(entry, "summary", told)
    if notice := _notice(version):
        path = addresses.notice_path(slug, notice.number or 0)
        _link(entry, "related", path, type="text/html")
    _category(entry, "status", standing.said_of(stands).lower())
    is_new = first == holdings.published(version)
    _category(entry, "change", NEW if is_new else ANOTHER)
    for topic in version.article.topics.all():
        scheme = addresses.whole("/topics/")
        xml.child(entry, "category", term=topic.slug, scheme=scheme, label=topic.name)


def _link(to: xml.Element, relation: str, path: str, **attributes: str) -> None:
    xml.child(to, "link", rel=relation, href=addresses.whole(path), **attributes)


def _category(entry: xml.Element, kind: str, term: str) -> None:
    scheme = addresses.whole(f"{reverse('feed-articles')}#{kind}")
    xml.child(entry, "category", term=f"{kind}:{term}", scheme=scheme, label=term)
