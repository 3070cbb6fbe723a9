"""What was looked for, marked in a passage that is otherwise exactly as it stands."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPEN, CLOSE = "\x02", "\x03"
"""No text of ours holds these; engines put them around what they find."""

_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_LEFT = re.compile(f"[{OPEN}{CLOSE}]")
_SAID = re.compile(f"{OPEN}(\\w+)")
_WORD = re.compile(r"\S+\s*")
_LAST = re.compile(r"[.?!][^\w\s]*\s|\n")
"""The end of a word after which a sentence, or a heading, is over."""

LONGEST = 36
LEAD = 10
"""Words of a passage, and those of them before what was looked for, at most."""

MOST_TRIED = 50
"""Places of a text that are weighed against one another."""


class Marked(NamedTuple):
    """A title and a text, as an engine marks them."""

    question: str
    body: str


def safe(text: str) -> SafeString:
    """A marked text as HTML."""
    html = _MARKED.sub(r"<mark>\1</mark>", escape(text))
    return SafeString(_LEFT.sub("", html))


def passage(marked: str) -> str:
    """
    The part of a marked text that has most of what was looked for.

    It begins with a sentence where one begins near; what is left out is told by dots.
    """
    words = _WORD.findall(marked)
    start = _best(words)
    end = min(start + LONGEST, len(words))
    before = "" if _is_start(words, start) else "… "
    after = "" if end == len(words) or _is_start(words, end) else " …"
    return f"{before}{''.join(words[start:end]).strip()}{after}"


def _best(words: Sequence[str]) -> int:
    """Where the passage begins that has the most different words marked."""
    found = list(islice(_found(words), MOST_TRIED))
    every = len({word for _at, word in found})
    best = start = 0
    for n, (at, _word) in enumerate(found):
        begin = _begin(words, at)
        near = found[n : n + LONGEST]
        worth = len({word for place, word in near if place < begin + LONGEST})
        if worth > best:
            best, start = worth, begin
        if best == every:
            break
    return start


def _found(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Where a mark opens, and the word in it."""
    for at, word in enumerate(words):
        if said := _SAID.search(word):
            yield at, said[1].casefold()


def _begin(words: Sequence[str], at: int) -> int:
    """Where to begin for a word to be understood."""
    least = max(at - LEAD, 0)
    before = range(at, least, -1)
    return next((start for start in before if _is_start(words, start)), least)


def _is_start(words: Sequence[str], at: int) -> bool:
    return at == 0 or _LAST.search(words[at - 1]) is not None
