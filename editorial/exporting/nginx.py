"""How nginx sends the exported files, so that readers get what the house would say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from articles.reading import sending
from articles.reading.built import JSON
from articles.reading.elsewhere import files
from articles.works.writing import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OF_THE_PAGE = {
    *("cache-control", "content-type", "content-length", "content-language"),
    *("vary", "etag", "last-modified", "set-cookie"),
}
SPECIAL = re.compile(r'["\\$]')
FOR_EVER = "public, max-age=315360000, immutable"
TYPES = {
    **{
        re.escape(end): f"{KINDS[form].media_type}; charset=utf-8"
        for end, form in files.CITED.items()
    },
    r"\.json": JSON,
    r"\.xml": files.XML,
    r"\.pdf": "application/pdf",
}
"""What the files of an article are, by how their addresses end; the longer end first."""


def configuration(root: Path, headers: Mapping[str, str], program: str) -> str:
    """
    What is included in a `server`; the headers are those of any page of the site.

    At the address `program` is asked what is no file: searches, reports, the desk.
    """
    said = {n: _sorted(v) for n, v in headers.items() if n.lower() not in OF_THE_PAGE}
    if wrong := [name for name, value in said.items() if SPECIAL.search(value)]:
        raise ValueError(f"nginx would not repeat {wrong[0]} as it is.")
    context = {
        "root": root.resolve(),
        "headers": said,
        "static": settings.STATIC_URL,
        "kept": sending.KEPT_BY_ALL,
        "for_ever": FOR_EVER,
        "files": TYPES,
        "program": program,
    }
    return render_to_string("nginx.conf", context)


def _sorted(value: str) -> str:
    """A policy's directives come in another order in each process."""
    return "; ".join(sorted(value.split("; ")))
