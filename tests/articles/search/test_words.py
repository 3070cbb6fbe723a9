"""One spelling for what a reader means alike."""

import pytest

from articles.search import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sjögren’s syndrome", ["sjogren", "syndrome"]),  # noqa: RUF001
        ("Crohn's disease", ["crohn", "disease"]),
        ("SGLT2-inhibitor, 10 mg", ["sglt2", "inhibitor", "10", "mg"]),
        ("β-blockers", ["β", "blockers"]),
        ('" OR 1=1; --', ["or", "1", "1"]),
        ("\x02a_b\x00*", ["a", "b"]),
        ("½ of ⑴", ["1", "2", "of", "1"]),
        ("\N{HALFWIDTH KATAKANA VOICED SOUND MARK}", []),
        ("", []),
    ],
)
def test_a_question_is_its_words_in_their_order(text: str, expected: list[str]) -> None:
    assert words.asked(text) == expected


def test_a_text_is_found_by_other_spellings_of_its_words_too() -> None:
    text = "Does anaemia or oedema occur in Ménière disease? Anaemia, in plain words"

    assert words.spellings(text) == "anemia edema meniere"
