"""
A cache that many readers share, as a house may put one in front.

It keeps what any cache may keep, for as long as it may, and asks the house afterwards
whether that still holds. A test reads in `told` what became of each request.
"""

from __future__ import annotations

import http.client
import re
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FETCHED, HOLDS, UNASKED, PASSED = "fetched", "holds", "unasked", "passed"
"""New from the house; the house says it still holds; the house was not asked; not kept."""

OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length"}
AGE = re.compile(r"(?:s-maxage|max-age)=(\d+)")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    def said(self, name: str) -> str:
        return next((v for n, v in self.headers if n.lower() == name), "")

    @property
    def is_for_all(self) -> bool:
        return (
            self.status == HTTPStatus.OK
            and "public" in self.said("cache-control")
            and not self.said("set-cookie")
        )

    @property
    def is_fresh(self) -> bool:
        age = AGE.search(self.said("cache-control"))
        return age is not None and time.monotonic() - self.at < int(age[1])


class SharedCache:
    def __init__(self, house: str, url: str = "") -> None:
        self.house = urlsplit(house).netloc
        self.url = url
        self.told: defaultdict[str, list[str]] = defaultdict(list)
        self._kept: dict[tuple[str, str], Answer] = {}

    def answer(
        self, method: str, path: str, asked: Mapping[str, str], body: bytes
    ) -> Answer:
        if method != "GET":
            return self._ask(method, path, asked, body)
        known = asked.get("If-None-Match")
        found = self._found(path, asked)
        if known and known == found.said("etag"):
            return Answer(HTTPStatus.NOT_MODIFIED, found.headers, b"")
        return found

    def _found(self, path: str, asked: Mapping[str, str]) -> Answer:
        name = path, asked.get("Accept-Encoding", "")
        kept = self._kept.get(name)
        if kept and kept.is_fresh:
            self.told[path].append(UNASKED)
            return kept
        condition = {"If-None-Match": kept.said("etag")} if kept else {}
        given = {n: v for n, v in asked.items() if not n.lower().startswith("if-")}
        found = self._ask("GET", path, given | condition)
        if kept and found.status == HTTPStatus.NOT_MODIFIED:
            self.told[path].append(HOLDS)
            return kept
        self._kept.pop(name, None)
        if found.is_for_all:
            self._kept[name] = found
        self.told[path].append(FETCHED if found.is_for_all else PASSED)
        return found

    def _ask(
        self, method: str, path: str, asked: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        house = http.client.HTTPConnection(self.house, timeout=30)
        try:
            house.request(method, path, body or None, dict(asked))
            found = house.getresponse()
            return Answer(found.status, found.getheaders(), found.read())
        finally:
            house.close()


@contextmanager
def before(house: str) -> Iterator[SharedCache]:
    """A shared cache in front of a house, at an address of its own."""
    cache = SharedCache(house)

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in OF_THE_CONNECTION
            }
            self._send(cache.answer(self.command, self.path, asked, body))

        do_POST = do_GET  # noqa: N815  so the server calls it

        def log_message(self, *_said: object) -> None:
            """Say nothing: the test knows what it asked."""

        def _send(self, answer: Answer) -> None:
            self.send_response_only(answer.status)
            for name, value in answer.headers:
                if name.lower() not in OF_THE_CONNECTION:
                    self.send_header(name, value)
            if answer.status != HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    server = ThreadingHTTPServer(("localhost", 0), Door)
    server.daemon_threads = True
    cache.url = f"http://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield cache
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
