"""
Lists as Word and Google Docs put them on the clipboard, and as HTML has them.

Word writes a paragraph with a typed bullet for each item and keeps the level in a style;
Google Docs puts an inner list beside its item instead of inside.
"""

import re
from collections.abc import Iterable, Iterator

from articles.content.markup import End, Start, Text, Token

DEEPEST = 9

_LISTS = frozenset({"ul", "ol"})
_BLOCKS = "p div ul ol li table tr td th h1 h2 h3 h4 h5 h6 blockquote"
_ENDS_PARAGRAPH = frozenset(_BLOCKS.split())
_LEVEL = re.compile(r"mso-list:\s*\S+\s+level([1-9])")
_IGNORE = re.compile(r"mso-list:\s*ignore")
_ORDERED = re.compile(r"\(?(?:[0-9]{1,4}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]")
_TYPED = re.compile(
    r"\s*(?P<marker>[·•§▪◦●○■\uf0b7\uf0a7-]|o(?=\s)|\(?(?:[0-9]{1,4}|[a-zA-Z])[.)])\s+"
)


def as_lists(tokens: Iterable[Token]) -> Iterator[Token]:
    return _nested(list(_listed(list(tokens))))


def _listed(tokens: list[Token]) -> Iterator[Token]:
    """Paragraphs that look like items, as items."""
    levels: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _end_of_paragraph(tokens, at) if _is_item(token) else at
        marker, text = _item(tokens[at + 1 : end]) if end > at else ("", [])
        if isinstance(token, Start) and (marker or (end > at and _level(token))):
            yield from _opened(levels, _level(token) or 1, _kind(marker))
            yield from text
            at = end + (end < len(tokens) and tokens[end] == End("p"))
            continue
        if levels and not _is_space(token):
            yield from _closed(levels, 0)
        yield token
        at += 1
    yield from _closed(levels, 0)


def _is_item(token: Token) -> bool:
    if not isinstance(token, Start) or token.tag != "p":
        return False
    return bool(_level(token)) or token.attributes.get("class", "").lower().startswith(
        "msolist"
    )


def _level(token: Start) -> int:
    found = _LEVEL.search(token.attributes.get("style", "").lower())
    return int(found[1]) if found else 0


def _end_of_paragraph(tokens: list[Token], start: int) -> int:
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if isinstance(token, Start | End) and token.tag in _ENDS_PARAGRAPH:
            return at
    return len(tokens)


def _item(inner: list[Token]) -> tuple[str, list[Token]]:
    """The bullet or number, and the rest."""
    marker, rest, depth = "", list[Token](), 0
    for token in inner:
        if depth:
            depth += _span(token)
            marker += token.text if isinstance(token, Text) else ""
        elif _is_ignored(token):
            depth = 1
        else:
            rest.append(token)
    return (marker.strip(), rest) if marker.strip() else _typed(rest)


def _typed(inner: list[Token]) -> tuple[str, list[Token]]:
    for at, token in enumerate(inner):
        if isinstance(token, Text) and token.text.strip():
            found = _TYPED.match(token.text + _text(inner, at + 1) + " ")
            if not found:
                return "", inner
            rest = Text(token.text[found.end() :])
            return found["marker"], [*inner[:at], *_trimmed([rest, *inner[at + 1 :]])]
    return "", inner


def _trimmed(inner: list[Token]) -> Iterator[Token]:
    """Without the space before the first word."""
    for at, token in enumerate(inner):
        if not isinstance(token, Text):
            yield token
        elif text := token.text.lstrip():
            yield Text(text)
            yield from inner[at + 1 :]
            return


def _text(tokens: list[Token], at: int) -> str:
    token = tokens[at] if at < len(tokens) else None
    return token.text if isinstance(token, Text) else ""


def _is_ignored(token: Token) -> bool:
    return isinstance(token, Start) and bool(
        _IGNORE.search(token.attributes.get("style", "").lower())
    )


def _span(token: Token) -> int:
    if isinstance(token, Start | End) and token.tag == "span":
        return 1 if isinstance(token, Start) else -1
    return 0


def _is_space(token: Token) -> bool:
    return isinstance(token, Text) and not token.text.strip()


def _kind(marker: str) -> str:
    return "ol" if _ORDERED.match(marker) else "ul"


def _opened(levels: list[str], level: int, kind: str) -> Iterator[Token]:
    yield from _closed(levels, level)
    if len(levels) == level and levels[-1] != kind:
        yield from _closed(levels, level - 1)
    if len(levels) == level:
        yield End("li")
        yield Start("li", {})
    while len(levels) < level:
        levels.append(kind)
        yield Start(kind, {})
        yield Start("li", {})


def _closed(levels: list[str], level: int) -> Iterator[Token]:
    while len(levels) > level:
        yield End("li")
        yield End(levels.pop())


def _nested(tokens: list[Token]) -> Iterator[Token]:
    """A list that stands between items moves into the item before it."""
    depth = 0
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        list_follows = _next_is_list(tokens, at)
        if token == End("li") and depth and list_follows:
            waiting.append(depth)
            continue
        yield token
        if isinstance(token, Start | End) and token.tag in _LISTS:
            depth = max(0, depth + (1 if isinstance(token, Start) else -1))
            if isinstance(token, End) and waiting[-1:] == [depth] and not list_follows:
                waiting.pop()
                yield End("li")


def _next_is_list(tokens: list[Token], at: int) -> bool:
    for token in tokens[at + 1 : at + 3]:
        if not _is_space(token):
            return isinstance(token, Start) and token.tag in _LISTS
    return False
