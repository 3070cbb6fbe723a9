"""Plain words as blocks, for who types a text without the editor and without a tag."""

from __future__ import annotations

import re
from itertools import groupby

_TAG = re.compile(r"<[a-z/!]", re.IGNORECASE)
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")
_MARKS = (
    ("ul", re.compile(r"\s*[-*•][ \t]+")),
    ("ol", re.compile(r"\s*[0-9]{1,2}\.[ \t]+")),
)


def in_blocks(text: str) -> str:
    """Blank lines make paragraphs, `- ` and `1. ` lists; one tag, and nothing is made."""
    if not text.strip() or _TAG.search(text):
        return text
    return "".join(map(_blocks, _BETWEEN.split(text.strip())))


def _blocks(lines: str) -> str:
    return "".join(
        _block(sort, list(some)) for sort, some in groupby(lines.split("\n"), key=_sort)
    )


def _sort(line: str) -> str:
    return next((sort for sort, mark in _MARKS if mark.match(line)), "p")


def _block(sort: str, lines: list[str]) -> str:
    if sort == "p":
        return f"<p>{chr(10).join(lines)}</p>"
    mark = dict(_MARKS)[sort]
    items = "".join(f"<li>{mark.sub('', line, count=1)}</li>" for line in lines)
    return f"<{sort}>{items}</{sort}>"
