"""A public text as search is given it: what its pages say, without their markup."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from articles import content
from articles.models import SearchEntry
from articles.reading.printed import Printed
from articles.search import words
from articles.states import Standing

if TYPE_CHECKING:
    from articles.models import Version
    from articles.reading.text import Text

MOST = 200_000
"""Characters of a text that are looked through; PostgreSQL has a bound of its own."""


def entries(
    version: Version, text: Text, approved_at: dt.datetime | None
) -> list[SearchEntry]:
    """One for each rendition that the public sees, approved or not."""
    printed = Printed(text)
    is_stopped = version.article.standing == Standing.HELD  # its text is folded away
    topics = " ".join(topic.name for topic in text.topics)
    about = f"{topics} {words.spellings(f'{text.question} {text.headline} {topics}')}"
    shared = {
        "article_id": version.article_id,
        "version_id": version.pk,
        "standing": str(version.article.standing),
        "reviewed_on": approved_at.astimezone(dt.UTC).date() if approved_at else None,
        "question": text.question,
        "headline": text.headline,
        "about": about.strip(),
    }
    return [
        SearchEntry(
            **shared,
            audience=audience,
            path=printed.path_for(audience),
            body=(said := "" if is_stopped else _said(text, html)),
            spelt=words.spellings(said),
        )
        for audience, html in printed.bodies.items()
    ]


def _said(text: Text, html: str) -> str:
    """The key answer and the text, in words alone."""
    parts = (content.plain_text(text.key_answer), content.plain_text(html))
    return "\n".join(filter(None, parts))[:MOST]
