"""
Words that are spelled nearly alike, found by keys that they have in common.

Two words that differ in one letter share what is left without it; words that sound
alike share their sound. So what is near a misspelled word is found by an index, and
only the few that were found are compared letter by letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from articles.models import WORD_LENGTH, WordKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = WordKey.Kind

SHORTEST = 4
SHORT = 7
"""Letters up to which a word is also found by its letters, less one."""

SHORTEST_SOUND = 3
MOST_NEAR = 1_500
"""Words that are compared with those that were asked for."""

_WORD = re.compile(f"[a-z]{{{SHORTEST},{WORD_LENGTH}}}")
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^(?:pn|kn|gn)", "n"),
        ("^ps", "s"),
        ("^(?:rh|wr)", "r"),
        ("^x", "s"),
        ("ph", "f"),
        ("[td]h", "t"),
        ("rh", "r"),
        ("sch|sh|[cst]i(?=[aou])", "s"),
        ("c(?=[eiy])|z", "s"),
        ("g(?=[eiy])", "j"),
        ("ch|ck|[cq]", "k"),
        ("x", "ks"),
        ("[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
]


class Near(NamedTuple):
    """A word of the index; the smaller `apart`, the more is it like the other."""

    apart: tuple[int, bool]
    word: str


def is_word(word: str) -> bool:
    """Whether it is a word that somebody might misspell."""
    return _WORD.fullmatch(word) is not None


def sound(word: str) -> str:
    """The consonants of a word as they sound, each run of one written once."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def keys(word: str) -> Iterator[tuple[str, str]]:
    """Under what a word is found: kind and key."""
    heard = sound(word)
    if len(word) <= SHORT:
        yield from ((Kind.LETTERS, key) for key in _less_one(word))
    if len(heard) >= SHORTEST_SOUND:
        yield from ((Kind.SOUND, key) for key in _less_one(heard))
    elif heard:
        yield (Kind.SOUND, heard)


def near(asked: Iterable[str]) -> dict[str, list[Near]]:
    """For each word those in the index that are near it, the nearest first; one query."""
    wanted = {word: list(keys(word)) for word in asked if is_word(word)}
    match = Q(pk__in=())
    for kind in (Kind.LETTERS, Kind.SOUND):
        shared = {k for found in wanted.values() for of, k in found if of == kind}
        match |= Q(kind=kind, key__in=shared)
    rows = WordKey.objects.filter(match).order_by("kind", "key", "word")
    known = dict.fromkeys(rows.values_list("word", flat=True)[:MOST_NEAR])
    return {word: _nearest(word, known) for word in wanted}


def _less_one(word: str) -> Iterator[str]:
    yield word
    yield from dict.fromkeys(word[:n] + word[n + 1 :] for n in range(len(word)))


def _nearest(word: str, known: Iterable[str]) -> list[Near]:
    found = []
    for other in known:
        bound = _allowed(max(len(word), len(other)))
        if abs(len(word) - len(other)) > bound:
            continue
        if (apart := distance(word, other, bound)) <= bound:
            found.append(Near((apart, sound(word) != sound(other)), other))
    return sorted(found)


def _allowed(length: int) -> int:
    """Mistakes in a word of that length that still leave it known."""
    return 1 if length <= 5 else 2 if length <= 8 else 3  # noqa: PLR2004


def distance(one: str, other: str, bound: int) -> int:
    """
    Letters to put in, take out, change or swap to make one word of the other.

    Counted no further than one past the bound.
    """
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, there in enumerate(other, start=1):
            step = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != there))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == there:
                step = min(step, earlier[j - 2] + 1)
            row.append(step)
        if min(row) > bound:
            return bound + 1
    return row[-1]
