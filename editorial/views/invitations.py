"""What an invitation tells before the text is open: how much, until when, how blind."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from articles import content, freezing
from articles.vocabulary import Blinding
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from articles.models import Version
    from reviews.models import Assignment

WORDS_A_MINUTE = 200
READINGS = 2
MINUTES_A_SOURCE = 1
CHECKLIST_MINUTES = 10
ROUNDED_TO = 5

BLINDING: dict[str, str] = {
    Blinding.OPEN: "Open: you know the authors, and they read your name.",
    Blinding.SINGLE: "Single: you know the authors, and they do not learn your name.",
    Blinding.DOUBLE: "Double: neither you nor the authors learn who the other is.",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    asked_by: str
    review_by: dt.datetime | None
    words: int
    sources: int
    minutes: int
    blinding: str


def told(assignment: Assignment) -> Invitation:
    version = assignment.version
    freezing.read(version)
    words, sources = _words(version), len(version.citations.all())
    quorum = QUORUM.get(version.article.tier)
    days = dt.timedelta(days=quorum.review_days) if quorum else None
    asked_by = version.article.editor or assignment.invited_by
    return Invitation(
        asked_by=asked_by.printed_name,
        review_by=timezone.now() + days if days else None,
        words=words,
        sources=sources,
        minutes=expected_minutes(words, sources),
        blinding=BLINDING[version.article.blinding],
    )


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
