"""
What search looks through, replaced in the transaction that replaces the pages.

How the words of a text are spelled is learned afterwards: nobody who decides or
publishes waits for it, and a misspelling is understood a few seconds later.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from articles.models import SearchEntry, WordKey
from articles.search import spelling, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_WORDS = 2_000
"""Different words of one rendition that can be offered for misspelled ones."""

AT_ONCE = 10
"""Entries whose words are learned together; no more than a statement can name."""

MOST_LEARNED = 500
"""Entries whose words one sweep learns, a few seconds of work."""

BATCH = 5_000


def put(
    article: int, entries: Sequence[SearchEntry], *, replacing: bool = True
) -> None:
    """Let the article be found by these entries and no others."""
    if replacing:
        take_out(article)
    SearchEntry.objects.bulk_create(entries)


def take_out(article: int) -> None:
    SearchEntry.objects.filter(article=article).delete()


def learn_new(most: int = MOST_LEARNED) -> int:
    """
    Learn the words of entries that came since the last time; returns of how many.

    Whoever is stopped in between learns the same words again, which changes nothing.
    """
    learned = 0
    while learned < most and (count := _learn_some()):
        learned += count
    return learned


def _learn_some() -> int:
    fresh = SearchEntry.objects.filter(learned=False).order_by("pk")
    entries = list(fresh[:AT_ONCE])
    if entries:
        learn(words_of(entries))
        read = SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries])
        read.update(learned=True)
    return len(entries)


def words_of(entries: Iterable[SearchEntry]) -> Iterator[str]:
    """What somebody might misspell of these, the titles of each before its text."""
    for entry in entries:
        told = (entry.question, entry.headline, entry.about, entry.body, entry.spelt)
        said = words.words(" ".join(told))
        known = dict.fromkeys(filter(spelling.is_word, said))
        yield from islice(known, MOST_WORDS)


def learn(found: Iterable[str]) -> None:
    """Keep the words that are new; in one order, so that two who learn never lock."""
    wanted = set(found)
    held = WordKey.objects.filter(kind=WordKey.Kind.WORD, key__in=wanted)
    unknown = wanted.difference(held.values_list("word", flat=True))
    rows = sorted(key for word in unknown for key in _keys(word))
    WordKey.objects.bulk_create(
        (WordKey(kind=kind, key=key, word=word) for kind, key, word in rows),
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _keys(word: str) -> Iterator[tuple[str, str, str]]:
    yield (str(WordKey.Kind.WORD), word, word)
    for kind, key in spelling.keys(word):
        yield (str(kind), key, word)
