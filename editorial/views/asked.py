"""The page for questions, which shows only what is proven, as pages do."""

from __future__ import annotations

from http import HTTPStatus
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from allauth.core.internal import ratelimit
from django.views.decorators.http import require_safe

from articles.asking import answering
from articles.reading import asking
from articles.reading.asking import NotNowError
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Passage


AT_ONCE = 2
"""Questions that one process answers at a time; its other threads send pages."""

BUSY = "Many people are asking just now. Please ask again in some seconds."
TOO_MANY = (
    "More questions came from your connection than we can answer in a minute, maybe from"
    " others who share it. Please ask again in a minute; articles can be read meanwhile."
)
A_MOMENT, A_MINUTE = 5, 60

COUNTED: dict[str, Any] = {
    "app": "allauth.account",
    "action": "ask",
    "limit_get": True,  # which the library's public door leaves out
}

FREE = BoundedSemaphore(AT_ONCE)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """
    Answer a question, as many at once and from one address as it can bear.

    Of the address a keyed hash is counted for a minute, and nothing of the question.
    """

    def answered(question: str, about: int | None) -> list[Passage]:
        if not ratelimit.consume(request, **COUNTED):
            raise NotNowError(TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS, A_MINUTE)
        if not FREE.acquire(blocking=False):
            raise NotNowError(BUSY, HTTPStatus.SERVICE_UNAVAILABLE, A_MOMENT)
        try:
            return _proven(answering.answer(question, about=about).passages)
        finally:
            FREE.release()

    return asking.ask(request, answered=answered)


def _proven(passages: list[Passage]) -> list[Passage]:
    """What may be shown; the desk hears of what is damaged."""
    quoted = serving.proven_quotes(passages)
    for version in quoted.damaged_texts:
        withholding.report_text(version)
    for entry in quoted.damaged_entries:
        withholding.report_quote(entry)
    return quoted.sound
