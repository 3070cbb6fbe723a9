"""What changed between two texts that the public has seen, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles import changes, sources
from articles.reading import page, status
from articles.reading.outlets.answering import drawn
from articles.reading.shelf import Shelf
from articles.reading.text import text_of
from editorial import seen
from editorial.views import damaged, gone, printing
from editorial.views.changes import in_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Version
    from editorial.models import Publication

Compared = dict[str, Any]
KEPT: Shelf[Compared] = Shelf(64)
"""The comparisons asked for last; between two frozen texts nothing changes any more."""


@require_safe
def between(request: HttpRequest, slug: str, first: int, second: int) -> HttpResponse:
    """From the earlier to the later one, whichever way round they are asked for."""
    by_number = {row.version.number: row for row in seen.of(slug)}
    if first not in by_number or second not in by_number:
        return gone.or_unknown(request, slug)
    if first >= second:
        both = f"{second}..{first}" if first > second else str(first)
        return redirect(f"/articles/{slug}/versions/{both}/")
    before, after = by_number[first], by_number[second]
    try:
        found = _compared(before.version, after.version)
    except page.NotTheSignedTextError as error:
        return damaged.withheld(request, by_number[error.number].version)
    return drawn(request, "public/changes.html", _context(before, after) | found)


def _context(before: Publication, after: Publication) -> dict[str, Any]:
    return {
        "slug": after.version.article.slug,
        "before": before.version,
        "version": after.version,
        "since": before,
        "until": after,
        "text": after.version.article,
        "notice": status.notice(after.version.article.standing),
    }


def _compared(before: Version, after: Version) -> Compared:
    name = f"{before.sha256}..{after.sha256}"
    found = KEPT.get(name)
    if found is None:
        found = _compare(before, after)
        KEPT.put(name, found, 1)
    return found


def _compare(before: Version, after: Version) -> Compared:
    prefetch_related_objects([before, after], *printing.CONTENT)
    texts = text_of(before), text_of(after)
    for text in texts:
        page.signed_bytes(text)
    parts, tally = changes.parts(*texts)
    return {
        "parts": parts,
        "sources": sources.changed(*texts),
        "tally": in_words(tally),
        "is_bounded": not all(part.is_compared for part in parts),
    }
