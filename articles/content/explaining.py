"""
Where the words of a glossary stand in a text that is ready to be printed.

A spelling is found as a whole word, as it is written or, if it begins with a small
letter, with a capital: “INR” is no “inr”, and “all” no “ALL”. What a hyphen, an
apostrophe or a mark within the word joins is one word, so that no “eclampsia” stands in
“pre-eclampsia” and no “CO” in “CO<sub>2</sub>”. The longest spelling counts. The text is
gone through once, however many spellings there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

_LETTER = r"[\w\u0300-\u036f]"
_JOINT = "-\u2010\u2011'\u2019"
_WORD = rf"{_LETTER}+(?:[{_JOINT}]{_LETTER}+)*"
_TOKEN = re.compile(rf"<(?P<tag>[^>]*)>|(?P<entity>&#?\w+;)|{_WORD}")
_JOINED = re.compile(
    rf"(?:<(?!sup class=)/?(?:a|em|strong|sub|sup)\b[^>]*>|[{_JOINT}])*"
)
_WHOLE = re.compile(rf"{_LETTER}(?:.*{_LETTER})?", re.DOTALL)
_SAME = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2019": "'"})
_NAME = re.compile(r"[a-z0-9]+")
_LEFT_ALONE = frozenset(
    {"a", "sup", "sub", "h1", "h2", "h3", "h4", "caption", "blockquote"}
)
_TITLE = 'p class="label"'


class _Word(NamedTuple):
    """A word of a text; `is_joined` to the one before it, or `barred` from notice."""

    start: int
    end: int
    is_joined: bool
    barred: bool


class Spellings:
    """The spellings of some terms, made ready to be looked for."""

    def __init__(self, terms: Sequence[Iterable[str]]) -> None:
        self._terms: dict[str, int] = {}
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for number, spellings in enumerate(terms):
            for spelling in spellings:
                self._add(spelling, number)

    def _add(self, spelling: str, number: int) -> None:
        length = len(list(_words(escape(spelling, quote=False))))
        for written in as_written(spelling):
            key = _key(escape(written, quote=False))
            first = next(_words(key), None)
            if first:
                self._terms.setdefault(key, number)
                self._lengths[key[first.start : first.end]].add(length)

    def at(self, html: str, words: Sequence[_Word], place: int) -> tuple[int, int]:
        """Which term begins with that word, and how many words it has; -1 if none does."""
        word = words[place]
        first = html[word.start : word.end].translate(_SAME)
        for length in sorted(self._lengths.get(first, ()), reverse=True):
            after = place + length
            if after > len(words) or (after < len(words) and words[after].is_joined):
                continue
            found = self._terms.get(_key(html[word.start : words[after - 1].end]))
            if found is not None:
                return found, length
        return -1, 1


def as_written(spelling: str) -> list[str]:
    """How a spelling may stand in a text: as it is, or at the start of a sentence."""
    capital = spelling[:1].upper() + spelling[1:]
    return list(dict.fromkeys((spelling, capital)))


def is_whole(spelling: str) -> bool:
    """Whether it could be found at all: it begins and ends with a letter or a digit."""
    return bool(_WHOLE.fullmatch(spelling))


def pieces(spelling: str) -> list[str]:
    """What any text in which it stands contains, whatever joins it."""
    found = re.findall(rf"{_LETTER}+", spelling)
    first = [found[0][1:]] if found else []
    return [piece for piece in first + found[1:] if piece]


def explain(html: str, spellings: Spellings, met: list[int], *, most: int) -> str:
    """
    The text with a link at the first place of each term, from `render`'s own HTML.

    `met` holds the terms met so far, in order, and grows up to `most`: the nth leads to
    `term-n`, and its place is `term-at-n`. Links, citations, headings, titles of
    call-outs and tables, and quotes are left alone.
    """
    words = list(_words(html))
    printed, done, place = [], 0, 0
    while place < len(words) and len(met) < most:
        word = words[place]
        if word.barred or word.is_joined:
            place += 1
            continue
        term, length = spellings.at(html, words, place)
        end = words[place + length - 1].end
        if term >= 0 and term not in met:
            met.append(term)
            printed += [html[done : word.start], _link(html[word.start : end], met)]
            done = end
        place += length
    return "".join([*printed, html[done:]])


def _link(words: str, met: list[int]) -> str:
    number = len(met)
    place = f'href="#term-{number}" id="term-at-{number}"'
    return f'<a class="term" {place}>{words}</a>'


def _words(html: str) -> Iterator[_Word]:
    last, left_alone = -1, _LeftAlone()
    for token in _TOKEN.finditer(html):
        if token["tag"]:
            left_alone.pass_by(token["tag"])
        elif not token["entity"]:
            start, end = token.span()
            is_joined = last >= 0 and bool(_JOINED.fullmatch(html, last, start))
            yield _Word(start, end, is_joined, left_alone.is_inside)
            last = end


class _LeftAlone:
    """Whether a place is inside of something in which no term is explained."""

    def __init__(self) -> None:
        self._name = ""
        self._depth = 0

    @property
    def is_inside(self) -> bool:
        return self._depth > 0

    def pass_by(self, tag: str) -> None:
        found = _NAME.search(tag)
        name = found[0] if found else ""
        if self._depth:
            self._depth += (name == self._name) * (-1 if tag[0] == "/" else 1)
        elif tag[0] != "/" and (name in _LEFT_ALONE or tag == _TITLE):
            self._name, self._depth = name, 1


def _key(html: str) -> str:
    """A piece of text with its spaces, hyphens and apostrophes in one spelling."""
    return " ".join(html.replace("&nbsp;", " ").split()).translate(_SAME)
