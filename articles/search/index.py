"""What search looks through, replaced in the transaction that replaces the pages."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from articles.models import SearchEntry, WordKey
from articles.search import spelling, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_WORDS = 2_000
"""Different words of one article that can be offered for misspelled ones."""

BATCH = 5_000


def put(
    article: int, entries: Sequence[SearchEntry], *, replacing: bool = True
) -> None:
    """Let the article be found by these entries and no others."""
    if replacing:
        take_out(article)
    SearchEntry.objects.bulk_create(entries)
    learn(islice(words_of(entries), MOST_WORDS))


def take_out(article: int) -> None:
    SearchEntry.objects.filter(article=article).delete()


def words_of(entries: Iterable[SearchEntry]) -> Iterator[str]:
    """What somebody might misspell of these, each word once, titles first."""
    entries = list(entries)
    titles = (f"{e.question} {e.headline} {e.about}" for e in entries)
    bodies = (f"{e.body} {e.spelt}" for e in entries)
    said = (word for text in (*titles, *bodies) for word in words.words(text))
    return iter(dict.fromkeys(filter(spelling.is_word, said)))


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
