"""
The reference list at the end of a document, and its entries one by one.

Works on the tree of the converted document, whose blocks are the children of its root.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from articles import characters
from articles.word import guessing
from articles.works.csl import CSLItem

Tree: TypeAlias = Any  # the stubs know no elements of HTML

MAX_ENTRIES = 999
MAX_RAW = 2_000

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES = re.compile(
    r"(?:[0-9.]+\s*)?(?:references?(?: list)?|list of references|bibliography|sources"
    r"|literature(?: cited)?|works cited|cited works|citations|literatur(?:verzeichnis)?"
    r"|quellen|bibliographie|références|bibliografía|referencias)\s*:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:\[([0-9]{1,3})\]|([0-9]{1,3})(?:[.)]|(?=\t)))\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    Something the text cites, for a person to match with a work of the library.

    `guess` is a CSL-JSON item where the entry could be read with confidence.
    """

    key: str
    number: int
    raw: str
    doi: str | None
    pmid: str | None
    url: str | None
    guess: CSLItem | None


def candidate(key: str, number: int, element: Tree) -> Candidate:
    raw = characters.one_line(element.text_content())[:MAX_RAW]
    addresses = [link.get("href", "") for link in element.iter("a")]
    named = " ".join([raw, *addresses])
    return Candidate(
        key=key,
        number=number,
        raw=raw,
        doi=guessing.doi_in(named),
        pmid=guessing.pmid_in(named),
        url=guessing.address_in(named),
        guess=guessing.journal_article(raw),
    )


def take_list(root: Tree, *, prefix: str) -> list[Candidate]:
    """The entries of the last reference list, which leaves the tree with its heading."""
    for heading in reversed(root):
        if not _is_title(heading):
            continue
        blocks = list(_until_heading(heading))
        entries = _numbered(_entries(blocks))
        if entries:
            for block in (heading, *blocks):
                if block.getparent() is root:
                    root.remove(block)
            return _candidates(entries, prefix)
    return []


def _is_title(block: Tree) -> bool:
    if block.tag not in HEADINGS | {"p"}:
        return False
    return bool(_TITLES.fullmatch(characters.one_line(block.text_content())))


def _until_heading(heading: Tree) -> Iterator[Tree]:
    for block in heading.itersiblings():
        if block.tag not in {"ol", "ul", "p"}:
            return
        yield block


def _entries(blocks: list[Tree]) -> list[Tree]:
    found: list[Tree] = []
    for block in blocks:
        found += [block] if block.tag == "p" else block.iterchildren("li")
    return [entry for entry in found if entry.text_content().strip()]


def _numbered(
    entries: list[Tree],
) -> list[tuple[int, Tree]]:
    """By the numbers that are written before them, else in their order."""
    written = [_take_number(entry) for entry in entries]
    if not any(written):
        return list(enumerate(entries[:MAX_ENTRIES], start=1))
    numbered: list[tuple[int, Tree]] = []
    for number, entry in zip(written, entries, strict=True):
        if number or entry.tag == "li":
            numbered.append((number or len(numbered) + 1, entry))
        elif numbered:
            entry.text = f" {entry.text or ''}"
            numbered[-1][1].append(entry)
    return numbered


def _take_number(entry: Tree) -> int | None:
    holder = next((one for one in entry.iter() if (one.text or "").strip()), entry)
    found = _NUMBER.match(holder.text or "")
    if not found or holder.text_content().strip() == found[0].strip():
        return None
    holder.text = holder.text[found.end() :]
    return int(found[1] or found[2])


def _candidates(entries: list[tuple[int, Tree]], prefix: str) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for number, entry in entries:
        key = f"{prefix}{number}"
        while key in found:
            key += "-again"
        found[key] = candidate(key, number, entry)
    return list(found.values())
