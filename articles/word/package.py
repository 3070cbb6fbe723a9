"""
A package of our own, made of the parts of a document that are wanted.

What converts the document reads this package and never the one that was sent: of the
relationships only links are in it, and nothing in it points to a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from lxml import etree

from articles.word import parts
from articles.word.refused import DocumentError

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP = f"{{{_PACKAGE}}}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("styles", "numbering", "footnotes", "endnotes")
_WITH_TEXT = ("document", "footnotes", "endnotes")


@dataclass(slots=True)
class Package:
    """Trees by kind (`document`, `styles`, …), and the links of each, by their ids."""

    trees: dict[str, parts.Element]
    links: dict[str, dict[str, str]]

    @property
    def texts(self) -> list[parts.Element]:
        return [self.trees[kind] for kind in _WITH_TEXT if kind in self.trees]


def read(texts: Mapping[str, str]) -> Package:
    main = _main(texts)
    targets = _targets(texts, main)
    names = {"document": main} | {
        kind: targets.get(kind, f"word/{kind}.xml") for kind in _KINDS
    }
    found = {kind: name for kind, name in names.items() if name in texts}
    trees = {kind: parts.tree(name, texts[name]) for kind, name in found.items()}
    parts.check_length(trees.values())
    return Package(
        trees=trees,
        links={
            kind: _links(texts, found[kind]) for kind in _WITH_TEXT if kind in found
        },
    )


def written(package: Package) -> BytesIO:
    archive = BytesIO()
    with ZipFile(archive, "w") as out:
        for kind, root in package.trees.items():
            out.writestr(f"word/{kind}.xml", etree.tostring(root, encoding="utf-8"))
        for kind, links in package.links.items():
            out.writestr(f"word/_rels/{kind}.xml.rels", _relationships(links))
    archive.seek(0)
    return archive


def _main(texts: Mapping[str, str]) -> str:
    declared = [
        _resolved("", target)
        for kind, target, _ in _read_relationships(texts, "_rels/.rels")
        if kind.endswith("/officeDocument")
    ]
    for name in (*declared, "word/document.xml"):
        if name in texts:
            return name
    raise DocumentError("The file is damaged: there is no document in it.")


def _targets(texts: Mapping[str, str], main: str) -> dict[str, str]:
    return {
        kind.rpartition("/")[2]: _resolved(dirname(main), target)
        for kind, target, _ in _read_relationships(texts, _rels_of(main))
    }


def _links(texts: Mapping[str, str], name: str) -> dict[str, str]:
    return {
        key: target
        for kind, target, key in _read_relationships(texts, _rels_of(name))
        if kind.endswith("/hyperlink")
    }


def _read_relationships(
    texts: Mapping[str, str], name: str
) -> list[tuple[str, str, str]]:
    if name not in texts:
        return []
    return [
        (one.get("Type", ""), one.get("Target", ""), one.get("Id", ""))
        for one in parts.tree(name, texts[name]).iter(_RELATIONSHIP)
    ]


def _rels_of(name: str) -> str:
    return join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")


def _resolved(folder: str, target: str) -> str:
    return normpath(join("/", folder, target)).lstrip("/")


def _relationships(links: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_PACKAGE}}}Relationships")
    for key, target in links.items():
        etree.SubElement(
            root, _RELATIONSHIP, Id=key, Type=f"{_OFFICE}/hyperlink", Target=target
        )
    return etree.tostring(root, encoding="utf-8")
