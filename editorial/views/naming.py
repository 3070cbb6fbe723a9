"""References by what people know them by, where two texts of a draft are compared."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from articles.content.citations import MARKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from re import Match

REFERENCES = "references"


def items(text: str) -> list[dict[str, Any]]:
    """What a field of references holds, as far as it can be read."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    found = found if isinstance(found, list) else [found]
    return [item for item in found if isinstance(item, dict)]


def names(*lists: str) -> dict[str, str]:
    """A name for every key: first author and year, or the title where two share them."""
    known = {str(item.get("id")): item for text in lists for item in items(text)}
    short = {key: _short(item) for key, item in known.items()}
    taken = list(short.values())
    return {
        key: name if name and taken.count(name) == 1 else _title(known[key])
        for key, name in short.items()
    }


def shown(name: str, text: str, called: Mapping[str, str]) -> str:
    """A field's text as it is compared: a block for each reference or paragraph."""
    if name == REFERENCES:
        return "".join(f"<p>{_line(item)}</p>" for item in items(text))

    def marked(found: Match[str]) -> str:
        return f" [{escape(_listed(found[1].split(), called))}]"

    return MARKED.sub(marked, text)


def _listed(keys: Iterable[str], called: Mapping[str, str]) -> str:
    return "; ".join(called.get(key) or "?" for key in keys)


def _short(item: Mapping[str, Any]) -> str:
    people = item.get("author")
    first = people[0] if isinstance(people, list) and people else None
    person = first if isinstance(first, dict) else {}
    name = person.get("family") or person.get("literal")
    year = (_date(item) or [""])[0]
    return f"{name} {year}".strip() if name else ""


def _title(item: Mapping[str, Any]) -> str:
    return str(item.get("title") or "a work without a title")


def _date(item: Mapping[str, Any]) -> list[Any]:
    issued = item.get("issued")
    dates = issued.get("date-parts") if isinstance(issued, dict) else None
    date = dates[0] if isinstance(dates, list) and dates else None
    return date if isinstance(date, list) else []


def _line(item: Mapping[str, Any]) -> str:
    """A reference in one line."""
    parts = (item.get("title") or item.get("id"), item.get("DOI"), _date(item))
    return escape(", ".join(str(part) for part in parts if part))
