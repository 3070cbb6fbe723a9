"""Whoever asks the site for its pages without a server, an account or a session."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpResponse
from django.urls import is_valid_path
from django.views.defaults import page_not_found

if TYPE_CHECKING:
    from typing import Any


class Visitor:
    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def get(self, address: str) -> HttpResponse:
        path, _, query = address.partition("?")
        return cast("HttpResponse", self.handler.get_response(_request(path, query)))

    def finds(self, address: str) -> bytes | None:
        """The page there, if there is one that anybody may keep."""
        if not is_valid_path(address.partition("?")[0]):
            return None
        answer = self.get(address)
        is_for_all = "public" in answer.get("Cache-Control", "")
        if answer.status_code != HTTPStatus.OK or not is_for_all or answer.streaming:
            return None
        return answer.content

    def finds_nothing(self) -> bytes:
        """What is said where there is no page."""
        return page_not_found(_request("/", ""), Http404()).content


def _request(path: str, query: str) -> WSGIRequest:
    """A request as it comes to the address that the house has in public."""
    site = urlsplit(settings.SITE_URL)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
    if settings.SECURE and settings.SECURE_PROXY_SSL_HEADER:
        environ |= [settings.SECURE_PROXY_SSL_HEADER]
    return WSGIRequest(environ)
