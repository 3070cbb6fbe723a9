"""The list of references in JATS, each work taken apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from articles.reading.elsewhere.jats.elements import (
    Element,
    Part,
    element,
    filled,
    group,
    link,
    named,
    optional,
)
from articles.reading.elsewhere.wording import MARKED
from articles.works import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from articles.reading.text import Reference

_KINDS = {
    "article-journal": "journal",
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
    "article": "preprint",
    "book": "book",
    "chapter": "book",
    "dataset": "data",
    "legislation": "legal",
    "paper-conference": "confproc",
    "patent": "patent",
    "regulation": "legal",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "web",
}
_IN_A_BOOK = {"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
_MARKS = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub"}
_RANGE = re.compile(r"(\w+)[-\u2013](\w+)", re.ASCII)
_PLAIN = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher-name": "publisher",
    "publisher-loc": "publisher-place",
    "issn": "ISSN",
    "isbn": "ISBN",
}


def listed(references: tuple[Reference, ...]) -> Element | None:
    rows = (_row(number, row) for number, row in enumerate(references, start=1))
    return group("ref-list", rows)


def _row(number: int, reference: Reference) -> Element:
    cited = element(
        "element-citation",
        *_parts(reference.csl),
        *_retracted(reference),
        publication_type=_KINDS.get(reference.csl["type"], "other"),
        specific_use=reference.kind,
    )
    return element("ref", element("label", str(number)), cited, id=f"r{number}")


def _parts(csl: Mapping[str, Any]) -> Iterator[Element | None]:
    for role in ("author", "editor"):
        people = [_person(person) for person in csl.get(role, ())]
        yield group("person-group", people, person_group_type=role)
    yield from _titles(csl)
    yield from _date(csl)
    for tag, name in _PLAIN.items():
        yield optional(tag, csl.get(name))
    yield from _pages(csl)
    for kind, name in (("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID")):
        yield optional("pub-id", csl.get(name), pub_id_type=kind)
    if url := csl.get("URL"):
        yield link(url, url)


def _titles(csl: Mapping[str, Any]) -> Iterator[Element | None]:
    container = csl.get("container-title")
    if csl["type"] == "book":
        yield _titled("source", csl["title"])
        return
    yield _titled(
        "chapter-title" if csl["type"] in _IN_A_BOOK else "article-title", csl["title"]
    )
    yield _titled("source", container) if container else None


def _titled(tag: str, title: str) -> Element:
    return filled(element(tag), _rich(title))


def _rich(words: str) -> Iterator[Part]:
    at = 0
    for found in MARKED.finditer(words):
        yield words[at : found.start()]
        yield filled(element(_MARKS[found[1]]), _rich(found[2]))
        at = found.end()
    yield words[at:]


def _person(person: Mapping[str, Any]) -> Element:
    if not person.get("family"):
        return element("collab", str(person.get("literal", "")))
    return named(person)


def _date(csl: Mapping[str, Any]) -> Iterator[Element | None]:
    year, month, day = dates.known(csl, "issued")
    if year is None:
        return
    known = [f"{part:02}" for part in (month, day) if part]
    yield optional("day", day and f"{day:02}")
    yield optional("month", month and f"{month:02}")
    iso = "-".join([f"{year:04}", *known])
    yield element("year", str(year), iso_8601_date=iso)


def _pages(csl: Mapping[str, Any]) -> Iterator[Element | None]:
    pages = csl.get("page", "")
    if found := _RANGE.fullmatch(pages):
        yield element("fpage", found[1])
        yield element("lpage", found[2])
    elif pages:
        yield element("fpage" if pages.isdigit() else "page-range", pages)
    yield optional("elocation-id", csl.get("number"))


def _retracted(reference: Reference) -> Iterator[Element]:
    if reference.retracted_on:
        on = reference.retracted_on.isoformat()
        yield element("comment", f"Retracted on {on}.")
