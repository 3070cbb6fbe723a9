"""
What a paragraph is, from its style: styles are based on styles, and carry any name.

Built-in styles keep their English names in every language of Word; their ids do not.
"""

import re

from articles.word.package import Package
from articles.word.parts import Element, W

TITLE = "DraftTitle"
QUOTE = "DraftQuote"
HEADING = "DraftHeading"
CONTENTS = "DraftContents"

MAX_CHAIN = 20
DEEPEST = 6

_HEADING = re.compile(r"heading ?([1-6])")
_CONTENTS = re.compile(r"toc ?(?:[1-9]|heading)|contents ?(?:[1-9]|heading)")
_NAMED = {
    "title": TITLE,
    "quote": QUOTE,
    "intense quote": QUOTE,
    "quotations": QUOTE,
    "block text": QUOTE,
}


def name_paragraphs(package: Package) -> None:
    """Titles, headings and quotations get a style of ours, whatever theirs is called."""
    styles = _by_id(package.trees.get("styles"))
    for root in package.texts:
        for paragraph in root.iter(f"{W}p"):
            _name(paragraph, styles)


def _name(paragraph: Element, styles: dict[str, Element]) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return
    style = properties.find(f"{W}pStyle")
    given = style.get(f"{W}val", "") if style is not None else ""
    ours = _outline(properties) or _meaning(given, styles)
    if not ours:
        return
    if style is None:
        style = properties.makeelement(f"{W}pStyle")
        properties.insert(0, style)
    style.set(f"{W}val", ours)


def _meaning(style_id: str, styles: dict[str, Element]) -> str | None:
    for _ in range(MAX_CHAIN):
        style = styles.get(style_id)
        name = _value(style, "name") if style is not None else style_id
        if ours := _by_name(name.casefold()):
            return ours
        if style is None:
            return None
        if ours := _outline(style.find(f"{W}pPr")):
            return ours
        style_id = _value(style, "basedOn")
    return None


def _by_name(name: str) -> str | None:
    if found := _HEADING.fullmatch(name):
        return f"{HEADING}{found[1]}"
    return CONTENTS if _CONTENTS.fullmatch(name) else _NAMED.get(name)


def _outline(properties: Element | None) -> str | None:
    level = _value(properties, "outlineLvl") if properties is not None else ""
    if level.isdecimal() and int(level) < DEEPEST:
        return f"{HEADING}{int(level) + 1}"
    return None


def _by_id(root: Element | None) -> dict[str, Element]:
    if root is None:
        return {}
    return {
        style.get(f"{W}styleId", ""): style
        for style in reversed(root.findall(f"{W}style"))
    }


def _value(element: Element | None, name: str) -> str:
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""
