"""Elements of one namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from articles.characters import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

Element = etree._Element  # noqa: SLF001  the one name its type has


def root(namespace: str, tag: str, also: Mapping[str, str] | None = None) -> Element:
    """`also` names further namespaces by their prefixes."""
    names: Any = {None: namespace, **(also or {})}
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=names)


def child(to: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """An element more in `to`, in its namespace."""
    namespace = etree.QName(to).namespace
    made = etree.SubElement(to, f"{{{namespace}}}{tag}")
    for name, value in attributes.items():
        made.set(name.rstrip("_"), visible(value))
    if words:
        made.text = visible(words)
    return made


def written(tree: Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
