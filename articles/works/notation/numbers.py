"""Pages, book and journal numbers as they come: several at once, shortened, labelled."""

import re
from typing import NamedTuple

from articles.works import identifiers

_RANGE = re.compile(r"\b([A-Za-z]*)([0-9]+)-([0-9]+)\b(?!-)")
_DASHES = re.compile(r"\s*(?:--+|[\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}])\s*")
_STANDARD = re.compile(
    r"(?<![0-9X-])(?:97[89](?:[- ]?[0-9]){10}|[0-9](?:[- ]?[0-9]){8}[- ]?[0-9X]"
    r"|[0-9]{4}-?[0-9]{3}[0-9X])(?![0-9X-])",
    re.IGNORECASE,
)


class Standard(NamedTuple):
    isbn: str
    issn: str


def read_pages(text: str) -> str:
    """Hyphens for dashes, and the whole last page: `6913-7` is `6913-6917`."""
    plain = _DASHES.sub("-", " ".join(text.split()))
    return _RANGE.sub(_whole_range, plain)


def read_standard(texts: list[str]) -> Standard:
    """The book and journal numbers that pass their check, each once."""
    found = [number for text in texts for number in _STANDARD.findall(text)]
    books = filter(None, map(identifiers.isbn, found))
    journals = filter(None, map(identifiers.issn, found))
    return Standard(_listed(books), _listed(journals))


def _listed(numbers: "filter[str]") -> str:
    return ", ".join(dict.fromkeys(numbers))


def _whole_range(found: re.Match[str]) -> str:
    prefix, first, last = found.groups()
    if len(last) >= len(first):
        return found[0]
    return f"{prefix}{first}-{prefix}{first[: -len(last)]}{last}"
