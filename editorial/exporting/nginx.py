"""How nginx sends the exported files, so that readers get what the house would say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from articles.reading import sending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OF_THE_PAGE = {
    *("cache-control", "content-type", "content-length", "content-language"),
    *("vary", "etag", "last-modified", "set-cookie"),
}
SPECIAL = re.compile(r'["\\$]')


def configuration(root: Path, headers: Mapping[str, str]) -> str:
    """What is included in a `server`; the headers are those of any page of the site."""
    said = {n: _sorted(v) for n, v in headers.items() if n.lower() not in OF_THE_PAGE}
    if wrong := [name for name, value in said.items() if SPECIAL.search(value)]:
        raise ValueError(f"nginx would not repeat {wrong[0]} as it is.")
    context = {
        "root": root.resolve(),
        "headers": said,
        "static": settings.STATIC_URL,
        "kept": sending.KEPT_BY_ALL,
    }
    return render_to_string("nginx.conf", context)


def _sorted(value: str) -> str:
    """A policy's directives come in another order in each process."""
    return "; ".join(sorted(value.split("; ")))
