"""Whoever asks the site for its pages without a server, an account or a session."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

if TYPE_CHECKING:
    from typing import Any


AWAY = (
    "This part of the library does not answer at the moment; its articles do. Please"
    " come back in a few minutes."
)


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

    def finds_nobody(self) -> bytes:
        """What is said while nobody answers what is no file."""
        return render(_request("/", ""), "503.html", {"why": AWAY}).content


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
