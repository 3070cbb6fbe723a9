"""Comparing two sequences: as difflib does, until it would take too long."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

import pytest

from articles import bounded
from articles.bounded import TooMuchError, Work

PLENTY = 1_000_000


@pytest.mark.parametrize("seed", range(20))
def test_within_its_work_it_finds_what_difflib_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  words, not secrets
    one, two = (chance.choices("abcdef", k=chance.randrange(40)) for _ in range(2))
    known = SequenceMatcher(None, one, two, autojunk=False)

    assert bounded.opcodes(one, two, Work(PLENTY)) == known.get_opcodes()
    assert bounded.ratio(one, two, Work(PLENTY)) == known.ratio()


@pytest.mark.parametrize(
    ("one", "two"),
    [("ab" * 2_000, "ba" * 2_000), ("a" * 1_500 + "b", "a" * 1_500)],
    ids=["two signs over and over", "one sign"],
)
def test_few_signs_over_and_over_are_too_much(one: str, two: str) -> None:
    with pytest.raises(TooMuchError):
        bounded.opcodes(one, two, Work(PLENTY))
    with pytest.raises(TooMuchError):
        bounded.ratio(one, two, Work(PLENTY))


def test_every_search_counts_and_not_the_first_alone() -> None:
    one, two = "ab" * 200, "aabb" * 100
    first = len(one) + len(two) + len(one) * (1 + len(two) // 2)

    with pytest.raises(TooMuchError):
        bounded.opcodes(one, two, Work(first))


def test_words_of_which_none_is_there_twice_cost_little() -> None:
    words = [str(number) for number in range(5_000)]
    work = Work(100_000)

    bounded.opcodes(words, [*words[:2_000], "more", *words[2_500:]], work)

    assert work.left > 0
