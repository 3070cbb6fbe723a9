"""One small answer from one known host: in time, in bounds, and from nowhere else."""

from __future__ import annotations

import time
from http import HTTPStatus
from http.client import HTTPException
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

if TYPE_CHECKING:
    from http.client import HTTPMessage, HTTPResponse

TIMEOUT = 5.0
MAX_ANSWER = 1_000_000
_CHUNK = 16_384


class NotLookedUp(Exception):
    """Why there is no answer, in a sentence."""


class _SameHost(HTTPRedirectHandler):
    """Follows an answer that points elsewhere only on the same scheme and host."""

    def redirect_request(  # noqa: PLR0917  # the library calls it so
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise NotLookedUp(
                f"{req.host} points to another place; it was not followed."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, *, agent: str, timeout: float = TIMEOUT) -> bytes | None:
    """
    The answer's bytes, or None where there is nothing under this address.

    Raises NotLookedUp for everything else: no answer in time, too long an answer, an
    error over there, a way to another host.
    """
    host = urlsplit(address).hostname or ""
    request = Request(address, headers={"User-Agent": agent})  # noqa: S310  # ours
    until = time.monotonic() + timeout
    try:
        with _opener().open(request, timeout=timeout) as answer:
            return _read(answer, host, until)
    except HTTPError as error:
        with error:
            _refuse_unless_absent(error.code, host)
        return None
    except TimeoutError:
        raise NotLookedUp(f"{host} did not answer in time.") from None
    except (URLError, OSError, HTTPException, ValueError):
        raise NotLookedUp(f"{host} cannot be reached.") from None


def _opener() -> OpenerDirector:
    """With no way to files, to FTP or to data addresses."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        _SameHost(),
    ):
        opener.add_handler(handler)
    return opener


def _read(answer: HTTPResponse, host: str, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_ANSWER:
            raise NotLookedUp(f"{host} sends more than a record can be.")
        if time.monotonic() > until:
            raise NotLookedUp(f"{host} did not answer in time.")
    return b"".join(parts)


def _refuse_unless_absent(code: int, host: str) -> None:
    if code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST}:
        return
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        raise NotLookedUp(f"{host} asks us to wait; try again in a minute.")
    raise NotLookedUp(f"{host} answers with error {code}.")
