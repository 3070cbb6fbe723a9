"""The stored pages of an article, where no layer below Django sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.reading import queries, sending
from articles.vocabulary import Audience, nearest
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def stored(request: HttpRequest, **_where: Any) -> HttpResponse:
    """Send the page stored at this address, and only the bytes that were built."""
    found = _sent(request)
    if found is None:
        raise Http404
    return found


@require_safe
def rendition(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Send the text for one audience, or lead to the nearest there is."""
    if found := _sent(request):
        return found
    available = queries.audiences_of(slug)
    if audience not in Audience.values or not available:
        raise Http404
    there_is = nearest(audience, available)
    return redirect(f"/articles/{slug}/for/{there_is}/#instead-of-{audience}")


def _sent(request: HttpRequest) -> HttpResponse | None:
    try:
        page = serving.proven(request.path_info)
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        return render(request, "503.html", status=503)
    if page is None:
        return None
    answer = sending.answer(sending.sendable(page), request.META)
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
