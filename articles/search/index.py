"""
What search looks through, replaced in the transaction that replaces the pages.

How the words of a text are spelled is learned afterwards, with what else is learned of it.
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
