"""
Parts of a Word document as trees, once nothing in them can surprise a parser.

A part is decoded here and not by the parser, so that a declaration cannot hide in an
encoding; whatever declares a document type or an entity is refused unparsed.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Mapping

from lxml import etree

from articles.word.refused import DocumentError

MAX_DEPTH = 100
MAX_ELEMENTS = 60_000
MAX_PART = 25_000_000

Element = etree._Element  # noqa: SLF001  # the stubs have no other name for it

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{_W}}}"
R = f"{{{_R}}}"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _R,
}
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii"}
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)


def decoded(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The text of every part, without its XML declaration."""
    return {name: _text(name, data) for name, data in parts.items()}


def tree(name: str, text: str) -> Element:
    if len(text) > MAX_PART:
        raise DocumentError(f"“{_short(name)}” in the document is too long.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise DocumentError(
            f"The document is damaged: “{_short(name)}” in it is not well-formed XML, "
            "or is nested too deeply."
        ) from error
    _check_depth(root)
    return root


def check_length(roots: Iterable[Element]) -> None:
    """How long it takes to convert a document grows with its elements."""
    if sum(1 for root in roots for _ in root.iter()) > MAX_ELEMENTS:
        raise DocumentError("The document is too long to be one article.")


def _text(name: str, data: bytes) -> str:
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error
    declaration = _DECLARATION.match(text)
    encoding = declaration and _DECLARED.search(declaration[0])
    if encoding and encoding[1].lower() not in _ENCODINGS:
        raise _unreadable(name)
    if "\0" in text:
        raise _unreadable(name)
    if _FORBIDDEN.search(text):
        raise DocumentError(
            f"“{_short(name)}” in the document declares a document type or entities; "
            "Word never does, so it was not read."
        )
    text = text[declaration.end() :] if declaration else text
    for strict, usual in _STRICT.items():
        text = text.replace(strict, usual)
    return text


def _check_depth(root: Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise DocumentError(
                f"The document is nested deeper than {MAX_DEPTH} levels."
            )


def _unreadable(name: str) -> DocumentError:
    return DocumentError(
        f"The document is damaged: “{_short(name)}” in it is in an unknown encoding."
    )


def _short(name: str) -> str:
    return "".join(filter(str.isprintable, name))[:60]
