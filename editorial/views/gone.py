"""What is answered where a text was public, and was removed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from articles.models import Article
from articles.states import Standing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def or_unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is gone for good and where the notice is; else raise Http404."""
    removed = Article.objects.filter(slug=slug, standing=Standing.REMOVED).first()
    if removed is None:
        raise Http404
    context = {"article": removed}
    return render(request, "public/gone.html", context, status=HTTPStatus.GONE)
