"""The published articles as a list, the newest publication first, by the page."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe

from articles.canonical import canonical_json
from articles.reading.built import JSON
from articles.reading.elsewhere import addresses, moments, standing
from articles.reading.outlets import holdings
from articles.reading.outlets.answering import answer
from articles.reading.outlets.problems import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from articles.models import Version

PER_PAGE, MOST = 50, 100
KEY_DIGITS = 18
NO_DAY = "since is no day of any calendar."


class Unreadable(ValueError):
    """A parameter that says nothing; the message names it."""


class Asked(NamedTuple):
    """What the parameters of a request come to."""

    limit: int
    after: int | None
    topic: str
    since: dt.datetime | None


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """`next` leads on from the last one listed, whatever is published meanwhile."""
    try:
        asked = _asked(request.GET)
    except Unreadable as unreadable:
        return problem(HTTPStatus.BAD_REQUEST, str(unreadable))
    found = _found(asked)
    rows = found[: asked.limit]
    further = _further(request.GET, rows) if len(found) > asked.limit else None
    told = {"articles": [_summary(row) for row in rows], "next": further}
    return answer(request, canonical_json(told), JSON)


def _asked(given: QueryDict) -> Asked:
    limit = _number(given, "limit") if "limit" in given else PER_PAGE
    if not 1 <= limit <= MOST:
        raise Unreadable(f"limit is a number from 1 to {MOST}.")
    after = _number(given, "after") if "after" in given else None
    return Asked(limit, after, given.get("topic", ""), _since(given.get("since")))


def _number(given: QueryDict, name: str) -> int:
    value = str(given[name])
    if not (value.isascii() and value.isdecimal() and len(value) <= KEY_DIGITS):
        raise Unreadable(f"{name} is not one of ours.")
    return int(value)


def _since(value: str | None) -> dt.datetime | None:
    if value is None:
        return None
    try:
        moment = parse_datetime(value)
        day = None if moment else parse_date(value)
    except ValueError as error:
        raise Unreadable(NO_DAY) from error
    if day:
        moment = dt.datetime.combine(day, dt.time())
    if moment is None:
        raise Unreadable("since is a date, or a time, as ISO 8601 writes it.")
    return _in_utc(moment)


def _in_utc(moment: dt.datetime) -> dt.datetime:
    """In UTC, where the first and the last hours of other zones have no place."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise Unreadable(NO_DAY) from error


def _found(asked: Asked) -> list[Version]:
    """One more than a page holds, where there are more."""
    rows = holdings.newest_first().prefetch_related("article__topics")
    if asked.after is not None:
        rows = rows.filter(publication__pk__lt=asked.after)
    if asked.topic:
        rows = rows.filter(article__topics__slug=asked.topic)
    if asked.since:
        rows = rows.filter(publication__published_at__gte=asked.since)
    return list(rows[: asked.limit + 1])


def _further(given: QueryDict, rows: Sequence[Version]) -> str:
    query = {name: given[name] for name in ("limit", "topic", "since") if name in given}
    query["after"] = str(holdings.key_of(rows[-1]))
    return addresses.whole(f"{reverse('api-articles')}?{urlencode(query)}")


def _summary(version: Version) -> dict[str, Any]:
    """As the article's own document begins."""
    article = version.article
    topics = sorted(article.topics.all(), key=lambda topic: topic.pk)
    return {
        "id": addresses.tag(article.slug),
        "slug": article.slug,
        "url": addresses.article(article.slug),
        "title": standing.titled(version.question, article.standing),
        "question": version.question,
        "headline": version.headline,
        "standing": str(article.standing),
        "status": standing.said_of(article.standing),
        "version": version.number,
        "sha256": version.sha256,
        "audience": str(version.audience),
        "topics": [{"name": topic.name, "slug": topic.slug} for topic in topics],
        "concepts": list(article.concepts),
        "first_published_at": moments.second(holdings.first_published(version)),
        "published_at": moments.second(holdings.published(version)),
    }
