"""Phrases that editors write down, and what they find."""

from __future__ import annotations

import itertools
import time

import pytest

from articles import phrases


def finds(written: str, text: str) -> bool:
    """Whether a text of one sentence has one of the phrases, from its first word on."""
    places = phrases.Words([text]).first_in_each(phrases.lines(written))
    return bool(list(places))


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


def test_a_phrase_is_found_once_in_each_sentence_where_it_first_stands() -> None:
    sentences = [
        "Nothing.",
        "Under Medicare a Medicare plan has a coverage gap, a Medicare coverage gap.",
        "The coverage gap. Medicare.",
        "Medicare",
        "Its coverage gaps.",
        "Medicare: coverage gaps!",
    ]
    words = phrases.Words(sentences)

    places = list(words.first_in_each(["Medicare … coverage gap", "no such … words"]))

    assert [(p.sentence, sentences[p.sentence][p.start : p.end]) for p in places] == [
        (1, "Medicare plan has a coverage gap"),
        (5, "Medicare: coverage gaps"),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("aa … bb … cc{n}", "aa bb cc "),
        ("aa … bb … aa bb cc{n}", "aa bb aa " + "bb " * 3),
        ("aa … aa … aa zz", "aa "),
        ("aa … bb … aa", "aa " + "x " * 13 + "bb " + "x " * 13),
        ("aa … bb … cc", "aa. bb. cc. "),
        ("aa … bb … cc", "aa bb. cc aa. "),
        ("aa bb", "aa bb "),
        ("aa … bb", "aa x bb. "),
    ],
)
def test_no_phrases_make_the_search_slow(written: str, text: str) -> None:
    facts = [
        [written.format(n=f"{fact}x{n}") for n in range(phrases.MOST_PHRASES)]
        for fact in range(20)
    ]
    text = text * (390_000 // len(text))

    for sentences in ([text], text.split(".")):
        began = time.process_time()
        words = phrases.Words(sentences)
        for fact in facts:
            list(itertools.islice(words.first_in_each(fact), 100))
        assert time.process_time() - began < 40
