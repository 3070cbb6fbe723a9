"""Where something stands in a text, in words and as a link on the page around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from articles.vocabulary import Audience

if TYPE_CHECKING:
    from articles.models import Version

EDIT = "edit"
"""The page on which the text is written; its fields are what a link leads to."""

WORDS_IN_LINK = 8

_LABELS = {
    "question": "Title",
    "headline": "Headline",
    "key_answer": "Key answer",
    "references": "References",
    "article": "The article as a whole",
}
_LABELS |= {a: f"Text for {a.label.lower()}" for a in Audience}


@dataclass(frozen=True, slots=True)
class Placed:
    """`href` is empty where there is nothing to lead to; a script selects the excerpt."""

    label: str
    href: str
    part: str
    excerpt: str = ""
    prefix: str = ""
    suffix: str = ""
    reference: str = ""


def placed(
    version: Version,
    page: str,
    part: str,
    *,
    excerpt: str = "",
    prefix: str = "",
    suffix: str = "",
    reference: str = "",
) -> Placed:
    """The place of these words on `page`, which is `edit` or any that shows the text."""
    link = _field(version, part) if page == EDIT else _words(part, excerpt)
    label = _LABELS.get(part, part)
    return Placed(label, link, part, excerpt, prefix, suffix, reference)


def _field(version: Version, part: str) -> str:
    if part == "article":
        return ""
    if part in Audience.values:
        return "#id-body" if part == version.audience else f"#id-body_{part}"
    return f"#id-{part}"


def _words(part: str, excerpt: str) -> str:
    """A link that browsers follow to the words themselves, or else to the part."""
    anchor = f"for-{part}" if part in Audience.values else ""
    words = " ".join(excerpt.split()[:WORDS_IN_LINK])
    if words:
        return f"#{anchor}:~:text={quote(words, safe='').replace('-', '%2D')}"
    return f"#{anchor}" if anchor else ""
