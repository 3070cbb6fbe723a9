"""
A text cut into passages: as much as answers a question, with what it rests on.

A passage is what stands together under a heading, some hundred words of it. It never
begins or ends within a sentence, a table or an emphasis; what is cut out of a paragraph
keeps the citation that follows in it. What a sentence leads into is never quoted without
it: "Do not give it to people who:" turns round whatever stands below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING

from articles import content
from articles.content.citations import keys_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENOUGH = 90
"""Words after which a passage takes no more."""

LEAD = 40
"""Words before a list that every part of it keeps, and the whole of the last sentence."""

_BLOCK = re.compile(r"<(/?)(h[2-4]|p|ul|ol|table|blockquote|aside)\b[^>]*>")
_HEADING = re.compile(r"<h[2-4]>")
_ITEM = re.compile(r"<(/?)(li)>")
_SENTENCE = re.compile(r"(?<=[\w)%\]]{3}[.?!])((?:<cite [^>]*></cite>)*)\s+(?=[A-Z(])")
_INLINE = re.compile(r"<(/?)(?:strong|em|sub|sup|a)\b")
_LISTED = ("<ol>", "<table>")
_CLOSED = re.compile(r"[.?!\u2026\u3002\u061f\u0964][\s\"'\u2019\u201d\u00bb)\]]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """`anchor` is where its section begins on the page; `keys` are what it cites."""

    heading: str
    anchor: str
    html: str
    keys: tuple[str, ...]


@dataclass(slots=True)
class _Section:
    """What stands under one heading, as the smallest parts that may stand alone."""

    heading: str = ""
    anchor: str = ""
    parts: list[_Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """`tag` is what goes around it: parts of one paragraph share theirs."""

    tag: str
    block: int
    html: str


def passages(html: str, prefix: str = "") -> list[Passage]:
    """The passages of a clean text in their order; `prefix` as for `content.render`."""
    return [found for section in _sections(html, prefix) for found in _packed(section)]


def _sections(html: str, prefix: str) -> Iterator[_Section]:
    """A heading within a box, a quotation or a table begins no section."""
    headings = iter(content.outline(html, prefix))
    section, above = _Section(), ""
    for number, (tag, block) in enumerate(_outermost(_BLOCK, html)):
        within = list(islice(headings, len(_HEADING.findall(block))))
        if not tag.startswith("h"):
            section.parts += _parts(tag, number, block)
            continue
        yield section
        heading = within[0]
        above = heading.text if tag == "h2" else above
        named = (
            heading.text if above in ("", heading.text) else f"{above}: {heading.text}"
        )
        section = _Section(named, heading.id)
    yield section


def _outermost(tags: re.Pattern[str], html: str) -> Iterator[tuple[str, str]]:
    """The elements of these names, with their names; those within others go with them."""
    depth = start = 0
    for found in tags.finditer(html):
        if not found[1]:
            start = start if depth else found.start()
            depth += 1
            continue
        depth -= 1
        if not depth:
            yield found[2], html[start : found.end()]


def _parts(tag: str, number: int, block: str) -> Iterator[_Part]:
    if tag == "p":
        inner = block.removeprefix("<p>").removesuffix("</p>")
        yield from (_Part(tag, number, text) for text in _sentences(inner))
    elif tag == "ul":
        for _, item in _outermost(_ITEM, block):
            yield _Part(tag, number, item)
    else:
        yield _Part("", number, block)


def _sentences(html: str) -> Iterator[str]:
    """The sentences of a paragraph; those that share an emphasis stay together."""
    start = 0
    for found in _SENTENCE.finditer(html):
        text = html[start : found.end(1)]
        if _is_whole(text):
            yield text
            start = found.end()
    yield html[start:]


def _is_whole(html: str) -> bool:
    marks = _INLINE.findall(html)
    return marks.count("") == marks.count("/")


def _packed(section: _Section) -> Iterator[Passage]:
    """Parts in their order, as many as fit, each with what leads into it."""
    parts = section.parts
    words = [content.word_count(part.html) for part in parts]
    taken: list[int] = []
    for at, lead in enumerate(_leads(parts, words)):
        more = sorted({*taken, *lead, at})
        whole = _without_its_end(taken, lead, parts)
        if whole and sum(words[n] or 1 for n in more) > ENOUGH:
            yield _passage(section, [parts[n] for n in whole], parts[whole[-1] + 1 :])
            more = [*lead, at]
        taken = more
    if any(words[n] for n in taken):
        yield _passage(section, [parts[n] for n in taken], ())


def _without_its_end(
    taken: list[int], lead: Sequence[int], parts: Sequence[_Part]
) -> list[int]:
    """What may end before a part: never with words that lead into it and stop nowhere."""
    end = len(taken)
    if taken and _is_open(parts[taken[-1]].html):
        while end and taken[end - 1] in lead:
            end -= 1
    return taken[:end]


def _leads(parts: Sequence[_Part], words: Sequence[int]) -> list[tuple[int, ...]]:
    """
    The places of what leads into each part.

    Lists and tables have the paragraph before them, or its end; paragraphs and boxes
    have it where it stops nowhere. Of paragraphs that lead into one another the first
    and the last are kept.
    """
    found: list[tuple[int, ...]] = []
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    leads_on = False
    for _, block in groupby(range(len(parts)), lambda at: parts[at].block):
        places = list(block)
        part = parts[places[0]]
        is_listed = part.tag == "ul" or part.html.startswith(_LISTED)
        lead = (*first, *last) if is_listed or leads_on else ()
        found += [lead] * len(places)
        if part.tag == "p":
            first = (first or last) if leads_on else ()
            last = _tail(places, words)
            leads_on = _is_open(parts[places[-1]].html)
            continue
        leads_on = False
        if not is_listed:
            first = last = ()
    return found


def _tail(places: list[int], words: Sequence[int]) -> tuple[int, ...]:
    """The last sentence of a paragraph, and those before it as far as they are short."""
    start, count = len(places) - 1, words[places[-1]]
    while start and (count := count + words[places[start - 1]]) <= LEAD:
        start -= 1
    return tuple(places[start:])


def _is_open(html: str) -> bool:
    """Whether a sentence ends with a colon, or with no stop at all."""
    return not _CLOSED.search(content.plain_text(html))


def _passage(
    section: _Section, taken: Sequence[_Part], after: Sequence[_Part]
) -> Passage:
    keys = [key for part in taken for key in keys_in(part.html)]
    if not keys_in(taken[-1].html):
        block = taken[-1].block
        keys += _next_keys(p for p in after if not keys or p.block == block)
    html = "".join(_written(taken))
    return Passage(section.heading, section.anchor, html, tuple(dict.fromkeys(keys)))


def _next_keys(after: Iterable[_Part]) -> list[str]:
    """A citation stands at the end of what it is for: the next one in the section."""
    return next(filter(None, (keys_in(part.html) for part in after)), [])


def _written(taken: Sequence[_Part]) -> Iterator[str]:
    at = 0
    while at < len(taken):
        part = taken[at]
        same = [other.html for other in taken[at:] if other.block == part.block]
        inner = (" " if part.tag == "p" else "").join(same)
        yield f"<{part.tag}>{inner}</{part.tag}>" if part.tag else inner
        at += len(same)
