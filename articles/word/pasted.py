"""
What the clipboard brings from Word, Google Docs and web pages, nearer to the vocabulary.

Structure that such markup only paints (bold by a style, lists by bullets typed into
paragraphs) is written as structure; paint is taken off. Nothing here makes a text safe:
what comes out is still to be cleaned, and says the same as what came in.
"""

import html as entities
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from articles import content
from articles.content import elements, markup
from articles.content.markup import Comment, End, Start, Text, Token
from articles.word import fakelists

_ISLANDS = frozenset({"head", "title", "xml", "style"})
_FRAMES = "html body meta link base col colgroup center section article main header"
_TRANSPARENT = frozenset(f"{_FRAMES} footer nav figure figcaption".split())
_PAINTED = frozenset({"span", "font", "b", "i", "strong", "em", "u"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_BLOCKS = "p div ul ol li table tr td th blockquote aside h1 h2 h3 h4 h5 h6"
_BLOCK = frozenset(_BLOCKS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PAINTS = (
    "style class lang xml:lang dir align valign width height border cellspacing "
    "cellpadding bgcolor id name start type value face size color rel target title role "
    "rules frame nowrap hspace vspace clear cite datetime link vlink"
)
_PAINT = frozenset(_PAINTS.split())
_PAINT_PREFIXES = ("data-", "aria-", "xmlns", "v:", "o:", "w:", "mso")
_WEIGHT = re.compile(
    r"(?:^|;)\s*font-weight\s*:\s*(bold(?:er)?|[6-9]00|normal|[1-5]00)\b"
)
_SLANT = re.compile(r"(?:^|;)\s*font-style\s*:\s*(italic|oblique|normal)\b")
_RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*(super|sub)\b")
_LIGHT = re.compile(r"normal|[1-5]00")
_LAST_BREAKS = re.compile(r"(?:<br>\s*)+$")
_EMPTY = re.compile(r"<(p|h[1-6])>(?:\s|<br>)*</\1>")


def tidy(html: str) -> str:
    """Tidying what was tidied, or what is clean, changes nothing that matters."""
    if content.is_clean(html):
        return html
    read = _without_islands(markup.tokens(html))
    tokens = _named_divisions(list(fakelists.as_lists(read)))
    painted = _Painting()
    parts = [part for token in tokens for part in painted.take(token)]
    return _LAST_BREAKS.sub("", _EMPTY.sub("", "".join(parts)).strip()).strip()


def from_text(text: str) -> str:
    """Plain text as paragraphs, parted by blank lines; a line's end is a break."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(text.splitlines()).strip())
    return "".join(
        f"<p>{'<br>'.join(entities.escape(paragraph, quote=False).splitlines())}</p>"
        for paragraph in paragraphs
        if paragraph.strip()
    )


def _without_islands(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without comments, and without what was never shown: head, XML, style sheets."""
    inside = ""
    for token in tokens:
        if isinstance(token, Comment):
            continue
        if inside:
            inside = "" if _leaves(token, inside) else inside
        elif isinstance(token, Start) and token.tag in _ISLANDS:
            inside = token.tag
        else:
            yield token


def _leaves(token: Token, island: str) -> bool:
    return isinstance(token, End) and token.tag == island


def _named_divisions(tokens: list[Token]) -> list[Token]:
    """A division that holds nothing but a line is a paragraph."""
    blocks = [
        at
        for at, token in enumerate(tokens)
        if isinstance(token, Start | End) and token.tag in _BLOCK
    ]
    for at, following in pairwise(blocks):
        opening, closing = tokens[at], tokens[following]
        if (
            isinstance(opening, Start)
            and opening.tag == "div"
            and closing == End("div")
        ):
            tokens[at], tokens[following] = Start("p", opening.attributes), End("p")
    return tokens


class _Painting:
    """What was painted, as elements; every end tag closes what its start tag became."""

    def __init__(self) -> None:
        self._open: dict[str, list[list[str]]] = {}
        self._inside = {"thead": 0, "heading": 0}

    def take(self, token: Token) -> Iterator[str]:
        match token:
            case Text(text):
                yield entities.escape(text, quote=False)
            case Start(tag, attributes):
                yield from self._start(tag, attributes)
            case End(tag):
                yield from self._end(tag)

    def _start(self, tag: str, attributes: dict[str, str]) -> Iterator[str]:
        self._step(tag, 1)
        became = self._became(tag, attributes)
        if became is None:
            yield elements.start_tag(tag, _plain(tag, attributes))
            return
        self._open.setdefault(tag, []).append(became[::-1])
        if not became and tag in _TRANSPARENT | {"div"}:
            yield "\n"
        for name in became:
            kept = _plain(tag, attributes) if name == tag else {}
            if name == "th":
                kept = {"scope": "col"} | _plain("th", attributes)
            yield elements.start_tag(name, kept)

    def _end(self, tag: str) -> Iterator[str]:
        self._step(tag, -1)
        waiting = self._open.get(tag)
        if waiting:
            yield from (f"</{name}>" for name in waiting.pop())
        elif tag not in _TRANSPARENT | {"div", "span", "font"}:
            yield f"</{tag}>"

    def _became(self, tag: str, attributes: dict[str, str]) -> list[str] | None:
        """The elements it stands for, or None when it stands for itself."""
        if tag in _PAINTED:
            return self._painted(tag, attributes.get("style", "").lower())
        if tag in _TRANSPARENT or tag == "div" or ":" in tag:
            return []
        if tag == "a" and attributes.get("href", "#").startswith("#"):
            return []
        if tag in {"td", "th"}:
            return ["th" if self._inside["thead"] else tag]
        return _paragraph(attributes) if tag == "p" else None

    def _painted(self, tag: str, style: str) -> list[str]:
        bold, slant = _WEIGHT.search(style), _SLANT.search(style)
        raised = _RAISED.search(style)
        strong = not _LIGHT.match(bold[1]) if bold else tag in _BOLD
        slanted = slant[1] != "normal" if slant else tag in _ITALIC
        became = ["strong"] if strong and not self._inside["heading"] else []
        became += ["em"] if slanted else []
        return became + ([raised[1].replace("super", "sup")] if raised else [])

    def _step(self, tag: str, by: int) -> None:
        name = "heading" if tag in _HEADINGS else tag
        if name in self._inside:
            self._inside[name] = max(0, self._inside[name] + by)


def _paragraph(attributes: dict[str, str]) -> list[str]:
    named = attributes.get("class", "").lower().split()
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level", "")
        return [f"h{level}"] if level in {"1", "2", "3", "4", "5", "6"} else ["h2"]
    if attributes.get("role") == "presentation":
        return []
    if "msotitle" in named:
        return ["h1"]
    if {"msoquote", "msointensequote"} & set(named):
        return ["blockquote", "p"]
    return ["p"]


def _plain(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Without paint; what else is not allowed stays for the report of cleaning."""
    allowed = elements.ATTRIBUTES.get(tag, set())
    return {
        name: value
        for name, value in attributes.items()
        if name in allowed
        or (name not in _PAINT and not name.startswith(_PAINT_PREFIXES))
    }
