"""A body without its markup."""

import html as entities
import re

_MARKER = re.compile(r"<cite [^>]*></cite>")
_CELL_END = re.compile(r"</t[dh]>")
_BREAK = re.compile(
    r"<br>|</?(?:h[2-4]|p|ul|ol|li|table|caption|thead|tbody|tr|blockquote|aside)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\xa0]+")


def plain_text(html: str) -> str:
    """The words, a line for each block; the cells of a row stand on one line."""
    text = _CELL_END.sub(" ", _MARKER.sub("", html)).replace("\n", " ")
    text = entities.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def word_count(html: str) -> int:
    return len(plain_text(html).split())
