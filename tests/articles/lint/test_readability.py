"""The formulas agree with what one gets by hand."""

import pytest

from articles.lint import readability_of
from articles.lint.readability import Counts, count, scores, syllables


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("milk", 1), ("used", 1), ("needed", 2), ("table", 2), ("area", 3)),
        *(("idea", 3), ("medicine", 3), ("opioid", 3), ("every", 3), ("people", 2)),
        *(("naltrexone", 3), ("buprenorphine", 4), ("methadone", 3), ("oxygen", 3)),
        *(("emergency", 4), ("radiation", 4), ("breathe", 1), ("genes", 1)),
        *(("don't", 1), ("42", 1), ("0.5", 2), ("1,000", 2), ("x", 1)),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, number):
    assert syllables(word) == number


def test_words_sentences_and_signs_are_counted():
    counted = count(["Warm milk is a medicine.", "Take 200 mL!", "—"])

    # warm 1, milk 1, is 1, a 1, medicine 3; take 1, 200 1, mL 1
    assert counted == Counts(
        words=8, sentences=2, syllables=10, polysyllables=1, characters=28
    )


def test_medicines_can_be_counted_as_short_words():
    plain = count(["Take naltrexone."])
    short = count(["Take naltrexone."], short_medicines=True)

    assert (plain.syllables, plain.polysyllables) == (4, 1)
    assert (short.syllables, short.polysyllables) == (3, 0)


def test_six_formulas_agree_with_their_definitions():
    found = scores(Counts(100, 5, 150, 10, 450))

    # 20 words a sentence, 1.5 syllables and 4.5 signs a word, 60 long words in 30.
    assert round(found.flesch_ease, 3) == 59.635  # 206.835 - 20.3 - 126.9
    assert round(found.flesch_kincaid, 2) == 9.91  # 7.8 + 17.7 - 15.59
    assert round(found.smog, 3) == 11.208  # 1.043 * sqrt(60) + 3.1291
    assert round(found.fog, 2) == 12.0  # 0.4 * (20 + 10)
    assert round(found.coleman_liau, 2) == 9.18  # 26.46 - 1.48 - 15.8
    assert round(found.automated, 3) == 9.765  # 21.195 + 10 - 21.43


def test_headings_and_citations_are_not_read():
    bare = readability_of("<p>Milk is warm.</p>")

    dressed = readability_of(
        '<h2>Considerations</h2><p>Milk is warm.<cite data-ref="a"></cite></p>'
    )

    assert dressed == bare


def test_items_and_cells_are_sentences():
    html = "<p>Take:</p><ul><li>milk</li><li>tea</li></ul><table><tr><td>One. Two.</td></tr></table>"

    found = readability_of(html)

    assert (found.words, found.sentences) == (5, 4)


def test_a_short_text_has_a_range_and_a_long_one_a_number():
    mixed = (
        "<ul><li>Milk</li></ul><p>Milk is warm and white and good for all of us.</p>"
    )

    low, high = readability_of(mixed).grade
    one, other = readability_of(mixed * 30).grade

    assert low < high
    assert one == other


def test_a_text_without_words_has_no_grade():
    assert readability_of("").grade == (0, 0)
