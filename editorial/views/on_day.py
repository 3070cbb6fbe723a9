"""What an article said on a certain day, by the publications on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from articles.reading import then, words
from articles.reading.built import HTML
from articles.reading.outlets.answering import answer
from editorial import seen, serving
from editorial.actions import withholding
from editorial.views import damaged, gone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from editorial.models import Publication

NO_DAY = "“{}” is not a day; write one as 2026-03-03."
TO_COME = "That day is still to come."
BEFORE = "The article was first public on {}. Before that day there was no text of it."
BETWEEN = "No text of this article was public on that day."
LONGEST = 40


@require_safe
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the little form on the versions page to the day it names."""
    day = request.GET.get("day", "").strip()[:LONGEST]
    if "/" in day or not day:
        return redirect("article-versions", slug)
    return redirect("article-on-day", slug, day)


@require_safe
def on_day(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The exact text that was public when that day ended, in UTC, or at this moment."""
    publications = seen.of(slug)
    if not publications:
        return gone.or_unknown(request, slug)
    asked_for = _day(day)
    if asked_for is None or _is_to_come(asked_for):
        return _none(request, publications, day)
    found = seen.on(asked_for, publications)
    if not found:
        return _none(request, publications, day)
    try:
        return _shown(request, asked_for, found, publications[-1])
    except serving.DamagedError as error:
        withholding.report(error.page)
        return damaged.unavailable(request)


def _day(written: str) -> dt.date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


def _is_to_come(day: dt.date) -> bool:
    return day > timezone.now().date()


def _shown(
    request: HttpRequest, day: dt.date, found: list[Publication], newest: Publication
) -> HttpResponse:
    *others, since = found
    article = since.version.article
    stored = serving.proven(
        f"/articles/{article.slug}/versions/{since.version.number}/"
    )
    if stored is None:
        raise Http404
    context: dict[str, Any] = {"article": article, "since": since, "newest": newest}
    body = then.shown(bytes(stored.body), day, context | {"others": others})
    response = answer(request, body, HTML)
    response["X-Robots-Tag"] = "noindex"
    return response


def _none(
    request: HttpRequest, publications: Sequence[Publication], day: str
) -> HttpResponse:
    article = publications[0].version.article
    context = {"article": article, "why": _why(publications, day)}
    return render(request, "public/no_text_then.html", context, status=404)


def _why(publications: Sequence[Publication], written: str) -> str:
    day, first = _day(written), publications[0].published_at
    if day is None:
        return NO_DAY.format(written[:LONGEST])
    if _is_to_come(day):
        return TO_COME
    if day < first.date():
        return BEFORE.format(words.plain(first.date()))
    return BETWEEN
