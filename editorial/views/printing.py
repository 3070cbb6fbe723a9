"""A version's text on the desk, exactly as its readers see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from articles import freezing
from articles.reading import card
from articles.reading.printed import Printed
from articles.reading.text import text_of
from articles.states import VersionState
from editorial import blinding
from editorial.actions.authoring import byline_of

if TYPE_CHECKING:
    from articles.models import Version
    from articles.reading.text import Text
    from editorial.models import User

CONTENT = ("renditions", "citations__work", "article__topics")


def text_for(version: Version) -> Text:
    """The version's text; a draft's references in the order in which it cites them."""
    prefetch_related_objects([version], *CONTENT)
    text = text_of(version)
    if version.state != VersionState.DRAFT:
        return text
    citations = freezing.reading_order(
        list(version.citations.all()), freezing.bodies(version)
    )
    place = {row.key: number for number, row in enumerate(citations)}
    references = sorted(text.references, key=lambda found: place[found.key])
    byline = tuple(byline_of(version.article))
    return replace(text, references=tuple(references), byline=byline)


def printed(version: Version, reader: User) -> dict[str, Any]:
    """What the text's own partials need, with the names that this person may know."""
    text = text_for(version)
    is_blind = not blinding.sight(reader, version).knows_authors
    if is_blind:
        text = replace(text, byline=())
    ready = Printed(text)
    sections = ready.sections()
    return {
        "text": text,
        "authors_hidden": is_blind,
        "made": card.made(text),
        "printed": ready,
        "sections": sections,
        "references": ready.references(*sections),
    }


def records(version: Version, text: Text) -> list[tuple[str, int]]:
    """The key of each work that the text cites, in its order, and the work's own."""
    works = {citation.key: citation.work_id for citation in version.citations.all()}
    keys = (reference.key for reference in text.references)
    return [(key, works[key]) for key in keys if key in works]
