"""
What is sent for a stored page: in which form, with which headers, and whether at all.

Pure: a row and the headers of a request go in, an answer comes out; no query, and no
request of Django's, so that the layer below it and a view answer alike.
"""

from __future__ import annotations

import gzip
import re
import time
import zlib
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.http import http_date, parse_etags, parse_http_date_safe

from articles.canonical import sha256_hex

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from articles.models import Article

Headers = list[tuple[str, str]]

KEPT_BY_ALL = "public, max-age=0, must-revalidate"
"""Any cache may hold it and asks each time whether it is still the same."""

ONLY_WITH_BYTES = {"Content-Type", "Content-Length", "Content-Encoding", "X-Robots-Tag"}
AROUND = 4096
"""Bytes that a page takes beside its own."""
COARSE = 1.0
"""Seconds that a date in a header cannot tell apart."""

CODING = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q=([01](?:\.\d*)?))?\s*")


class Stored(Protocol):
    """Bytes that were built to be sent, and what is said of them."""

    @property
    def article(self) -> Article: ...
    @property
    def content_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def indexable(self) -> bool: ...
    @property
    def built_at(self) -> dt.datetime: ...
    @property
    def body(self) -> bytes | memoryview: ...
    @property
    def gzipped(self) -> bytes | memoryview: ...


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send a page; `unchanged` is what is said to who has it already."""

    body: bytes
    etag: str
    headers: Headers
    unchanged: Headers


@dataclass(frozen=True, slots=True)
class Sendable:
    """A page in its forms; the time it was built tells which dates are good."""

    plain: Form
    gzipped: Form | None
    built: float

    @property
    def size(self) -> int:
        """The bytes it takes in memory, about."""
        forms = [form for form in (self.plain, self.gzipped) if form]
        return AROUND + sum(len(form.body) for form in forms)


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    headers: Headers
    body: bytes = b""


def compressed(body: bytes) -> bytes:
    """As gzip, without the time, so that the same page stays the same bytes."""
    return gzip.compress(body, mtime=0)


def is_whole(page: Stored) -> bool:
    """Whether both forms that are stored are the bytes that were built."""
    body, gzipped = bytes(page.body), bytes(page.gzipped)
    if sha256_hex(body) != page.sha256:
        return False
    return not gzipped or _unpacked(gzipped, limit=len(body) + 1) == body


def _unpacked(gzipped: bytes, *, limit: int) -> bytes | None:
    """At most `limit` bytes of it: what was forged may unpack to anything."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = reader.decompress(gzipped, limit)
    except zlib.error:
        return None
    return found if reader.eof and not reader.unused_data else None


def sendable(page: Stored, also: Sequence[tuple[str, str]] = ()) -> Sendable:
    """The page with everything that is said of it, and what is `also` said of all."""
    body, gzipped = bytes(page.body), bytes(page.gzipped)
    shared = [
        ("Content-Type", page.content_type),
        ("Last-Modified", http_date(page.built_at.timestamp())),
        ("Cache-Control", KEPT_BY_ALL),
        ("Vary", "Accept-Encoding"),
        ("Surrogate-Key", f"article-{page.article.slug}"),
        *([] if page.indexable else [("X-Robots-Tag", "noindex")]),
        *also,
    ]
    return Sendable(
        plain=_form(body, f'"{page.sha256}"', shared),
        gzipped=_form(
            gzipped,
            f'"{page.sha256}-gzip"',
            [*shared, ("Content-Encoding", "gzip")],
        )
        if gzipped
        else None,
        built=page.built_at.timestamp(),
    )


def _form(body: bytes, etag: str, shared: Headers) -> Form:
    headers = [*shared, ("ETag", etag), ("Content-Length", str(len(body)))]
    unchanged = [pair for pair in headers if pair[0] not in ONLY_WITH_BYTES]
    return Form(body, etag, headers, unchanged)


def answer(page: Sendable, asked: Mapping[str, Any]) -> Answer:
    """The answer to a request, whose headers are named as in WSGI."""
    form = page.plain
    if page.gzipped and takes_gzip(asked.get("HTTP_ACCEPT_ENCODING", "")):
        form = page.gzipped
    # Built within the second, it may be built again in the same: no date tells the two.
    is_dated = time.time() >= int(page.built) + COARSE
    built = int(page.built) if is_dated else None
    match status := _status(form.etag, built, asked):
        case HTTPStatus.OK:
            found = Answer(status, form.headers, form.body)
        case HTTPStatus.NOT_MODIFIED:
            found = Answer(status, form.unchanged)
        case _:
            return Answer(status, [*form.unchanged, ("Content-Length", "0")])
    return found if is_dated else _undated(found)


def _undated(found: Answer) -> Answer:
    headers = [pair for pair in found.headers if pair[0] != "Last-Modified"]
    return Answer(found.status, headers, found.body)


def _status(etag: str, built: int | None, asked: Mapping[str, Any]) -> HTTPStatus:
    """What the conditions of a request come to, in the order of RFC 9110, 13.2.2."""
    if not _may_go_on(etag, built, asked):
        return HTTPStatus.PRECONDITION_FAILED
    if known := asked.get("HTTP_IF_NONE_MATCH"):
        return _unless(known == etag or _is_among(etag, known))
    if after := asked.get("HTTP_IF_MODIFIED_SINCE"):
        return _unless(_is_no_later(built, after))
    return HTTPStatus.OK


def _may_go_on(etag: str, built: int | None, asked: Mapping[str, Any]) -> bool:
    """Whether the page is the very one that the request is about, where it says so."""
    if wanted := asked.get("HTTP_IF_MATCH"):
        return bool({etag, "*"} & set(parse_etags(wanted)))
    before = asked.get("HTTP_IF_UNMODIFIED_SINCE")
    return not before or _is_no_later(built, before)


def _unless(is_known: bool) -> HTTPStatus:  # noqa: FBT001  the question is in the name
    return HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK


def _is_no_later(built: int | None, date: str) -> bool:
    since = parse_http_date_safe(date)
    return since is not None and built is not None and built <= since


def _is_among(etag: str, known: str) -> bool:
    """Whether it is one of the reader's, be it weakened on the way."""
    return bool({etag, f"W/{etag}", "*"} & set(parse_etags(known)))


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether a value of Accept-Encoding lets gzip through."""
    found = (CODING.fullmatch(part) for part in accepted.lower().split(","))
    weights = {each[1]: float(each[2] or 1) for each in found if each}
    return weights.get("gzip", weights.get("*", 0)) > 0
