"""A clean body as a reader sees it: numbers, ids, labels and landmarks added."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from unicodedata import combining, normalize

from articles.content import citations, cleaning, words

MAX_SLUG = 60
EN_DASH = "\N{EN DASH}"
UNBROKEN = "\N{NO-BREAK SPACE}"

_HEADING = re.compile(r"<h([2-4])>")
_CAPTION = re.compile(r"\s*<caption>(.*?)</caption>", re.DOTALL)
_SHOWN_DIFFERENTLY = re.compile(
    rf'<(?:(?P<marker>{citations.GROUP[1:]})|(?P<heading>h[2-4])>|a href="(?P<link>http'
    r'[^"]*)">|(?P<table>/?table)>|(?P<safety>aside class="safety")>)'
    r"|(?P<space>(?<=\d) (?=(?:/ ?)?\d|%)|(?<=\d /) (?=\d))"
)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAFETY = (
    '<aside class="safety" role="note" aria-label="Safety"><p class="label">Safety</p>'
)


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    id: str


def outline(html: str, prefix: str = "") -> list[Heading]:
    """The headings, with the ids that `render` gives them."""
    return list(_headings(html, prefix))


def render(html: str, *, numbers: Mapping[str, int], prefix: str = "") -> str:
    """
    Safe HTML for a page; `numbers` says which reference each key is.

    Every id made here begins with `prefix`, so that two texts can share a page. A key
    without a number is shown as missing. A text that is not clean is cleaned first.
    No line ends within a number.
    """
    if not cleaning.is_clean(html):
        html = cleaning.clean(html).html
    return _SHOWN_DIFFERENTLY.sub(_Rendering(html, numbers, prefix).show, html)


class _Rendering:
    def __init__(self, html: str, numbers: Mapping[str, int], prefix: str) -> None:
        self._html = html
        self._numbers = numbers
        self._prefix = prefix
        self._headings = _headings(html, prefix)
        self._seen: Counter[str] = Counter()
        self._tables = 0

    def show(self, found: re.Match[str]) -> str:
        if found["marker"]:
            return self._citations(citations.keys_in(found[0]))
        if found["heading"]:
            return f'<{found["heading"]} id="{next(self._headings).id}">'
        if found["link"]:
            return f'<a href="{found["link"]}" rel="noopener">'
        if found["safety"]:
            return _SAFETY
        if found["space"]:
            return UNBROKEN
        return self._table(found)

    def _table(self, found: re.Match[str]) -> str:
        if found["table"] == "/table":
            return "</table></div>"
        self._tables += 1
        caption = _CAPTION.match(self._html, found.end())
        label = words.plain_text(caption[1]) if caption else ""
        label = escape(" ".join(label.split()) or f"Table {self._tables}")
        return f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table>'

    def _citations(self, keys: list[str]) -> str:
        by_number: dict[int, list[str]] = {}
        missing = []
        for key in keys:
            if key in self._numbers:
                by_number.setdefault(self._numbers[key], []).append(key)
            else:
                missing.append(self._missing(key))
        runs = [
            self._run(first, last, by_number)
            for first, last in citations.collapse(by_number)
        ]
        return f'<sup class="cite">{",".join(runs + missing)}</sup>'

    def _run(self, first: int, last: int, by_number: dict[int, list[str]]) -> str:
        if first == last:
            return self._link(first, by_number[first])
        between = (
            self._place(key)
            for number in range(first + 1, last)
            for key in by_number[number]
        )
        start = self._link(first, by_number[first])
        end = self._link(last, by_number[last])
        return f"{start}{''.join(between)}{EN_DASH}{end}"

    def _link(self, number: int, keys: list[str]) -> str:
        first, *others = keys
        link = f'<a href="#ref-{number}" {self._marks(first)}>{number}</a>'
        return link + "".join(self._place(key) for key in others)

    def _place(self, key: str) -> str:
        """Where a link back lands when the number itself is not written out."""
        return f"<span {self._marks(key)}></span>"

    def _missing(self, key: str) -> str:
        return f"<span {self._marks(key)}>[?] no reference “{escape(key)}”</span>"

    def _marks(self, key: str) -> str:
        anchor = citations.anchor(key, self._seen, self._prefix)
        return f'data-citation="{escape(key)}" id="{escape(anchor)}"'


def _headings(html: str, prefix: str) -> Iterator[Heading]:
    used: set[str] = set()
    repeats: Counter[str] = Counter()
    for found in _HEADING.finditer(html):
        end = html.find(f"</h{found[1]}>", found.end())
        text = " ".join(words.plain_text(html[found.end() : end]).split())
        slug = _unused(_slug(text), used, repeats)
        yield Heading(int(found[1]), text, f"{prefix}s-{slug}")


def _unused(slug: str, used: set[str], repeats: Counter[str]) -> str:
    candidate = slug
    while candidate in used:
        repeats[slug] += 1
        candidate = f"{slug}-{repeats[slug] + 1}"
    used.add(candidate)
    return candidate


def _slug(text: str) -> str:
    plain = "".join(
        character for character in normalize("NFKD", text) if not combining(character)
    )
    slug = _NOT_A_WORD.sub("-", plain.casefold())[:MAX_SLUG].strip("-")
    return slug or "section"
