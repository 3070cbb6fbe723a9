"""
A text as blocks and sentences, each of which knows where it stands.

Read once from left to right. Offsets count characters of the block's own text, in which
citations are places, not characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from articles.content import markup

MAX_DEPTH = 50

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_TAGS = "p ul ol li table caption thead tbody tr th td blockquote aside"
_OPENING = frozenset(_TAGS.split()) | frozenset(_LEVELS)
_PLAIN = str.maketrans(
    "\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{NON-BREAKING HYPHEN}\N{HYPHEN}",
    "     '--",
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”\u2019)\]]*+(?=\s|$)|\N{LINE SEPARATOR}")
_LAST_WORD = re.compile(r"[^\s(\[]{1,12}\Z")
_BEGINS = re.compile(r"\s*(?:[\"'“\u2018(\[]\s*)?[A-Z0-9•]")
_SHORTENED = "e.g i.e vs dr mr mrs ms prof st no fig al approx ca cf etc inc ltd dept vol u.s u.k"
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_STOPPED = "mg kg ml min max hr hrs wk wks yr yrs a.m p.m b.i.d t.i.d q.d"
_UNITS = frozenset(_STOPPED.split())


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    HEADER = "header"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Citation:
    at: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str
    folded: str
    is_cited: bool


@dataclass(frozen=True)
class Block:
    """`raw` is the text as it stands; `text` has plain spaces, apostrophes, hyphens."""

    kind: Kind
    raw: str
    number: int = 0
    level: int = 0
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    safety: int = 0
    table: int = 0
    row: int = 0
    is_quoted: bool = False

    @cached_property
    def text(self) -> str:
        return self.raw.translate(_PLAIN)

    @cached_property
    def folded(self) -> str:
        """In lower case, character by character."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(c if len(c.lower()) > 1 else c.lower() for c in self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        spans = list(_spans(self.text))
        cited = _cited_spans([start for start, _ in spans], self.citations)
        return tuple(
            Sentence(
                start, end, self.text[start:end], self.folded[start:end], at in cited
            )
            for at, (start, end) in enumerate(spans)
        )

    @property
    def is_cited(self) -> bool:
        return bool(self.citations)


def parse(html: str) -> tuple[Block, ...]:
    """Blocks with at least one letter, digit or sign in them, in order."""
    parser = _Parser()
    for token in markup.tokens(html):
        parser.add(token)
    parser.end_block()
    return tuple(parser.blocks)


def parse_line(text: str) -> tuple[Block, ...]:
    """Text that is not markup, as one block."""
    return (Block(Kind.PARAGRAPH, text),) if text.strip() else ()


class _Parser:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._safety = self._asides = self._tables = self._rows = 0
        self._start_block()

    def _start_block(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._citations: list[Citation] = []
        self._links: list[Link] = []
        self._href: tuple[str, int] | None = None

    def add(self, token: markup.Token) -> None:
        match token:
            case markup.Text(text):
                self._write(text)
            case markup.Start("br"):
                self._write("\N{LINE SEPARATOR}")
            case markup.Start("cite", {"data-ref": keys}):
                self._citations.append(Citation(self._length, tuple(keys.split())))
            case markup.Start("a", {"href": href}):
                self._href = (href, self._length)
            case markup.End("a"):
                self._end_link()
            case markup.Start(tag, _) if tag in _OPENING:
                self._start(tag)
            case markup.End(tag) if tag in _OPENING:
                self._end(tag)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _end_link(self) -> None:
        if self._href:
            href, start = self._href
            self._links.append(Link(start, self._length, href))
        self._href = None

    def _start(self, tag: str) -> None:
        self.end_block()
        if len(self._open) < MAX_DEPTH:
            self._open.append(tag)
        if tag == "aside":
            self._asides += 1
            self._safety = self._asides
        self._tables += tag == "table"
        self._rows += tag == "tr"

    def _end(self, tag: str) -> None:
        self.end_block()
        if tag == "aside":
            self._safety = 0
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def end_block(self) -> None:
        raw = "".join(self._parts)
        if raw.strip() or self._citations:
            self.blocks.append(self._block(raw))
        self._start_block()

    def _block(self, raw: str) -> Block:
        kind = self._kind()
        in_table = "table" in self._open
        return Block(
            kind,
            raw,
            number=len(self.blocks),
            level=_LEVELS[self._open[-1]] if kind is Kind.HEADING else 0,
            citations=tuple(self._citations),
            links=tuple(self._links),
            safety=self._safety,
            table=self._tables if in_table else 0,
            row=self._rows if in_table else 0,
            is_quoted="blockquote" in self._open,
        )

    def _kind(self) -> Kind:
        if self._open and self._open[-1] in _LEVELS:
            return Kind.HEADING
        for tag in reversed(self._open):
            if tag in _KINDS:
                return _KINDS[tag]
        return Kind.PARAGRAPH


_KINDS = {
    "li": Kind.ITEM,
    "td": Kind.CELL,
    "th": Kind.HEADER,
    "caption": Kind.CAPTION,
}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without the spaces around it."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop.end() == len(text) or _ends_sentence(text, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    if not _BEGINS.match(text, stop.end()):
        return stop[0] == "\N{LINE SEPARATOR}"
    if stop[0] != ".":
        return True
    last = _LAST_WORD.search(text, max(0, stop.start() - 12), stop.start())
    word = last[0].lower() if last else ""
    if word in _UNITS:
        return not text[stop.end() : stop.end() + 2].strip().isdigit()
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    finish = start + len(part.rstrip())
    if begin < finish:
        yield begin, finish


def _cited_spans(starts: list[int], citations: tuple[Citation, ...]) -> set[int]:
    """A citation belongs to the sentence that has begun before it."""
    cited = set()
    at = 0
    for citation in citations:
        while at + 1 < len(starts) and starts[at + 1] < citation.at:
            at += 1
        cited.add(at)
    return cited
