"""BibTeX that BibLaTeX understands too, in UTF-8; capitals of titles are protected."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from articles.works.notation import latex, moments, types
from articles.works.readers import notices

_PLAIN = {
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "pages": "page",
    "edition": "edition",
    "address": "publisher-place",
    "keywords": "keyword",
    "language": "language",
    "abstract": "abstract",
}
_VERBATIM = {
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
}
_BOOKS = {"chapter", "paper-conference", "entry-encyclopedia"}
_UNSAFE = re.compile(r"[\\{}%]")
_PUBLISHERS = {"report": "institution", "thesis": "school"}


def record(key: str, item: Mapping[str, Any]) -> str:
    entry = types.TO_BIBTEX.get(item["type"], "misc")
    fields = [f"  {name} = {{{value}}}" for name, value in _fields(item) if value]
    return "\n".join([f"@{entry}{{{key},", ",\n".join(fields), "}", ""])


def _fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "author", _people(item, "author")
    yield "editor", _people(item, "editor")
    yield "translator", _people(item, "translator")
    yield "title", f"{{{latex.write(item['title'])}}}"
    for name, value in _named(item).items():
        yield name, latex.write(value)
    for name, csl in _PLAIN.items():
        yield name, latex.write(item.get(csl, ""))
    yield "doi", _UNSAFE.sub(lambda found: quote(found[0]), item.get("DOI", ""))
    for name, csl in _VERBATIM.items():
        yield name, item.get(csl, "")
    yield from _dates(item)
    yield "note", latex.write(item.get("note", ""))
    yield "addendum", latex.write(notices.of(item))


def _named(item: Mapping[str, Any]) -> dict[str, str]:
    """The fields whose names depend on the type."""
    kind = item["type"]
    is_article = kind.startswith("article")
    return {
        "entrysubtype": "" if kind in types.TO_BIBTEX else kind,
        "booktitle" if kind in _BOOKS else "journal": item.get("container-title", ""),
        _PUBLISHERS.get(kind, "publisher"): item.get("publisher", ""),
        "number" if is_article else "issue": item.get("issue", ""),
        "eid" if is_article else "number": item.get("number", ""),
    }


def _people(item: Mapping[str, Any], name: str) -> str:
    return " and ".join(map(_person, item.get(name, ())))


def _person(person: Mapping[str, Any]) -> str:
    """A group stands in braces, and so does a name that would be cut in two."""
    if not person.get("family"):
        return f"{{{latex.write(str(person.get('literal', '')))}}}"
    particle = (
        person.get("dropping-particle") or person.get("non-dropping-particle") or ""
    )
    family = f"{particle} {_kept(person['family'])}".strip()
    suffix = person.get("suffix")
    parts = [
        family,
        *([_kept(suffix)] if suffix else []),
        _kept(person.get("given", "")),
    ]
    return ", ".join(parts)


def _kept(part: str) -> str:
    written = latex.write(part)
    is_plain = part.replace(" ", "").replace("-", "").replace(".", "").isalpha()
    return written if is_plain and not _is_joined(part) else f"{{{written}}}"


def _is_joined(part: str) -> bool:
    words = part.split()
    return "and" in (word.lower() for word in words) or any(map(str.islower, words))


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`date` for BibLaTeX; the year by itself for what knows no `date`."""
    if issued := item.get("issued"):
        written = moments.write_bibtex(issued)
        yield "date", latex.write(written)
        yield "year", written[:4] if "date-parts" in issued else ""
    if accessed := item.get("accessed"):
        yield "urldate", latex.write(moments.write_bibtex(accessed))
