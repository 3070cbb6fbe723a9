"""The words of a text and of a question: one spelling for what a reader means alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")  # noqa: RUF001  as people type it

_LISTED = """
    a about above after again against all also am an and any are as at be because
    been before being below between both but by can could did do does doing don down
    during each few for from further get gets getting had has have having he her
    here hers herself him himself his how i if in into is it its itself just me more
    most my myself no nor not now of off on once only or other our ours ourselves
    out over own please s same shall she should so some such t tell than that the
    their theirs them themselves then there these they this those through to too
    under until up very was we were what when where which while who whom why will
    with would you your yours yourself yourselves
"""
SAYING_NOTHING = frozenset(_LISTED.split())
"""Words that are in every text and tell nothing of any."""


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """The word in small letters, without accents."""
    if word.isascii():
        return word.lower()
    apart = normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not combining(letter))


def words(text: str) -> list[str]:
    """The words of a text in their order, folded: letters and digits, nothing else."""
    return [
        word for found in _WORD.findall(text) for word in _WORD.findall(folded(found))
    ]


def asked(text: str) -> list[str]:
    """The words of a question; whose something is does not matter."""
    return words(_POSSESSIVE.sub("", text))


def american(word: str) -> str:
    """Anemia for anaemia, edema for oedema; a spelling, not always a word."""
    return word.replace("ae", "e").replace("oe", "e")


def spellings(text: str) -> str:
    """Other spellings of the words in a text, under which it is found as well."""
    return " ".join(dict.fromkeys(_spellings(_WORD.findall(text))))


def _spellings(found: Iterable[str]) -> Iterator[str]:
    for word in dict.fromkeys(found):
        plain = folded(word)
        other = american(plain)
        if plain != word.lower():
            yield plain
        if other != plain and plain not in SAYING_NOTHING:
            yield other
