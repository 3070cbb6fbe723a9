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

_told: set[tuple[int, str]] = set()
"""What this process has told of, and why: sweeps come every 15 seconds."""


def learn_new(most: int = MOST_LEARNED) -> int:
    """
    Learn the entries that came since the last time; returns how many.

    What cannot be learned is passed over, and tried again by the next sweep.
    """
    learned = tried = last = 0
    while tried < most and (entries := _fresh(last)):
        tried, last = tried + len(entries), entries[-1].pk
        made = _made(entries)
        count = kept.keep(made)
        if made and not count:  # somebody else learns the same
            break
        learned += count
    return learned


def _fresh(after: int) -> list[SearchEntry]:
    fresh = SearchEntry.objects.filter(learned=False, pk__gt=after).order_by("pk")
    read = fresh.select_related("version__article")
    return list(read.prefetch_related("version__article__topics")[:AT_ONCE])


def _made(entries: list[SearchEntry]) -> dict[int, Quotable | None]:
    """What is quoted from each entry, without those of which it cannot be made."""
    freezing.read(*(entry.version for entry in entries if quotable.may_be(entry)))
    index.learn(index.words_of(entries))
    made: dict[int, Quotable | None] = {}
    for entry in entries:
        try:
            made[entry.pk] = quotable.of(entry)
        except SoftTimeLimitExceeded:  # which says nothing of the text
            raise
        except Exception as error:  # it must not keep others from being learned
            if (told := (entry.pk, repr(error))) not in _told:
                _told.add(told)
                logger.exception("Search entry %s cannot be learned yet", entry.pk)
    return made
