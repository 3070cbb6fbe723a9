"""
A reference in the style of the AMA Manual, 11th edition, as safe HTML.

Our own, because a clinician notices a wrong full stop. The item is one that
`csl.clean_item` returned; what it lacks is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from articles.works import dates, identifiers, people
from articles.works.fragments import (
    day,
    edition,
    full_pages,
    italic,
    joined,
    journal_name,
    link,
    plain,
    retraction,
    rich,
    sentence,
    text,
    volume,
)
from articles.works.shapes import Shape, shape_of

SHOWN_OF_MORE = 3
EDITORS = ("ed", "eds")

Item = Mapping[str, Any]


def ama(item: Item, *, retracted: bool = False) -> str:
    """
    The whole reference; `retracted` says so in words when no notice is named.

    A notice is `custom.retracted_in`, such as “Lancet. 2010;375(9713):445”.
    """
    return joined(
        *_LAYOUTS[shape_of(item)](item),
        sentence(retraction(item, "Retracted in", retracted=retracted)),
        *_where(item),
    )


def _journal(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(italic(journal_name(item))),
        sentence(_issue(item)),
    ]


def _book(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(italic(rich(text(item, "title")))),
        *_imprint_of_book(item),
    ]


def _chapter(item: Item) -> list[str]:
    return [
        sentence(_authors(item)),
        sentence(rich(text(item, "title"))),
        joined("In:", sentence(_editors(item))),
        sentence(italic(rich(text(item, "container-title")))),
        *_imprint_of_book(item),
    ]


def _imprint_of_book(item: Item) -> list[str]:
    number = plain(item, "volume")
    return [
        f"Vol {number}." if number else "",
        sentence(edition(item)),
        sentence(_imprint(item)),
    ]


def _report(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(italic(rich(text(item, "title")))),
        sentence(_imprint(item)),
        sentence(plain(item, "number")),
    ]


def _web(item: Item) -> list[str]:
    author = _people(item)
    site = plain(item, "container-title") or plain(item, "publisher")
    published = day(item, "issued")
    return [
        sentence(author),
        sentence(rich(text(item, "title"))),
        sentence("" if site == author else site),
        f"Published {published}." if published else "",
    ]


def _law(item: Item) -> list[str]:
    year = dates.year(item)
    source = joined(plain(item, "volume"), plain(item, "container-title"))
    return [
        sentence(rich(text(item, "title"))),
        sentence(joined(source, plain(item, "number"), plain(item, "page"), by=", ")),
        f"({year})." if year else "",
    ]


def _preprint(item: Item) -> list[str]:
    server = text(item, "container-title") or text(item, "publisher")
    posted = day(item, "issued")
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(italic(rich(server))),
        f"Preprint posted online {posted}." if posted else "Preprint.",
    ]


def _document(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(italic(rich(text(item, "container-title")))),
        sentence(_imprint(item)),
    ]


def _people(item: Item) -> str:
    return _authors(item) or _editors(item)


def _authors(item: Item) -> str:
    return people.names(item.get("author") or [], shown_of_more=SHOWN_OF_MORE)


def _editors(item: Item) -> str:
    return people.editors(item, called=EDITORS, shown_of_more=SHOWN_OF_MORE)


def _issue(item: Item) -> str:
    """`2018;391(10118):309-318`, as far as it is known."""
    numbers = volume(item)
    pages = full_pages(text(item, "page") or text(item, "number"))
    if not numbers and not pages:
        return joined("Published online", day(item, "issued")) if _dated(item) else ""
    place = joined(numbers, pages, by=":")
    return joined(str(dates.year(item) or ""), place, by=";" if numbers else ":")


def _dated(item: Item) -> bool:
    return dates.year(item) is not None


def _imprint(item: Item) -> str:
    year = str(dates.year(item) or "")
    pages = full_pages(text(item, "page")) if year else ""
    return joined(plain(item, "publisher"), joined(year, pages, by=":"), by="; ")


def _where(item: Item) -> list[str]:
    """The most lasting identifier: the DOI, else PubMed and the address."""
    if doi := identifiers.bare_doi(text(item, "DOI")):
        return [link(identifiers.doi_address(doi), f"doi:{doi}")]
    pmid = identifiers.pmid(text(item, "PMID"))
    address = identifiers.web_address(text(item, "URL"))
    accessed = day(item, "accessed")
    return [
        link(identifiers.pubmed_address(pmid), f"PMID: {pmid}") if pmid else "",
        f"Accessed {accessed}." if accessed and address else "",
        link(address, address) if address else "",
    ]


_LAYOUTS: dict[Shape, Callable[[Item], list[str]]] = {
    Shape.BOOK: _book,
    Shape.CHAPTER: _chapter,
    Shape.DOCUMENT: _document,
    Shape.JOURNAL: _journal,
    Shape.LAW: _law,
    Shape.PREPRINT: _preprint,
    Shape.REPORT: _report,
    Shape.WEB: _web,
}
