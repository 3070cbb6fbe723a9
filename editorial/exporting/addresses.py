"""Which file stands for an address, and which addresses a page leads to."""

from __future__ import annotations

import re

PLAIN = re.compile(r"/(?:\w[-\w.]*/)*(?:\w[-\w.]*|\?page=[1-9]\d{0,8})?", re.ASCII)
LINK = re.compile(rb'\s(?:href|src)="([^"#]*)["#]')


def file_of(address: str) -> str:
    """The file that nginx looks for; `?page=2` has one beside the first page's."""
    if not PLAIN.fullmatch(address):
        raise ValueError(f"No file can stand for {address!r}.")
    path, _, query = address[1:].partition("?")
    if path and not path.endswith("/"):
        return path
    return f"{path}{query.replace('=', '-') or 'index'}.html"


def linked(here: str, body: bytes) -> set[str]:
    """The addresses on this site that files can stand for."""
    path = here.partition("?")[0]
    links = {link.decode(errors="replace") for link in LINK.findall(body)}
    full = {path + link if link.startswith("?") else link for link in links}
    return {address for address in full if PLAIN.fullmatch(address)}
