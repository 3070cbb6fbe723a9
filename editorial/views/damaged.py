"""What a reader is told when a text is not the one that was signed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.shortcuts import render

from articles.models import Page
from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def withheld(request: HttpRequest, slug: str, error: Exception) -> HttpResponse:
    """Show nothing of the article here, and have the desk told."""
    logger.error("%s", error)
    page = Page.objects.filter(path=f"/articles/{slug}/versions/").first()
    if page:
        withholding.report(page)
    return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    return render(request, "503.html", status=503)
