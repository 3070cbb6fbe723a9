"""Printed references as plain text, for a letter or another program."""

from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags


def words(html: str) -> str:
    """A printed reference without its markup."""
    return unescape(strip_tags(html))


def numbered(printed: Iterable[str]) -> str:
    """One reference a line, each after its number."""
    return "".join(
        f"{number}. {words(html)}\n" for number, html in enumerate(printed, start=1)
    )
