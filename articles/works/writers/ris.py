"""RIS, with its own name for everything that it can name."""

from collections.abc import Iterator, Mapping
from typing import Any

from articles.works.notation import moments, names, types
from articles.works.readers import notices

_LINE = "{}  - {}\r\n"
_PLAIN = {
    "TI": "title",
    "J2": "container-title-short",
    "T3": "collection-title",
    "ST": "title-short",
    "VL": "volume",
    "IS": "issue",
    "C7": "number",
    "NV": "number-of-volumes",
    "SE": "section",
    "PB": "publisher",
    "CY": "publisher-place",
    "ET": "edition",
    "AB": "abstract",
    "LA": "language",
    "DO": "DOI",
    "UR": "URL",
    "AN": "PMID",
    "C2": "PMCID",
    "N1": "note",
}
_PEOPLE = {
    "AU": "author",
    "A2": "editor",
    "A3": "collection-editor",
    "A4": "translator",
}
_IN_SERIES = {"book", "report", "thesis"}  # where T2 names the series


def record(key: str, item: Mapping[str, Any]) -> str:
    rows = [*((tag, value) for tag, value in _rows(key, item) if value), ("ER", "")]
    return "".join(_LINE.format(tag, value) for tag, value in rows)


def _rows(key: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    code = types.TO_RIS.get(item["type"], "GEN")
    yield "TY", code
    yield "ID", key
    if item["type"] not in types.TO_RIS:
        yield "M3", item["type"]
    for tag, name in _PEOPLE.items():
        yield from ((tag, names.write_name(person)) for person in item.get(name, ()))
    yield "JF" if item["type"] in _IN_SERIES else "T2", item.get("container-title", "")
    yield from ((tag, item.get(name, "")) for tag, name in _PLAIN.items())
    yield from _dates(item)
    yield from _pages(item.get("page", ""))
    yield from (("SN", number) for number in _standard(item))
    yield from (("KW", word) for word in item.get("keyword", "").split("; "))
    yield "N1", notices.of(item)


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if issued := item.get("issued"):
        yield "PY", moments.write_iso(issued)[:4] if "date-parts" in issued else ""
        yield "DA", moments.write_slashed(issued)
    if accessed := item.get("accessed"):
        yield "Y2", moments.write_slashed(accessed)


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """First and last page; what is no plain range stands whole."""
    first, _, last = pages.partition("-")
    if last and "-" not in last and f"{first}-{last}" == pages and first != last:
        yield "SP", first
        yield "EP", last
    else:
        yield "SP", pages


def _standard(item: Mapping[str, Any]) -> list[str]:
    return [
        number
        for name in ("ISBN", "ISSN")
        for number in item.get(name, "").split(", ")
        if number
    ]
