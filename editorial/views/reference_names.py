"""References by what people know them by, where two texts of a draft are compared."""

from __future__ import annotations

import json
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from articles.content.citations import MARKED
from articles.works import dates
from articles.works.ama import ama
from articles.works.csl import clean_item
from editorial.drafts_history import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from re import Match


def items(text: str) -> list[dict[str, Any]]:
    """What a field of references holds, as far as it can be read."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    found = found if isinstance(found, list) else [found]
    return [item for item in found if isinstance(item, dict)]


def names(*lists: str) -> dict[str, str]:
    """A name for every key: first author and year, else the title; none has two."""
    known = {str(item.get("id")): item for text in lists for item in items(text)}
    short = {key: _short(item) for key, item in known.items()}
    taken = Counter(short.values())
    return _numbered(
        (key, name if name and taken[name] == 1 else _title(known[key]))
        for key, name in short.items()
    )


def shown(name: str, text: str, called: Mapping[str, str]) -> str:
    """A field's text as it is compared: a block for each reference or paragraph."""
    if name == REFERENCES:
        return "".join(f"<p>{_line(item)}</p>" for item in items(text))

    def marked(found: Match[str]) -> str:
        return f" [{escape(_listed(found[1].split(), called))}]"

    return MARKED.sub(marked, text)


def _listed(keys: Iterable[str], called: Mapping[str, str]) -> str:
    return "; ".join(called.get(key) or "?" for key in keys)


def _numbered(called: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The same by key; those of one name are numbered."""
    pairs = list(called)
    often, before = Counter(name for _, name in pairs), Counter[str]()
    found = {}
    for key, name in pairs:
        before[name] += 1
        found[key] = f"{name} ({before[name]})" if often[name] > 1 else name
    return found


def _short(raw: Mapping[str, Any]) -> str:
    item = clean_item(raw).item or {}
    first = (item.get("author") or [{}])[0]
    name = first.get("family") or first.get("literal")
    return f"{name} {dates.year(item) or ''}".strip() if name else ""


def _title(raw: Mapping[str, Any]) -> str:
    return str(raw.get("title") or "a work without a title")


def _line(raw: Mapping[str, Any]) -> str:
    """A reference as readers see it, or what there is of it."""
    item = clean_item(raw).item
    return ama(item) if item else escape(_title(raw))
