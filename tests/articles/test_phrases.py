"""Phrases that editors write down, and what they find."""

from __future__ import annotations

import re
import time

import pytest

from articles import phrases


def finds(written: str, text: str) -> bool:
    return bool(re.search(phrases.pattern_of(written), text, re.IGNORECASE))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("X waiver", "You need an X-waiver to prescribe it."),
        ("X-waiver", "the x  waivers ended"),
        ("one\n\n X waiver ", "an X waiver"),
        ("Medicare … coverage gap", "Medicare patients reach the coverage gap."),
        ("Medicare ... coverage gap", "Medicare coverage gap"),
        ("(a+)+ b.*", "It says (a+)+ b.* here"),
    ],
)
def test_a_phrase_finds_its_words(written: str, text: str) -> None:
    assert finds(written, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("X waiver", "SAX waiver"),
        ("X waiver", "X waivering"),
        ("Medicare … coverage gap", "Medicare ended. The coverage gap is open."),
        ("Medicare … coverage gap", f"Medicare {'word ' * 20}coverage gap"),
        ("a.b c", "axb c"),
    ],
)
def test_a_phrase_finds_nothing_else(written: str, text: str) -> None:
    assert not finds(written, text)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (" \n", "Give at least one phrase."),
        ("word\n" * 31, "Give at most 30 phrases."),
        ("w" * 121, "Keep each phrase within 120 characters."),
        ("abc", "“abc” is too short to mean anything."),
        ("… word", "“… word” is too short to mean anything."),
        ("one … two … three … four", "A phrase has at most 2 gaps."),
        ("X waiver\nMedicare … coverage … gap", None),
    ],
)
def test_phrases_that_cannot_be_looked_for_say_why(
    written: str, sentence: str | None
) -> None:
    assert phrases.objection(written) == sentence


def test_no_phrase_makes_the_search_slow() -> None:
    worst = "\n".join(["a … a … a"] * phrases.MOST_PHRASES)
    text = "a " * 20_000

    began = time.perf_counter()
    re.findall(phrases.pattern_of(worst), f"{text}!")

    assert time.perf_counter() - began < 20
