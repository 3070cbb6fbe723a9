"""
The stored pages of an article, where no layer below Django sends them.

Its PDF is sent from here alone: few ask for it, and it is looked up with its page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.reading import queries, sending
from articles.reading.elsewhere.standing import PRINTED_IN
from articles.vocabulary import Audience, nearest
from editorial import printouts, serving
from editorial.actions import withholding
from editorial.views import gone

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import Page
    from articles.reading.sending import Stored

NOT_YET = (
    "The PDF of this article is not made yet: others may have to be made before it. "
    "The article itself can be read meanwhile."
)
NOT_OWED = (
    "No PDF of this article was made, and none is about to be. "
    "The article itself can be read."
)
A_WHILE = "600"
"""Seconds after which it is worth asking again."""


@require_safe
def stored(request: HttpRequest, slug: str, **_where: Any) -> HttpResponse:
    """Send the page stored at this address, and only the bytes that were built."""
    return _sent(request) or gone.or_unknown(request, slug)


@require_safe
def rendition(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Send the text for one audience, or lead to the nearest there is."""
    if found := _sent(request):
        return found
    available = queries.audiences_of(slug)
    if audience not in Audience.values or not available:
        return gone.or_unknown(request, slug)
    there_is = nearest(audience, available)
    return redirect(f"/articles/{slug}/for/{there_is}/#instead-of-{audience}")


@require_safe
def on_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the PDF of the text that is public, or say why there is none."""
    try:
        page = serving.proven(f"/articles/{slug}/")
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        return _withheld(request)
    if page is None or page.article.standing not in PRINTED_IN:
        return gone.or_unknown(request, slug)
    try:
        printout = printouts.proven(page)
    except printouts.DamagedError as damaged:
        withholding.report_printout(damaged.printout)
        printouts.ask_again(page)
        return _withheld(request)
    return _answer(request, printout) if printout else _not_yet(request, page)


def _not_yet(request: HttpRequest, page: Page) -> HttpResponse:
    if not settings.PDF:
        raise Http404
    if page.pdf_due_at is None:
        return render(request, "503.html", {"why": NOT_OWED}, status=503)
    answer = render(request, "503.html", {"why": NOT_YET}, status=503)
    answer["Retry-After"] = A_WHILE
    return answer


def _sent(request: HttpRequest) -> HttpResponse | None:
    try:
        page = serving.proven(request.path_info)
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        return _withheld(request)
    return _answer(request, page) if page else None


def _withheld(request: HttpRequest) -> HttpResponse:
    return render(request, "503.html", status=503)


def _answer(request: HttpRequest, stored: Stored) -> HttpResponse:
    answer = sending.answer(sending.sendable(stored), request.META)
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
