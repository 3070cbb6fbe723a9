"""
The stored pages, sent from below Django: no middleware, no session, no template.

A reader's request costs one look-up by an index, which says whether what this process
has in memory is still the page; a deed that replaces or deletes the page is therefore
seen by the very next request, in every process. Whatever is not a stored page, or not
asked for in the ordinary way, goes on to Django.
"""

from __future__ import annotations

import io
import logging
import re
import time
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.template.loader import render_to_string

from articles.reading import sending
from articles.reading.sending import Answer, Headers, Sendable
from articles.reading.shelf import Shelf
from config.caching import NOBODY
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest

    from articles.models import Page

logger = logging.getLogger(__name__)

STORED = re.compile(r"/articles/[-\w]+[/.][-\w./]{0,180}", re.ASCII)
SAFE = ("GET", "HEAD")
STATUS = {status: f"{status.value} {status.phrase}" for status in HTTPStatus}
HOSTS = 1024
AWAY = "The library does not answer at the moment. Please come back in a few minutes."
PAUSE = "60"
"""Seconds after which whoever was sent away may ask again."""


class Kept(NamedTuple):
    """A page in memory, and what the database said of it when it was read."""

    seal: Any
    page: Sendable


class Front:
    """Answers for stored pages; `behind` it stands Django for everything else."""

    def __init__(self, behind: WSGIApplication) -> None:
        self.behind = behind
        self.always = said_by_middleware()
        self.shelf: Shelf[Kept] = Shelf(settings.PAGE_MEMORY)
        self.is_ours = lru_cache(maxsize=HOSTS)(is_ours)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if not self.is_for_us(environ):
            return self.behind(environ, start_response)
        answer = self.answer(environ)
        if answer is None:
            return self.behind(environ, start_response)
        # A copy: servers may write into what they are given.
        start_response(STATUS[answer.status], list(answer.headers))
        return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)

    def is_for_us(self, environ: WSGIEnvironment) -> bool:
        """Whether a stored page may be meant, and nothing in the request is for Django."""
        return (
            STORED.fullmatch(environ.get("PATH_INFO", "")) is not None
            and environ["REQUEST_METHOD"] in SAFE
            and self.is_ours(environ.get("HTTP_HOST", ""))
            and is_secure(environ) == settings.SECURE
        )

    def answer(self, environ: WSGIEnvironment) -> Answer | None:
        """None where nothing is stored."""
        try:
            page = self.page(environ["PATH_INFO"])
        except serving.DamagedError as damaged:
            tell(damaged.page)
            return self.unavailable()
        except Error as error:
            logger.error("No page could be looked up: %s", type(error).__name__)  # noqa: TRY400  no traceback for each reader
            return self.unavailable(AWAY)
        finally:
            give_back()
        return sending.answer(page, environ) if page else None

    def page(self, path: str) -> Sendable | None:
        """From memory while it is still the same; else proven, and kept from then on."""
        seal = patiently(serving.seal, path)
        kept = self.shelf.get(path)
        if kept and kept.seal == seal:
            return kept.page
        self.shelf.drop(path)
        found = serving.proven(path) if seal else None
        if found is None:
            return None
        page = sending.sendable(found, self.always)
        self.shelf.put(path, Kept(seal, page), page.size)
        return page

    def unavailable(self, why: str = "") -> Answer:
        body = render_to_string("503.html", {"why": why}).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", NOBODY),
            ("Retry-After", PAUSE),
            *self.always,
        ]
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, headers, body)


def said_by_middleware() -> Headers:
    """The headers that every answer of Django's carries here, from those who set them."""
    scheme = "https" if settings.SECURE else "http"
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme}
    request = WSGIRequest(environ | {"wsgi.input": io.BytesIO()})
    answer: Any = nothing
    for middleware in (XFrameOptionsMiddleware, CSPMiddleware, SecurityMiddleware):
        answer = middleware(answer)
    return [pair for pair in answer(request).items() if pair[0] != "Content-Type"]


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def is_ours(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_secure(environ: WSGIEnvironment) -> bool:
    """Whether the reader came by https, as Django sees it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if said := environ.get(name):
            return bool(said.split(",")[0].strip() == secure)
    return bool(environ["wsgi.url_scheme"] == "https")


def patiently(ask: Callable[[str], Any], path: str) -> Any:
    """Ask again by a new connection when the old one may have been lost."""
    try:
        return ask(path)
    except Error:
        if connection.in_atomic_block:
            raise
        connection.close()
        return ask(path)


def give_back() -> None:
    """Close a connection whose time is over, as Django does after its own answers."""
    mine = connections[DEFAULT_DB_ALIAS]
    if mine.in_atomic_block or mine.close_at is None:
        return
    if time.monotonic() >= mine.close_at:
        mine.close()


def tell(page: Page) -> None:
    """Alarm the desk; the reader is answered whether or not that can be done now."""
    try:
        withholding.report(page)
    except Exception:  # whatever keeps the desk from hearing, the reader gets the 503
        logger.exception("The desk was not told of the damaged page %s", page.path)
