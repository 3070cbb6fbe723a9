"""
The stored page of a version, shown as the text that stood on a certain day.

Pure: proven bytes go in, and come out with a notice before the text, unchanged beside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from articles.reading import words

if TYPE_CHECKING:
    import datetime as dt

TITLE = b"<title>"
TEXT = re.compile(rb"<article [^>]*>")


def shown(page: bytes, day: dt.date, context: dict[str, Any]) -> bytes:
    """The page with what `public/_then.html` says before anything else of the text."""
    notice = render_to_string("public/_then.html", context | {"day": day}).encode()
    page = page.replace(TITLE, TITLE + f"On {words.plain(day)}: ".encode(), 1)
    return TEXT.sub(lambda opening: opening[0] + notice, page, count=1)
