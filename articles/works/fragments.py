"""
Pieces of a printed reference, as safe HTML; every style is put together from them.

Everything that came from outside is escaped; of the markup in titles only pairs of
`<i> <b> <sup> <sub>` come back.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from articles.works import dates

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MARK = re.compile(r"&lt;(/?)(i|b|sup|sub)&gt;")
_ENDS = re.compile(r"[.?!](?:</[a-z]+>)*$")
_SHORT_RANGE = re.compile(r"([0-9]+)-([0-9]+)")
_EDITION = re.compile(r"([0-9]+)(?:st|nd|rd|th)?(?: ed\.?)?", re.IGNORECASE)
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def joined(*parts: str, by: str = " ") -> str:
    """The parts that are there."""
    return by.join(filter(None, parts))


def text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int) else ""


def plain(item: Mapping[str, Any], name: str) -> str:
    return escape(text(item, name), quote=False)


def rich(title: str) -> str:
    """Escaped, with its italics, bold and raised or lowered parts."""
    safe = escape(title, quote=False)
    paired = _pairs(safe)
    return _MARK.sub(
        lambda mark: f"<{mark[1]}{mark[2]}>" if mark.start() in paired else mark[0],
        safe,
    )


def italic(safe: str) -> str:
    return f"<em>{safe}</em>" if safe else ""


def sentence(safe: str) -> str:
    """With a full stop, unless it is empty or ends like a sentence already."""
    return safe if not safe or _ENDS.search(safe) else f"{safe}."


def journal_name(item: Mapping[str, Any]) -> str:
    """The abbreviated name without its full stops, else the whole one."""
    short = text(item, "container-title-short") or text(item, "journalAbbreviation")
    return rich(short.replace(".", "") or text(item, "container-title"))


def volume(item: Mapping[str, Any]) -> str:
    """`391(10118)`, as far as it is known."""
    issue = plain(item, "issue")
    return plain(item, "volume") + (f"({issue})" if issue else "")


def retraction(item: Mapping[str, Any], said: str, *, retracted: bool) -> str:
    """The notice after the words of the style, or that there is one, or nothing."""
    custom = item.get("custom")
    notice = custom.get("retracted_in") if isinstance(custom, Mapping) else None
    if notice:
        return f"{said}: {rich(str(notice))}"
    is_known = retracted or text(item, "status").casefold() == "retracted"
    return "Retracted" if is_known else ""


def link(address: str, shown: str) -> str:
    return (
        f'<a href="{escape(address)}" rel="noopener">{escape(shown, quote=False)}</a>'
    )


def day(item: Mapping[str, Any], name: str) -> str:
    """`December 18, 2025`, as far as it is known."""
    year, month, number = dates.known(item, name)
    if not year or not month:
        return str(year or "")
    if not number:
        return f"{_MONTHS[month - 1]} {year}"
    return f"{_MONTHS[month - 1]} {number}, {year}"


def full_pages(pages: str) -> str:
    """With the whole last page: `309-18` is `309-318`."""
    pages = pages.strip().replace("\N{EN DASH}", "-")
    found = _SHORT_RANGE.fullmatch(pages)
    if found and len(found[2]) < len(found[1]):
        pages = f"{found[1]}-{found[1][: -len(found[2])]}{found[2]}"
    return escape(pages, quote=False)


def edition(item: Mapping[str, Any]) -> str:
    """`2nd ed`; a first edition is not worth saying."""
    given = plain(item, "edition")
    found = _EDITION.fullmatch(given)
    if found:
        return "" if int(found[1]) == 1 else f"{ordinal(int(found[1]))} ed"
    complete = not given or given.endswith((" ed", " ed."))
    return given if complete else f"{given} ed"


def ordinal(number: int) -> str:
    if number % 100 in _TEENS:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def _pairs(safe: str) -> set[int]:
    """Where the marks stand that open and close in good order."""
    paired: set[int] = set()
    waiting: list[re.Match[str]] = []
    for mark in _MARK.finditer(safe):
        if not mark[1]:
            waiting.append(mark)
        elif waiting and waiting[-1][2] == mark[2]:
            paired |= {waiting.pop().start(), mark.start()}
    return paired
