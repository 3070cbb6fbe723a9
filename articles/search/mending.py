"""What is looked for instead of a word that no text has: what it begins, or is near to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from articles.models import WordKey
from articles.search import question, spelling
from articles.search.plan import Weighed
from articles.search.question import Group, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Counts = Callable[[Sequence[Group]], list[int]]

MOST_MENDED = 3
MOST_TRIED = 8
"""Words tried for one that is unknown."""

SHORTEST_BEGUN = 3
MOST_BEGUN = 20
AS_BEGUN = (1, False)
"""A word without its end is as far from it as one with a letter wrong."""


class Mended(NamedTuple):
    """`said` is what was typed; `is_begun` that it was taken for part of a word."""

    said: str
    instead: Weighed
    is_begun: bool


class Way(NamedTuple):
    """Something to try for a word: as `apart` from it as a word that is near it."""

    said: str
    apart: tuple[int, bool]
    group: Group
    is_begun: bool = False


def mend(
    unknown: Sequence[Group], last: str, counts: Counts
) -> tuple[list[Mended], list[str]]:
    """
    What to look for instead of unknown words, and those with nothing instead.

    The last word of a question may be one that was not typed to its end. Of what is
    equally near the word is taken that most texts have.
    """
    if not unknown:
        return [], []
    ways = list(_ways([group.said for group in unknown], last))
    held = counts([way.group for way in ways]) if ways else []
    best: dict[str, tuple[Way, int]] = {}
    rated = zip(ways, held, strict=True)
    for way, count in sorted(rated, key=lambda row: (row[0].apart, -row[1])):
        if count:
            best.setdefault(way.said, (way, count))
    mended = [
        Mended(said, Weighed(way.group, count), way.is_begun)
        for said, (way, count) in best.items()
    ]
    return mended, [group.said for group in unknown if group.said not in best]


def _ways(unknown: Sequence[str], last: str) -> Iterator[Way]:
    words = unknown[:MOST_MENDED]
    if last in words and len(last) >= SHORTEST_BEGUN:
        yield Way(last, AS_BEGUN, _begun(last), is_begun=True)
    for word, near in spelling.near(words).items():
        for apart, other in near[:MOST_TRIED]:
            yield Way(word, apart, question.group(other))


def _begun(word: str) -> Group:
    """
    A word without its end, and whole words that begin so.

    Engines look for stems, and a stem may be shorter than what was typed of a word.
    """
    rows = WordKey.objects.filter(
        kind=WordKey.Kind.WORD, key__gte=word, key__lte=f"{word}zzzzzzzzz"
    ).order_by("key")
    whole = rows.values_list("word", flat=True)[:MOST_BEGUN]
    ways = [Term((word,), is_begun=True), *(Term((each,)) for each in whole)]
    return Group(word, tuple(ways))
