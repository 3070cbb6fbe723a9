"""Articles for programs: the files stored with their pages, at the addresses of the API."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reading import sending
from articles.reading.outlets.problems import problem
from articles.states import Standing
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest

NOTHING = "Nothing of that name is published."
REMOVED = "It was removed; the page of the article says why."
DAMAGED = "It was found damaged and is withheld until somebody has looked at it."


@require_safe
def article(
    request: HttpRequest, slug: str, *, tail: str, number: int = 0
) -> HttpResponse:
    """What is stored of the article under `tail`, and only the bytes that were built."""
    path = f"/articles/{slug}{tail.format(number=number)}"
    try:
        page = serving.proven(path)
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, DAMAGED)
    if page is None:
        return _nothing(slug)
    answer = sending.answer(sending.sendable(page), request.META)
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))


def _nothing(slug: str) -> HttpResponse:
    removed = Article.objects.filter(slug=slug, standing=Standing.REMOVED)
    if removed.exists():
        return problem(HTTPStatus.GONE, REMOVED)
    return problem(HTTPStatus.NOT_FOUND, NOTHING)
