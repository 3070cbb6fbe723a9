"""
A document's own markup, brought to what can be converted; what goes is counted.

Insertions are taken as accepted and deletions as made. The text of a text box moves
behind the paragraph it hangs on.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from lxml import etree

from articles.word.package import Package
from articles.word.parts import MAX_ELEMENTS, Element, R, W
from articles.word.refused import DocumentError

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_UNWRAPPED = ("sdt", "sdtContent", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
_SILENT = ("bookmarkStart", "bookmarkEnd", "rt", "rubyPr", "sdtPr", "sdtEndPr")
_DROPPED = {
    "del": "deletion",
    "moveFrom": "deletion",
    "commentReference": "comment",
    "object": "object",
    "altChunk": "object",
    "subDoc": "object",
}
_OFF = {"0", "false", "off"}
_FOUR_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_NOT_TWICE = ("p", "r", "hyperlink", "t")
_NOTES = ("footnote", "endnote")
MAX_NOTES = 2_000_000


def prepare(package: Package, told: Counter[str]) -> None:
    for kind, links in package.links.items():
        root = package.trees[kind]
        for step in _STEPS:
            step(root, told)
        _mend_links(root, links)
        _refuse_nesting(root)
    for kind in _NOTES:
        _refuse_repeated_notes(package, kind)


def _choose_alternatives(root: Element, told: Counter[str]) -> None:  # noqa: ARG001  # all are called alike
    for alternative in list(root.iter(f"{_MC}AlternateContent")):
        if len(alternative):
            _replace(alternative, list(alternative[0]))
        else:
            _drop(alternative)


def _drop_contents(root: Element, told: Counter[str]) -> None:
    """A table of contents says nothing that the headings do not."""
    for gallery in list(root.iter(f"{W}docPartGallery")):
        block = next(gallery.iterancestors(f"{W}sdt"), None)
        if gallery.get(f"{W}val") == "Table of Contents" and block is not None:
            _drop(block)
            told["contents"] += 1


def _unwrap(root: Element, told: Counter[str]) -> None:  # noqa: ARG001  # all are called alike
    for element in _all(root, _SILENT):
        _drop(element)
    for base in _all(root, ["rubyBase"]):
        for run in _all(base, ["r"]):
            _replace(run, [child for child in run if child.tag != f"{W}rPr"])
    for element in _all(root, _UNWRAPPED):
        _replace(element, list(element))


def _hoist_text_boxes(root: Element, told: Counter[str]) -> None:
    for box in reversed(_all(root, ["txbxContent"])):
        told["text box"] += 1
        anchor = next(box.iterancestors(f"{W}p"), None)
        frame = next(box.iterancestors(f"{W}drawing", f"{W}pict"), box)
        for block in reversed(box):
            if anchor is not None:
                anchor.addnext(block)
        _drop(box if _drawn(frame) == "image" else frame)


def _drop_what_is_not_text(root: Element, told: Counter[str]) -> None:
    for element in _all(root, _DROPPED):
        told[_DROPPED[etree.QName(element).localname]] += 1
        if not _is_mark(element):
            _drop(element)
    for element in _all(root, ["drawing", "pict"]):
        told[_drawn(element)] += 1
        _drop(element)
    told["insertion"] += len(_all(root, ["ins", "moveTo"]))
    told["header or footer"] += len(_all(root, ["headerReference", "footerReference"]))


def _drop_hidden_text(root: Element, told: Counter[str]) -> None:
    for run in _all(root, ["r"]):
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(f"{W}val") not in _OFF:
            told["hidden text"] += run.find(f"{W}t") is not None
            _drop(run)


def _mark_equations(root: Element, told: Counter[str]) -> None:
    """A gap in a sentence would change what it says, so the gap is shown."""
    for equation in list(root.iter(f"{_MATH}oMath")):
        told["equation"] += 1
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = " [equation] "
        _replace(equation, [run])
    for group in list(root.iter(f"{_MATH}oMathPara")):
        _replace(group, list(group))


def _head_tables(root: Element, told: Counter[str]) -> None:
    for table in root.iter(f"{W}tbl"):
        row = table.find(f"{W}tr")
        if row is None or row.find(f"{W}trPr/{W}tblHeader") is not None:
            continue
        if _is_looked_at_as_head(table) or _is_bold(row):
            told["header row"] += 1
            properties = row.find(f"{W}trPr")
            if properties is None:
                properties = etree.Element(f"{W}trPr")
                row.insert(0, properties)
            etree.SubElement(properties, f"{W}tblHeader")
    _stop_heads(root)


def _stop_heads(root: Element) -> None:
    """A table with nothing but heads has none."""
    for table in root.iter(f"{W}tbl"):
        heads = table.findall(f"{W}tr/{W}trPr/{W}tblHeader")
        if heads and len(heads) == len(table.findall(f"{W}tr")):
            for head in heads:
                _drop(head)


def _is_looked_at_as_head(table: Element) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    first_row = look.get(f"{W}firstRow")
    if first_row is not None:
        return first_row not in _OFF
    value = look.get(f"{W}val", "")
    return bool(_FOUR_HEX.fullmatch(value) and int(value, 16) & 0x0020)


def _is_bold(row: Element) -> bool:
    runs = [run for run in row.iter(f"{W}r") if run.find(f"{W}t") is not None]
    bold = (run.find(f"{W}rPr/{W}b") for run in runs)
    return bool(runs) and all(
        mark is not None and mark.get(f"{W}val") not in _OFF for mark in bold
    )


def _mend_links(root: Element, links: dict[str, str]) -> None:
    """Links within the document lead nowhere in an article."""
    for link in _all(root, ["hyperlink"]):
        if link.get(f"{R}id") not in links:
            _replace(link, list(link))


def _refuse_nesting(root: Element) -> None:
    for name in _NOT_TWICE:
        if root.find(f".//{W}{name}//{W}{name}") is not None:
            raise DocumentError(
                "The document is nested in a way that Word does not write; "
                "it was not read."
            )


def _refuse_repeated_notes(package: Package, kind: str) -> None:
    """A note is converted once for each reference to it, however many there are."""
    references = Counter(
        reference.get(f"{W}id")
        for root in package.texts
        for reference in _all(root, [f"{kind}Reference"])
    )
    times = [
        (note, references[note.get(f"{W}id")])
        for root in package.texts
        for note in _all(root, [kind])
    ]
    if (
        sum(n * sum(map(len, note.itertext())) for note, n in times) > MAX_NOTES
        or sum(n * sum(1 for _ in note.iter()) for note, n in times) > MAX_ELEMENTS
    ):
        raise DocumentError("The notes are too long, or are referred to too often.")


def _is_mark(element: Element) -> bool:
    """Whether it says that a paragraph's end or a row is deleted."""
    parent = element.getparent()
    return parent is not None and parent.tag in {f"{W}rPr", f"{W}trPr"}


def _drawn(element: Element) -> str:
    if any(True for _ in element.iter(_PICTURE, _IMAGE_DATA)):
        return "image"
    return "drawing"


def _all(root: Element, names: Iterable[str]) -> list[Element]:
    return list(root.iter(*(f"{W}{name}" for name in names)))


def _replace(element: Element, others: list[Element]) -> None:
    for other in others:
        element.addprevious(other)
    _drop(element)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_STEPS: tuple[Callable[[Element, Counter[str]], None], ...] = (
    _choose_alternatives,
    _drop_contents,
    _unwrap,
    _hoist_text_boxes,
    _drop_hidden_text,
    _drop_what_is_not_text,
    _mark_equations,
    _head_tables,
)
