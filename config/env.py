"""Typed readers of the environment. A malformed value ends the start in one sentence."""

import datetime as dt
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
HEX_KEY = re.compile(r"[0-9a-f]{64}")


class Malformed(Exception):
    """Says in one sentence which variable is wrong, how, and what would be right."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}; {remedy}.")


def string(name: str, default: str = "") -> str:
    """Return the value, or the default where it is unset, empty or only blanks."""
    return os.environ.get(name, "").strip() or default


def integer(name: str, default: int, *, least: int, most: int) -> int:
    text = string(name, str(default))
    if not re.fullmatch(r"[0-9]{1,18}", text) or not least <= int(text) <= most:
        remedy = f"use a whole number from {least} to {most}, such as {default}"
        raise Malformed(name, f"is {text!r}", remedy)
    return int(text)


def boolean(name: str, *, default: bool = False) -> bool:
    text = string(name, "1" if default else "0").lower()
    if text not in TRUE | FALSE:
        raise Malformed(name, f"is {text!r}", "use 1 or 0")
    return text in TRUE


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    text = string(name, default).lower()
    if text not in among:
        raise Malformed(name, f"is {text!r}", f"use {' or '.join(among)}")
    return text


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Read a list whose items are separated by commas."""
    text = string(name)
    found = [word.strip() for word in text.split(",")] if text else list(default)
    if not all(re.fullmatch(r"\S+", word) for word in found):
        raise Malformed(name, "has an empty or broken item", "write a,b,c")
    return found


def site(name: str, default: str) -> str:
    """Read the address of a site: scheme and host, nothing after them."""
    url = address(name, string(name, default))
    whole = url.scheme in {"http", "https"} and url.hostname
    if not whole or url.path.strip("/") or url.query or url.fragment or url.username:
        remedy = "use scheme and host alone, such as https://example.org"
        raise Malformed(name, "is not the address of a site", remedy)
    return f"{url.scheme}://{url.netloc}"


def mailbox(name: str) -> str:
    """Read the e-mail address of somebody, or nothing."""
    text = string(name)
    if text and not re.fullmatch(r"[!-?A-~]+@[0-9A-Za-z.-]+", text):
        raise Malformed(name, "is no e-mail address", "use one such as me@example.org")
    return text


def sender(name: str, default: str) -> str:
    """Read the address mail comes from, which may stand behind a name."""
    text = string(name, default)
    if not re.fullmatch(r"[^\s@]+@([^\s@.]+\.)*[^\s@.]+", parseaddr(text)[1]):
        remedy = "use one such as The Desk <desk@example.org>"
        raise Malformed(name, "is no e-mail address", remedy)
    return text


def day(name: str) -> dt.date | None:
    """Read a day of the calendar as 2026-11-20."""
    text = string(name)
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Malformed(name, f"is {text!r}", "write a day as 2026-11-20") from error


def hex_key(name: str) -> str | None:
    """Read 32 bytes written as 64 hexadecimal characters; never echo them."""
    text = string(name).lower()
    if not text:
        return None
    if not HEX_KEY.fullmatch(text):
        raise Malformed(name, "is not a key", "use 64 hexadecimal characters")
    return text


def hex_keys(name: str) -> list[str]:
    keys = [word.lower() for word in words(name)]
    if not all(HEX_KEY.fullmatch(key) for key in keys):
        remedy = "use 64 hexadecimal characters each, separated by commas"
        raise Malformed(name, "has an item that is not a key", remedy)
    return keys


def address(name: str, text: str) -> SplitResult:
    """Split a URL, without ever repeating it: it may hold a password."""
    try:
        url = urlsplit(text)
        _ = url.port, url.hostname
    except ValueError as error:
        remedy = "check its host, port and brackets"
        raise Malformed(name, "cannot be read as a URL", remedy) from error
    return url


@contextmanager
def one_sentence() -> Iterator[None]:
    """End the process with the sentence alone, where a value is malformed."""
    try:
        yield
    except Malformed as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
