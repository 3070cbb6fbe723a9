"""
Hostile or careless HTML, read once from left to right into texts and tags.

Reads tags as browsers do, and whatever never closes as text. It decides nothing about
safety: the sanitiser reads everything again after it.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.content.elements import WITHOUT_CONTENT

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+"""
)
_TAG_END = re.compile(r"[\s/]*+>")
_COMMENT = re.compile(r"<!---?>|<!--.*?--!?>|<[!?/](?!--)[^>]*+>", re.DOTALL)
_MAY_BE_COMMENT = re.compile(r"<[!?/]")


class Text(NamedTuple):
    text: str


class Start(NamedTuple):
    tag: str
    attributes: dict[str, str]


class End(NamedTuple):
    tag: str


class Comment(NamedTuple):
    """A comment, a declaration or a processing instruction."""


Token = Text | Start | End | Comment


def tokens(markup: str) -> Iterator[Token]:
    """Texts come with their entities decoded."""
    done = at = 0
    while (at := markup.find("<", at)) >= 0:
        found = _tag(markup, at) or _comment(markup, at)
        if not found and _opens(markup, at):
            break
        if not found:
            at += 1
            continue
        if at > done:
            yield Text(html.unescape(markup[done:at]))
        token, done = found
        yield token
        at = done = _after_raw_text(markup, token, done)
    if done < len(markup):
        yield Text(html.unescape(markup[done:]))


def _opens(markup: str, at: int) -> bool:
    return bool(_NAME.match(markup, at) or _MAY_BE_COMMENT.match(markup, at))


def _tag(markup: str, at: int) -> tuple[Start | End, int] | None:
    name = _NAME.match(markup, at)
    if not name:
        return None
    attributes: dict[str, str] = {}
    end = name.end()
    while pair := _ATTRIBUTE.match(markup, end):
        attributes.setdefault(pair[1].lower(), html.unescape(_unquoted(pair[2] or "")))
        end = pair.end()
    closed = _TAG_END.match(markup, end)
    if not closed:
        return None
    tag = name[1].lower()
    token = End(tag) if markup[at + 1] == "/" else Start(tag, attributes)
    return token, closed.end()


def _comment(markup: str, at: int) -> tuple[Comment, int] | None:
    found = _COMMENT.match(markup, at)
    return (Comment(), found.end()) if found else None


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _after_raw_text(markup: str, token: object, at: int) -> int:
    """Where a script or style sheet ends: at its own end tag, or with the text."""
    if not isinstance(token, Start) or token.tag not in WITHOUT_CONTENT:
        return at
    end = re.compile(rf"</{token.tag}(?=[\s/>])", re.IGNORECASE).search(markup, at)
    return end.start() if end else len(markup)
