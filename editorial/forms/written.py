"""Drafts as the form shows them: the stored one, and those of the past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from articles import freezing
from editorial import drafts_history
from editorial.actions.authoring import DraftText, Reference
from editorial.forms.references import as_json

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.drafts_history import Moment

BODY = "body_"
"""Before the audience, the name of the field that holds its text."""

_SEAM = re.compile(
    r"(</(?:p|h[2-4]|ul|ol|li|table|caption|thead|tbody|tr|aside|blockquote)>"
    r"|<(?:ul|ol|table|thead|tbody|tr|blockquote)>|<aside[^>]*>)(?=<)"
)

_SPREAD = re.compile(_SEAM.pattern.replace("(?=<)", r"\n+(?=<)"))


def written(version: Version) -> dict[str, Any]:
    """A stored draft as the form shows it."""
    columns = {name: getattr(version, name) for name in drafts_history.COLUMNS}
    bodies = {r.audience: r.body for r in version.renditions.all()}
    rows = list(version.citations.select_related("work"))
    texts = [version.key_answer, bodies.get(version.audience, "")]
    ordered = freezing.reading_order(rows, texts)
    references = tuple(Reference(row.key, row.csl or row.work.csl) for row in ordered)
    topics = ", ".join(topic.name for topic in version.article.topics.all())
    known = {"seen": version.revision, "topics": topics}
    return _shown(columns, bodies, references) | known


def written_then(moment: Moment) -> dict[str, Any]:
    """A draft of the past as the form would show it; its topics nobody kept."""
    references = tuple(Reference(key, item) for key, item in moment.cited)
    return _shown(moment.columns, moment.bodies, references)


def text_then(moment: Moment, topics: tuple[str, ...]) -> DraftText:
    """A draft of the past as it is stored again."""
    return DraftText(
        **moment.columns,
        renditions=moment.bodies,
        references=tuple(Reference(key, item) for key, item in moment.cited),
        topics=topics,
    )


def _shown(
    columns: dict[str, Any],
    bodies: dict[str, str],
    references: tuple[Reference, ...],
) -> dict[str, Any]:
    main = columns["audience"]
    return {
        **columns,
        "body": spread(bodies.get(main, "")),
        "references": as_json(references),
        **{BODY + a: spread(body) for a, body in bodies.items() if a != main},
    }


def spread(html: str) -> str:
    """The same text with a line for each block, as a person can read it."""
    return _SEAM.sub(r"\1\n", html)


def gathered(html: str) -> str:
    """The same text without the lines that `spread` put between its blocks."""
    return _SPREAD.sub(r"\1", html)
