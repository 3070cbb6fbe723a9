"""What a term of the glossary may be."""

from __future__ import annotations

import pytest

from articles import glossary
from articles.glossary import TermText

ADDRESS = "Give a whole address as its source, such as https://www.example.org/."
INR = TermText("INR", "How long blood takes to clot.", ("international ratio",))


def test_a_term_is_tidied_before_anybody_judges_it() -> None:
    found = TermText(
        " INR\u200b ", " How\nlong. ", ("INR", " int  ratio", "int ratio", " "), " x "
    )

    assert found.tidied() == TermText("INR", "How long.", ("int ratio",), "x")
    assert glossary.lines("a  b\n\n c\r\n") == ("a b", "c")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TermText("血", "x"), "Give it a name with a letter from A to Z."),
        (TermText("INR", ""), "Say what it means."),
        (TermText("INR", "x" * 401), "Keep what it means within 400 characters."),
        (
            TermText("INR", "x", tuple(map(str, range(10, 23)))),
            "Give at most 12 other spellings.",
        ),
        (TermText("INR", "x", (), "javascript:alert(1)"), ADDRESS),
        (TermText("INR", "x", (), "/here"), ADDRESS),
        (TermText("x" * 81, "x"), "Keep each spelling within 80 characters."),
        (TermText("INR", "x", ("x" * 81,)), "Keep each spelling within 80 characters."),
        (TermText("INR", "x", ("a",)), "“a” is too short to be found."),
        (
            TermText("INR", "x", ("Ca++",)),
            "“Ca++” must begin and end with a letter or a digit.",
        ),
    ],
)
def test_what_cannot_be_a_term(text: TermText, sentence: str) -> None:
    assert glossary.objection(text) == sentence


def test_what_is_just_within_the_bounds_can() -> None:
    most = TermText("x" * 80, "y" * 400, tuple(map(str, range(10, 22))))

    assert glossary.objection(INR) is None
    assert glossary.objection(most) is None


def test_two_terms_that_would_be_found_by_one_spelling() -> None:
    other = TermText("clotting time", "x", ("International ratio",))

    assert glossary.shared(INR, other) == "international ratio"
    assert glossary.shared(INR, TermText("inr", "x")) is None
