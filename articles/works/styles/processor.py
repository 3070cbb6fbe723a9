"""
References by the citation processor, as safe HTML.

The processor escapes nothing, so every string is escaped before it goes in, and what
comes out may hold four marks and no attribute.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from citeproc import (  # type: ignore[import-untyped]  # it ships no types
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import (  # type: ignore[import-untyped]  # it ships no types
    CiteProcJSON,
)

from articles.works.fragments import full_pages, rich
from articles.works.people import initials

STYLES = {"ama-csl": "american-medical-association"}
MARKS = {"i", "b", "sup", "sub"}

_FOLDER = Path(__file__).parent
_NUMBER = "1."
_NAMES = ("author", "editor", "translator", "collection-editor")
_DATES = ("issued", "accessed")
_LEFT_OUT = ("abstract", "keyword", "custom", "note", "categories", "annote")

Item = Mapping[str, Any]


def formatted(style: str, item: Item) -> str:
    """The reference without its number, in one of `STYLES`."""
    source = CiteProcJSON([_prepared(item) | {"id": "work"}])
    shelf = CitationStylesBibliography(_style(style), source, formatter.html)
    shelf.register(Citation([CitationItem("work")]))
    [entry] = shelf.bibliography()
    printed = str(entry).strip().removeprefix(_NUMBER).strip()
    return nh3.clean(printed, tags=MARKS, attributes={})


@cache
def _style(name: str) -> CitationStylesStyle:
    path = _FOLDER / f"{STYLES[name]}.csl"
    return CitationStylesStyle(str(path), validate=False)


def _prepared(item: Item) -> dict[str, Any]:
    prepared = {
        name: rich(value) if isinstance(value, str) else value
        for name, value in item.items()
        if name not in (*_LEFT_OUT, *_NAMES, *_DATES)
    }
    for name in _NAMES:
        if people := item.get(name):
            prepared[name] = [_person(person) for person in people]
    for name in _DATES:
        if parts := item.get(name, {}).get("date-parts"):
            prepared[name] = {"date-parts": parts[:1]}
    if pages := item.get("page") or item.get("number"):
        prepared["page"] = full_pages(str(pages))
    if short := item.get("container-title-short"):
        prepared["container-title-short"] = rich(str(short).replace(".", ""))
        prepared.setdefault("container-title", prepared["container-title-short"])
    return prepared


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    """With at most two initials, and a suffix without its full stop."""
    parts = {name: rich(part) for name, part in person.items() if isinstance(part, str)}
    parts.pop("ORCID", None)
    if "given" in person:
        parts["given"] = " ".join(initials(str(person["given"])))
    if "suffix" in person:
        parts["suffix"] = parts["suffix"].rstrip(".")
    return parts
