"""The entries of a BibTeX file: their fields joined, their strings put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from logging import getLogger
from typing import NamedTuple

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Block

from articles.works.readers.macros import NotAValueError, Strings
from articles.works.readers.record import MAX_RECORDS, Refused, shown

MAX_BLOCKS = 10_000
MAX_TOLD = 20
START = re.compile(
    r"^[ \t]*@[ \t]*(?!comment|preamble|string)[a-z]+[ \t]*[{(]",
    re.MULTILINE | re.IGNORECASE,
)
_NO_KEY = re.compile(
    START.pattern.replace("^", "^(", 1) + r")(?=\s{0,9}[a-z]+[ \t]*=)", START.flags
)
_ANYWHERE = re.compile(r"@\w*[ \t]*[{(]")

getLogger("bibtexparser.splitter").disabled = True  # what failed is told to the user


@dataclass(slots=True)
class Entry:
    """Type and names of fields are in small letters; `notes` say what was left out."""

    record: int
    line: int
    type: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Entries(NamedTuple):
    entries: list[Entry]
    refused: list[Refused]
    problems: list[str]
    total: int


def parse(text: str) -> Entries:
    text, total = _first_entries(_NO_KEY.sub(r"\1,", text))
    library = parse_string(text, parse_stack=[])
    strings, problems = _strings(library)
    entries: list[Entry] = []
    refused: list[Refused] = []
    for number, block in enumerate(_records(library), start=1):
        line = (block.start_line or 0) + 1
        known, note = _known(block)
        if not known:
            refused.append(Refused(number, line, _why(block)))
            continue
        entry = Entry(number, line, known.entry_type.lower(), known.key)
        entry.notes += filter(None, [note])
        _fill(entry, known, strings)
        entries.append(entry)
    total = max(total, len(entries) + len(refused))
    return Entries(entries[:MAX_RECORDS], refused[:MAX_RECORDS], problems, total)


def _first_entries(text: str) -> tuple[str, int]:
    """As much of the text as may be read, and how many entries the whole has."""
    anywhere = [found.start() for found in _ANYWHERE.finditer(text)]
    entries = [found.start() for found in START.finditer(text)]
    ends = [*entries[MAX_RECORDS:][:1], *anywhere[MAX_BLOCKS:][:1], len(text)]
    return text[: min(ends)], len(entries)


def _strings(library: Library) -> tuple[Strings, list[str]]:
    strings, problems = Strings(), []
    for string in library.strings:
        try:
            strings.define(string.key, string.value)
        except NotAValueError as error:
            problems.append(f"The string “{shown(string.key)}” was left out: {error}.")
    return strings, problems[:MAX_TOLD]


def _records(library: Library) -> Iterator[Block | ParsingFailedBlock]:
    """Entries, and what may have been meant as one; not a string defined twice."""
    for block in library.blocks:
        inner = getattr(block, "ignore_error_block", None)
        if isinstance(block, Block | ParsingFailedBlock) and not isinstance(
            inner, String
        ):
            yield block


def _known(block: Block | ParsingFailedBlock) -> tuple[Block | None, str]:
    """The entry, also where its key or one of its fields is there twice."""
    if isinstance(block, Block):
        return block, ""
    inner = block.ignore_error_block
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(inner, Block):
        return inner, "A field stands there twice; the first one was read."
    is_twice = isinstance(block, DuplicateBlockKeyBlock)
    if is_twice and isinstance(inner, Block | ParsingFailedBlock):
        return _known(inner)
    return None, ""


def _why(block: Block | ParsingFailedBlock) -> str:
    return (
        f"It is no complete entry of BibTeX: “{shown(block.raw or '')}”. "
        "A brace, a quotation mark or a comma may be missing."
    )


def _fill(entry: Entry, block: Block, strings: Strings) -> None:
    for given in block.fields:
        try:
            entry.fields.setdefault(given.key.lower(), strings.value(given.value))
        except NotAValueError as error:
            entry.notes.append(f"The {shown(given.key)} was left out: {error}.")
