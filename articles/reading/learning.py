"""
What is learned of a public text after the deed: how it is spelled, and what it says.

Nobody who decides or publishes waits for it: a new text is found at once, a few
seconds later misspelt words find it too, and if it is approved it answers questions.
What an entry and its version say never changes, so all of it is made before anything
is locked; whoever is stopped in between makes the same again, which changes nothing.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from celery.exceptions import SoftTimeLimitExceeded

from articles import freezing
from articles.asking import kept
from articles.models import SearchEntry
from articles.reading import quotable
from articles.search import index

if TYPE_CHECKING:
    from articles.asking.kept import Quotable

logger = logging.getLogger(__name__)

AT_ONCE = 10
"""Entries that are learned together; their words are no more than a statement can name."""

MOST_LEARNED = 500
"""Entries that one sweep learns, a few seconds of work."""


def learn_new(most: int = MOST_LEARNED) -> int:
    """Learn the entries that came since the last time; returns how many."""
    learned = 0
    while learned < most and (count := _learn_some()):
        learned += count
    return learned


def _learn_some() -> int:
    fresh = SearchEntry.objects.filter(learned=False).order_by("pk")
    read = fresh.select_related("version__article")
    entries = list(read.prefetch_related("version__article__topics")[:AT_ONCE])
    if not entries:
        return 0
    freezing.read(*(entry.version for entry in entries if quotable.may_be(entry)))
    index.learn(index.words_of(entries))
    return kept.keep({entry.pk: _quotable(entry) for entry in entries})


def _quotable(entry: SearchEntry) -> Quotable | None:
    try:
        return quotable.of(entry)
    except SoftTimeLimitExceeded:  # its time was over, which says nothing of the text
        raise
    except Exception:  # one text must not keep the others from being learned
        logger.exception("Nothing is quoted from search entry %s", entry.pk)
        return None
