"""What an invitation tells before the text is open: how much, until when, how blind."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from articles import content, freezing
from articles.vocabulary import Blinding
from editorial import blinding
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from reviews.models import Assignment

WORDS_A_MINUTE = 200
READINGS = 2
MINUTES_A_SOURCE = 1
CHECKLIST_MINUTES = 10
ROUNDED_TO = 5

BLINDING: dict[str, str] = {
    Blinding.OPEN: "Open: you know the authors, and they read your name.",
    Blinding.SINGLE: "Single: you know the authors; while it is reviewed, they do not learn your name.",
    Blinding.DOUBLE: "Double: while it is reviewed, neither of you learns who the other is.",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    asked_by: str
    review_by: dt.datetime | None
    authors: str
    words: int
    sources: list[str]
    minutes: int
    blinding: str


def told(assignment: Assignment, reader: User) -> Invitation:
    """What somebody needs who must say whether an interest stands against it."""
    version = assignment.version
    freezing.read(version)
    words = _words(version)
    sources = [str(one.work) for one in version.citations.all()]
    quorum = QUORUM.get(version.article.tier)
    days = dt.timedelta(days=quorum.review_days) if quorum else None
    asked_by = version.article.editor or assignment.invited_by
    return Invitation(
        asked_by=asked_by.printed_name,
        review_by=timezone.now() + days if days else None,
        authors=_authors(version, reader),
        words=words,
        sources=sources,
        minutes=expected_minutes(words, len(sources)),
        blinding=BLINDING[version.article.blinding],
    )


def _authors(version: Version, reader: User) -> str:
    if not blinding.sight(reader, version).knows_authors:
        return "Not named to you"
    return "; ".join(author["name"] for author in version.byline)


def expected_minutes(words: int, sources: int) -> int:
    """Two readings, a look at each source and the checklist, to the next five."""
    reading = READINGS * words / WORDS_A_MINUTE
    needed = reading + MINUTES_A_SOURCE * sources + CHECKLIST_MINUTES
    return math.ceil(needed / ROUNDED_TO) * ROUNDED_TO


def _words(version: Version) -> int:
    """The words of the text that this reviewer reads first."""
    bodies = {r.audience: r.body for r in version.renditions.all()}
    texts = (version.key_answer, bodies.get(version.audience, ""))
    return sum(len(content.plain_text(text).split()) for text in texts)
