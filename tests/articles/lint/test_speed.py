"""No text, however hostile, takes more than its length is worth."""

from time import process_time

import pytest

from articles.lint import lint
from bench.lint import draft
from tests.articles.lint.drafts import perfect

SIZE = 100_000
HOSTILE = [
    *("a", "1", "1,", "1. ", "10 ", "a-", "'", "(", "!", "?” ", " ", "\u200b"),
    *("<p>", "<li>", "<td>a", "<h2>a</h2>", "<br>", "<ul><li>a:", "<a href='x'>"),
    '<p>a<cite data-ref="a b c d e f"></cite></p>',
    *("e.g. ", "Mr A 1", "1 to ", "1 in 1000000 ", "% 1", "95% ci ", "123-45-"),
    *("never ", "no guarantee ", "increase the risk of ", "reduces significantly "),
    *("reviewed by our a a a ", "trusted by a a a ", "if a, ", "side effects of a "),
    *("dose of 1 ", "metformin 1 ", "give 1.0", "cef", "sulfa", "mrn 1", "born on "),
    *("the X waiver ended. ", "An X waiver is needed. ", "hydrocodone ", "FDA "),
    *("Milk, unlike other drinks, reduces the risk of waking at night. ", "İ"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_take_seconds_not_minutes(piece):
    text = f"<p>{piece * (SIZE // len(piece))}</p>"
    started = process_time()

    lint(perfect(bodies={"clinician": text}))

    assert process_time() - started < 50


def test_thousands_of_amounts_are_compared_in_seconds():
    main = " ".join(f"{number} mg" for number in range(1, 10_000))
    other = " ".join(f"{number} mg" for number in reversed(range(1, 10_000)))
    started = process_time()

    lint(perfect(bodies={"clinician": f"<p>{main}</p>", "patient": f"<p>{other}</p>"}))

    assert process_time() - started < 50


def test_five_thousand_words_take_a_fraction_of_a_second():
    subject = draft(5_000)
    lint(subject)
    started = process_time()

    lint(subject)

    assert process_time() - started < 5
