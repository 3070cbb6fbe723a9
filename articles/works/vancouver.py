"""
A reference in the style of Vancouver, as indexes and the ICMJE show it, as safe HTML.

The sibling of `ama`, from the same pieces; what the item lacks is left out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from articles.works import dates, identifiers, people
from articles.works.fragments import (
    edition,
    full_pages,
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

SHOWN_OF_MORE = 6
EDITORS = ("editor", "editors")

Item = Mapping[str, Any]

_WITH_ADDRESS = {Shape.DOCUMENT, Shape.LAW, Shape.REPORT, Shape.WEB}
_RANGE = re.compile(r"([0-9]+)-([0-9]+)")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def vancouver(item: Item, *, retracted: bool = False) -> str:
    """
    The whole reference; `retracted` says so in words when no notice is named.

    A notice is `custom.retracted_in`, such as “Lancet. 2010 Feb 6;375(9713):445”.
    """
    return joined(
        *_LAYOUTS[shape_of(item)](item),
        *_where(item),
        sentence(retraction(item, "Retraction in", retracted=retracted)),
    )


def short_pages(pages: str) -> str:
    """Without the digits that both ends share: `309-318` is `309-18`."""
    whole = full_pages(pages)
    found = _RANGE.fullmatch(whole)
    if not found or len(found[1]) != len(found[2]) or found[1] == found[2]:
        return whole
    first, last = found.groups()
    common = next(place for place, digit in enumerate(last) if digit != first[place])
    return f"{first}-{last[common:]}"


def _journal(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(journal_name(item)),
        sentence(_issue(item)),
    ]


def _book(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        *_imprint_of_book(item),
    ]


def _chapter(item: Item) -> list[str]:
    return [
        sentence(_authors(item)),
        sentence(rich(text(item, "title"))),
        joined("In:", sentence(_editors(item))),
        sentence(rich(text(item, "container-title"))),
        *_imprint_of_book(item),
    ]


def _imprint_of_book(item: Item) -> list[str]:
    number, pages = plain(item, "volume"), text(item, "page")
    return [
        sentence(edition(item)),
        f"Vol. {number}." if number else "",
        sentence(_imprint(item, str(dates.year(item) or ""))),
        f"p. {short_pages(pages)}." if pages else "",
    ]


def _report(item: Item) -> list[str]:
    number = plain(item, "number")
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(_imprint(item, _day(item, "issued"))),
        f"Report No.: {number}." if number else "",
        *_address(item),
    ]


def _web(item: Item) -> list[str]:
    published = joined(_day(item, "issued"), _cited(item))
    return [
        sentence(_people(item)),
        f"{rich(text(item, 'title'))} [Internet].",
        sentence(_imprint(item, published, site=plain(item, "container-title"))),
        *_address(item),
    ]


def _law(item: Item) -> list[str]:
    source = joined(plain(item, "volume"), plain(item, "container-title"))
    year = str(dates.year(item) or "")
    parts = (source, plain(item, "number"), plain(item, "page"), year)
    return [
        sentence(rich(text(item, "title"))),
        sentence(joined(*parts, by=", ")),
        *_address(item),
    ]


def _preprint(item: Item) -> list[str]:
    server = text(item, "container-title") or text(item, "publisher")
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        f"{rich(server)} [Preprint]." if server else "[Preprint].",
        sentence(_day(item, "issued")),
    ]


def _document(item: Item) -> list[str]:
    return [
        sentence(_people(item)),
        sentence(rich(text(item, "title"))),
        sentence(rich(text(item, "container-title"))),
        sentence(_imprint(item, _day(item, "issued"))),
        *_address(item),
    ]


def _people(item: Item) -> str:
    return _authors(item) or _editors(item)


def _authors(item: Item) -> str:
    return people.names(item.get("author") or [], shown_of_more=SHOWN_OF_MORE)


def _editors(item: Item) -> str:
    return people.editors(item, called=EDITORS, shown_of_more=SHOWN_OF_MORE)


def _issue(item: Item) -> str:
    """`2018 Jan 27;391(10118):309-18`, as far as it is known."""
    numbers = volume(item)
    pages = short_pages(text(item, "page") or text(item, "number"))
    place = joined(numbers, pages, by=":")
    return joined(_day(item, "issued"), place, by=";" if numbers else ":")


def _imprint(item: Item, date: str, *, site: str = "") -> str:
    """`Rockville (MD): SAMHSA; 2025`; the site where nobody is the publisher."""
    house = plain(item, "publisher") or site
    house = joined(plain(item, "publisher-place"), house, by=": ")
    return joined(house, date, by="; ")


def _day(item: Item, name: str) -> str:
    """`2018 Jan 27`, as far as it is known."""
    year, month, number = dates.known(item, name)
    if not year or not month:
        return str(year or "")
    return joined(str(year), _MONTHS[month - 1], str(number or ""))


def _cited(item: Item) -> str:
    looked_at = _day(item, "accessed")
    return f"[cited {looked_at}]" if looked_at else ""


def _address(item: Item) -> list[str]:
    address = identifiers.web_address(text(item, "URL"))
    return [f"Available from: {link(address, address)}"] if address else []


def _where(item: Item) -> list[str]:
    """Its numbers, else its address where the layout has not said it."""
    numbers = _numbers(item)
    is_said = any(numbers) or shape_of(item) in _WITH_ADDRESS
    return numbers if is_said else _address(item)


def _numbers(item: Item) -> list[str]:
    """The DOI, and what PubMed and its archive call the work."""
    doi = identifiers.bare_doi(text(item, "DOI"))
    pmid = identifiers.pmid(text(item, "PMID"))
    pmcid = identifiers.pmcid(text(item, "PMCID"))
    named = [
        link(identifiers.pubmed_address(pmid), f"PMID: {pmid}") if pmid else "",
        f"PMCID: {pmcid}" if pmcid else "",
    ]
    return [
        f"{link(identifiers.doi_address(doi), f'doi: {doi}')}." if doi else "",
        sentence(joined(*named, by="; ")),
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
