"""What a reader is told when a text is not the one that was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from editorial.actions import withholding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Version


def withheld(request: HttpRequest, version: Version) -> HttpResponse:
    """Show nothing of the article here, and have the desk told which text it is."""
    withholding.report_text(version)
    return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    return render(request, "503.html", status=503)
