"""What was looked for, marked in a passage that is otherwise exactly as it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

OPEN, CLOSE = "\x02", "\x03"
"""No text of ours holds these; engines put them around what they find."""

_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_LEFT = re.compile(f"[{OPEN}{CLOSE}]")


class Marked(NamedTuple):
    """A title and a passage, as an engine marks them."""

    question: str
    passage: str


def safe(text: str) -> SafeString:
    """A marked text as HTML."""
    html = _MARKED.sub(r"<mark>\1</mark>", escape(text))
    return SafeString(_LEFT.sub("", html))
