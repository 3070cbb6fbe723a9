"""
What was typed, as groups of words: what is in one group means the same.

An entry need not have every group; how much a group tells decides what it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.search import synonyms, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to one another; `is_begun` when the last has more letters."""

    words: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of which any one will do, for what the reader `said`."""

    said: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """
    A part of a question: a word, or some that are one name together.

    `alone` are the words of such a name one by one, for when nobody writes it.
    """

    group: Group
    alone: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`left_out` are words after the last that is looked for."""

    parts: tuple[Part, ...]
    last: str
    left_out: int = 0

    @property
    def groups(self) -> list[Group]:
        return [g for part in self.parts for g in (part.group, *part.alone)]


def read(text: str) -> Question:
    """The question in a text, without the words that say nothing."""
    typed = words.asked(text)
    kept = typed[:MOST_WORDS]
    parts = dict.fromkeys(_parts(kept))
    return Question(tuple(parts), kept[-1] if kept else "", len(typed) - len(kept))


def group(word: str) -> Group:
    """A word, as it is spelled here and there, and what else is called so."""
    return _group((word,))


def _parts(typed: Sequence[str]) -> Iterator[Part]:
    at = 0
    while at < len(typed):
        name = synonyms.longest(typed[at:])
        if len(name) > 1:
            alone = tuple(group(word) for word in name if _says_something(word))
            yield Part(_group(name), alone)
        elif _says_something(typed[at]):
            yield Part(group(typed[at]))
        at += max(len(name), 1)


def _says_something(word: str) -> bool:
    return word not in words.SAYING_NOTHING


def _group(name: tuple[str, ...]) -> Group:
    names = (name, *synonyms.others(name))
    spelled = [way for each in names for way in (each, _american(each))]
    return Group(" ".join(name), tuple(Term(way) for way in dict.fromkeys(spelled)))


def _american(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words.american(word) for word in name)
