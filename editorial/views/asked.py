"""The page for questions, which shows only what is proven, as pages do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from articles.reading import asking
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Passage


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    return asking.ask(request, proven=_proven)


def _proven(passages: list[Passage]) -> list[Passage]:
    """What may be shown; the desk hears of what is damaged."""
    quoted = serving.proven_quotes(passages)
    for version in quoted.damaged_texts:
        withholding.report_text(version)
    for entry in quoted.damaged_entries:
        withholding.report_quote(entry)
    return quoted.sound
