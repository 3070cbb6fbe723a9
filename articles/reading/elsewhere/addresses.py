"""Whole addresses, as machines ask for them, and names that outlive an address."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

NAMED_SINCE = 2026
"""The year in which the names below were first given; see RFC 4151."""


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def path_of(slug: str) -> str:
    return f"/articles/{slug}/"


def article(slug: str) -> str:
    return whole(path_of(slug))


def version(slug: str, number: int) -> str:
    return f"{article(slug)}versions/{number}/"


def notice_path(slug: str, number: int) -> str:
    return f"/articles/{slug}/notices/{number}/"


def notice(slug: str, number: int) -> str:
    return whole(notice_path(slug, number))


def file_path(slug: str, suffix: str) -> str:
    """`suffix` is `.json` or the like."""
    return f"/articles/{slug}{suffix}"


def file(slug: str, suffix: str) -> str:
    return whole(file_path(slug, suffix))


def rendition(slug: str, audience: str, main: str) -> str:
    return article(slug) + ("" if audience == main else f"for/{audience}/")


def tag(slug: str) -> str:
    """What the article is called wherever it is served from: a tag URI."""
    return tag_of(f"articles/{slug}")


def tag_of(name: str) -> str:
    return f"tag:{host()},{NAMED_SINCE}:{name}"
