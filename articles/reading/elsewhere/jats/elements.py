"""Elements, as short as they are written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lxml import etree

from articles.characters import visible
from articles.works.notation.names import whole_family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"

Element = etree._Element  # noqa: SLF001  the one name its type has
Part = Element | str | None


def element(tag: str, *parts: Part, **attributes: str) -> Element:
    """`article_type="x"` becomes `article-type="x"`; what is None is left out."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), value)
    return filled(made, parts)


def filled(made: Element, parts: Iterable[Part]) -> Element:
    for part in parts:
        add(made, part)
    return made


def add(to: Element, part: Part) -> None:
    if isinstance(part, str):
        _say(to, part)
    elif part is not None:
        to.append(part)


def group(tag: str, parts: Iterable[Part], **attributes: str) -> Element | None:
    """The element, unless nothing is in it."""
    known = [part for part in parts if part is not None]
    return element(tag, *known, **attributes) if known else None


def optional(tag: str, words: object, **attributes: str) -> Element | None:
    return element(tag, str(words), **attributes) if words else None


def linking(tag: str, address: str, *parts: Part, **attributes: str) -> Element:
    made = etree.Element(tag, nsmap={"xlink": XLINK})
    made.set(HREF, address)
    for name, value in attributes.items():
        made.set(name.replace("_", "-"), value)
    return filled(made, parts)


def link(address: str, *parts: Part) -> Element:
    return linking("ext-link", address, *parts, ext_link_type="uri")


def named(person: Mapping[str, Any]) -> Element:
    """A person of CSL-JSON who has a family name."""
    return element(
        "name",
        element("surname", whole_family(person)),
        optional("given-names", person.get("given")),
        optional("suffix", person.get("suffix")),
    )


def dated(tag: str, moment: dt.datetime | None, **attributes: str) -> Element | None:
    if moment is None:
        return None
    day = moment.astimezone(dt.UTC).date()
    parts = (("day", f"{day:%d}"), ("month", f"{day:%m}"), ("year", f"{day:%Y}"))
    made = element(tag, *(element(name, words) for name, words in parts), **attributes)
    made.set("iso-8601-date", day.isoformat())
    return made


def _say(to: Element, words: str) -> None:
    words = visible(words)
    if len(to):
        to[-1].tail = (to[-1].tail or "") + words
    else:
        to.text = (to.text or "") + words
