"""
A body in JATS: sections from headings, and every block where JATS lets one stand.

Whatever the vocabulary of a body lets stand somewhere, JATS may not: a table in a list
goes into a paragraph of it, a heading in a box becomes bold words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html as parsing

from articles.reading.elsewhere import addresses
from articles.reading.elsewhere.jats.elements import (
    Element,
    Part,
    add,
    element,
    filled,
    link,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
LISTS = {"ul": "bullet", "ol": "order"}
BOXES = {"aside": "boxed-text", "blockquote": "disp-quote"}
INLINE = {"strong": "bold", "em": "italic", "sub": "sub", "sup": "sup"}
BLOCKS = {"p", "table", *HEADINGS, *LISTS, *BOXES}
ROWS = {"thead", "tbody"}
ANYWHERE = {"p", "list"}
"""What may stand wherever a paragraph may."""


@dataclass(frozen=True, slots=True)
class Body:
    """Converts texts; `numbers` says which reference each key is."""

    numbers: Mapping[str, int]

    def sections(self, html: str) -> Element:
        """The whole text as `body`."""
        body = element("body")
        open_: list[tuple[int, Element]] = [(1, body)]
        for part in self._pieces(_parsed(html), at_top=True):
            level = int(str(part.attrib.pop("level", "0")))
            while level and open_[-1][0] >= level:
                open_.pop()
            open_[-1][1].append(part)
            if level:
                open_.append((level, part))
        return body

    def paragraphs(self, html: str) -> list[Element]:
        """A short text as paragraphs and lists, without sections."""
        return self._within(_parsed(html))

    def _pieces(self, node: Element, *, at_top: bool = False) -> Iterator[Element]:
        """The blocks of a node; words between them become paragraphs."""
        loose = element("p")
        add(loose, node.text)
        for child in node:
            if child.tag in BLOCKS:
                yield from _said(loose)
                loose = element("p")
                yield from self._block(child, at_top=at_top)
            else:
                filled(loose, self._inline(child))
            add(loose, child.tail)
        yield from _said(loose)

    def _block(self, node: Element, *, at_top: bool) -> Iterator[Element]:
        tag = str(node.tag)
        if tag in HEADINGS:
            yield self._heading(node, HEADINGS[tag], at_top=at_top)
        elif tag in LISTS:
            yield from self._list(node, LISTS[tag])
        elif tag == "table":
            yield from self._table(node)
        elif tag in BOXES:
            kind = {"content-type": "safety"} if tag == "aside" else {}
            yield filled(_with(BOXES[tag], kind), self._within(node))
        else:
            yield filled(element("p"), self._words(node))

    def _heading(self, node: Element, level: int, *, at_top: bool) -> Element:
        if not at_top:
            return element("p", filled(element("bold"), self._words(node)))
        title = filled(element("title"), self._words(node))
        return element("sec", title, level=str(level))

    def _within(self, node: Element) -> list[Element]:
        """The blocks of a node, each so that it may stand where paragraphs may."""
        return [
            piece if piece.tag in ANYWHERE else element("p", piece)
            for piece in self._pieces(node)
        ]

    def _list(self, node: Element, kind: str) -> Iterator[Element]:
        items = [
            filled(element("list-item"), self._within(item) or [element("p")])
            for item in node
            if item.tag == "li"
        ]
        if items:
            yield filled(element("list", list_type=kind), items)

    def _table(self, node: Element) -> Iterator[Element]:
        parts = {tag: [*self._rows(node, tag)] for tag in ROWS}
        if not parts["tbody"]:
            parts = {"thead": [], "tbody": parts["thead"]}
        if not parts["tbody"]:
            return
        caption = next(iter(node.iterchildren("caption")), None)
        told = (
            filled(element("p"), self._words(caption)) if caption is not None else None
        )
        table = element("table")
        for tag in ("thead", "tbody"):
            if parts[tag]:
                table.append(filled(element(tag), parts[tag]))
        heading = element("caption", told) if told is not None else None
        yield element("table-wrap", heading, table)

    def _rows(self, node: Element, part: str) -> Iterator[Element]:
        for group in node.iterchildren(part):
            for row in group.iterchildren("tr"):
                cells = [self._cell(cell) for cell in row]
                if cells:
                    yield filled(element("tr"), cells)

    def _cell(self, node: Element) -> Element:
        made = _with("th" if node.tag == "th" else "td", _attributes(node))
        pieces = self._within(node)
        if len(pieces) == 1 and pieces[0].tag == "p":
            return filled(made, self._words(_only_block(node), breaks=True))
        return filled(made, pieces)

    def _words(self, node: Element, *, breaks: bool = False) -> Iterator[Part]:
        yield node.text
        for child in node:
            yield from self._inline(child, breaks=breaks)
            yield child.tail

    def _inline(self, node: Element, *, breaks: bool = False) -> Iterator[Part]:
        tag = str(node.tag)
        if tag in INLINE:
            yield filled(element(INLINE[tag]), self._words(node, breaks=breaks))
        elif tag == "a":
            yield link(_whole(node.get("href", "")), *self._words(node, breaks=breaks))
        elif tag == "cite":
            yield from self._cited(node.get("data-ref", "").split())
        elif tag == "br":
            yield element("break") if breaks else " "
        else:
            yield from self._words(node, breaks=breaks)

    def _cited(self, keys: Iterable[str]) -> Iterator[Element]:
        known = sorted({self.numbers[key] for key in keys if key in self.numbers})
        if not known:
            return
        marks = element("sup")
        for number in known:
            add(marks, "," if len(marks) else "")
            marks.append(
                element("xref", str(number), ref_type="bibr", rid=f"r{number}")
            )
        yield marks


def _parsed(html: str) -> Element:
    parsed: Element = parsing.fragment_fromstring(html, create_parent="div")
    return parsed


def _said(loose: Element) -> Iterator[Element]:
    """A paragraph, unless there is nothing in it."""
    if len(loose) or (loose.text or "").strip():
        yield loose


def _only_block(node: Element) -> Element:
    """The paragraph that is all there is in a cell, or the cell itself."""
    blocks = [child for child in node if child.tag in BLOCKS]
    return blocks[0] if blocks and blocks[0].tag == "p" else node


def _attributes(node: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.attrib.items()}


def _with(tag: str, attributes: Mapping[str, str]) -> Element:
    made = element(tag)
    for name, value in attributes.items():
        made.set(name, value)
    return made


def _whole(address: str) -> str:
    return addresses.whole(address) if address.startswith("/") else address
