"""
How hard a text is to read, by six formulas.

A heading is not counted; an item of a list and a cell of a table are sentences. Below
thirty sentences one number would say more than it knows, so there are two: one counts
everything, the other only running paragraphs. Names of medicines make every text look
hard, so each is also counted as if they were short words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

from pyphen import Pyphen

from articles.lint import patterns
from articles.lint.blocks import Block, Kind, parse

ENOUGH_SENTENCES = 30
POLYSYLLABLE = 3
SHORT = 2

_WORD = re.compile(r"[^\W_](?:[^\W_]|['\u2019.,·](?=[^\W_]))*+")
_DIGITS = re.compile(r"\d+")
_VOWELS = re.compile(r"[aeiouyáéíóúäëïöü]+")
_TWO_VOWELS = re.compile(r"i[ao]|eo|io|ea$|ui[de]|iu")
_ONE_VOWEL = re.compile(r"[tcsg]io|[tc]ia|peo|ious")
_SILENT_ED = re.compile(r"[^td]ed$")
_SILENT_ES = re.compile(r"(?<!i)(?<![sxzcgh])es$")


class Counts(NamedTuple):
    words: int
    sentences: int
    syllables: int
    polysyllables: int
    characters: int


@dataclass(frozen=True, slots=True)
class Scores:
    flesch_ease: float
    flesch_kincaid: float
    smog: float
    fog: float
    coleman_liau: float
    automated: float


@dataclass(frozen=True, slots=True)
class Readability:
    """
    `scores` counts everything, `paragraphs` only running text.

    They are the same from thirty sentences on. The short ones count medicines as words
    of two syllables.
    """

    words: int
    sentences: int
    scores: Scores
    paragraphs: Scores
    short_scores: Scores
    short_paragraphs: Scores

    @property
    def grade(self) -> tuple[float, float]:
        """The Flesch-Kincaid grade, from the lower to the higher of the two."""
        return _span(self.scores, self.paragraphs)

    @property
    def grade_without_medicines(self) -> tuple[float, float]:
        return _span(self.short_scores, self.short_paragraphs)


def readability_of(html: str) -> Readability:
    """The figures of a body."""
    return readability(parse(html))


def readability(blocks: Sequence[Block]) -> Readability:
    """The figures of a text that has been read into blocks."""
    counted = [block for block in blocks if block.kind is not Kind.HEADING]
    running = [block for block in counted if block.kind is Kind.PARAGRAPH]
    every = _sentences(counted)
    whole = count(every), count(every, short_medicines=True)
    several = whole[0].sentences >= ENOUGH_SENTENCES or not running
    part = whole
    if not several:
        some = _sentences(running)
        part = count(some), count(some, short_medicines=True)
    return Readability(
        words=whole[0].words,
        sentences=whole[0].sentences,
        scores=scores(whole[0]),
        paragraphs=scores(part[0]),
        short_scores=scores(whole[1]),
        short_paragraphs=scores(part[1]),
    )


def count(sentences: Iterable[str], *, short_medicines: bool = False) -> Counts:
    """Sentences without a word are not counted."""
    words = total = spoken = long = characters = 0
    for sentence in sentences:
        found = _WORD.findall(sentence.lower())
        total += bool(found)
        words += len(found)
        for word in found:
            sounds, short, signs = _measures(word)
            sounds = short if short_medicines else sounds
            spoken += sounds
            long += sounds >= POLYSYLLABLE
            characters += signs
    return Counts(words, total, spoken, long, characters)


def scores(counts: Counts) -> Scores:
    words, sentences, spoken, long, characters = counts
    if not words:
        return Scores(0, 0, 0, 0, 0, 0)
    length = words / sentences
    sound = spoken / words
    spelling = characters / words
    return Scores(
        flesch_ease=206.835 - 1.015 * length - 84.6 * sound,
        flesch_kincaid=0.39 * length + 11.8 * sound - 15.59,
        smog=1.0430 * sqrt(30 * long / sentences) + 3.1291,
        fog=0.4 * (length + 100 * long / words),
        coleman_liau=0.0588 * 100 * spelling - 0.296 * 100 / length - 15.8,
        automated=4.71 * spelling + 0.5 * length - 21.43,
    )


def syllables(word: str) -> int:
    """
    Of a word in lower case; a number has one for each group of digits.

    Hyphenation leaves out breaks that would look bad and a rule of vowels misses
    others, so the larger count of the two is nearer.
    """
    if word[0].isdigit():
        return len(_DIGITS.findall(word))
    letters = re.sub("['\u2019]", "", word)
    return max(1, len(_hyphenation().positions(letters)) + 1, _by_vowels(letters))


def _by_vowels(word: str) -> int:
    found = len(_VOWELS.findall(word))
    silent_e = word.endswith("e") and not word.endswith(("le", "ee"))
    if found > 1 and (silent_e or _SILENT_ED.search(word) or _SILENT_ES.search(word)):
        found -= 1
    return found + len(_TWO_VOWELS.findall(word)) - len(_ONE_VOWEL.findall(word))


@cache
def _hyphenation() -> Pyphen:
    return Pyphen(lang="en_US")


@lru_cache(maxsize=20_000)
def _measures(word: str) -> tuple[int, int, int]:
    """Syllables, syllables when a medicine counts as a short word, letters and digits."""
    sounds = syllables(word)
    short = min(sounds, SHORT) if patterns.is_drug(word) else sounds
    return sounds, short, sum(map(str.isalnum, word))


def _sentences(blocks: Iterable[Block]) -> list[str]:
    return [text for text in _texts(blocks) if _WORD.search(text)]


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind in {Kind.CELL, Kind.HEADER, Kind.CAPTION}:
            yield block.text
        else:
            yield from (sentence.text for sentence in block.sentences)


def _span(one: Scores, other: Scores) -> tuple[float, float]:
    low, high = sorted((one.flesch_kincaid, other.flesch_kincaid))
    return low, high
