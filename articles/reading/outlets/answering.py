"""Answers that any cache may hold and asks about again, by the hash of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from articles.canonical import sha256_hex
from articles.reading.built import HTML
from articles.reading.sending import KEPT_BY_ALL

if TYPE_CHECKING:
    from django.http import HttpRequest


def answer(request: HttpRequest, body: bytes, media_type: str) -> HttpResponse:
    """The body, or 304 for who has it already."""
    etag = f'"{sha256_hex(body)}"'
    headers = {"ETag": etag, "Cache-Control": KEPT_BY_ALL}
    response = HttpResponse(body, content_type=media_type, headers=headers)
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response


def drawn(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The same of a page that is the same for everybody."""
    return answer(request, render(request, template, context).content, HTML)
