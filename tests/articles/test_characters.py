from collections import Counter
from unicodedata import category, is_normalized, name, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.characters import composed_markup, one_line, visible

TEXT = st.text(st.characters(), max_size=40)
OVERLAY = "\N{COMBINING LONG SOLIDUS OVERLAY}"


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x9f",
        "\N{SOFT HYPHEN}",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH JOINER}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\N{LEFT-TO-RIGHT ISOLATE}",
        "\N{WORD JOINER}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "\N{VARIATION SELECTOR-16}",
        "\N{HANGUL FILLER}",
        "\N{TAG LATIN SMALL LETTER A}",
        "\ud800",
        "\uffff",
        "\U0010fffe",
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_counted(character: str) -> None:
    removed: Counter[str] = Counter()

    assert visible(f"5{character} mg{character}", removed) == "5 mg"
    assert [*removed.values()] == [2]
    assert f"U+{ord(character):04X}" in next(iter(removed))


@pytest.mark.parametrize(
    "text",
    [
        "naïve — “β-blocker” 5 µg\tno-break\N{NO-BREAK SPACE}space\n",
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "\N{WARNING SIGN}\N{VARIATION SELECTOR-16} take care",
    ],
)
def test_what_a_script_or_a_symbol_needs_stays(text: str) -> None:
    removed: Counter[str] = Counter()

    assert visible(text, removed) == text
    assert removed == Counter()


@pytest.mark.parametrize(
    "line_break", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
)
def test_every_line_break_becomes_the_same(line_break: str) -> None:
    removed: Counter[str] = Counter()

    assert visible(f"a{line_break}b", removed) == "a\nb"
    assert removed == Counter()


def test_of_controls_only_tab_line_end_and_the_signs_of_scripts_are_kept() -> None:
    scripts = ("ARABIC ", "EGYPTIAN ", "KAITHI ", "SYRIAC ")
    kept = [
        character
        for character in map(chr, range(0x110000))
        if category(character) in {"Cc", "Cf", "Cs"}
        and visible(f"x{character}x") == f"x{character}x"
        and not name(character, "").startswith(scripts)
    ]

    assert kept == ["\t", "\n"]


@given(TEXT)
def test_looking_twice_finds_nothing_more(text: str) -> None:
    once = visible(text)

    assert visible(once) == once


def test_a_title_is_one_line_with_single_spaces() -> None:
    assert one_line(" Is\r\n  it\N{ZERO WIDTH SPACE} e\u0301tude? ") == "Is it étude?"


def test_an_overlay_does_not_eat_the_tag_before_it() -> None:
    removed: Counter[str] = Counter()

    assert composed_markup(f"<p>{OVERLAY}x</p>", removed) == "<p>x</p>"
    assert removed == {
        "The invisible character U+0338 COMBINING LONG SOLIDUS OVERLAY was removed.": 1
    }


def test_an_overlay_among_other_marks_does_not_either() -> None:
    html = composed_markup(f"<p>\u0327{OVERLAY}x</p>", Counter())

    assert html == "<p>\u0327x</p>"
    assert is_normalized("NFC", html)


def test_an_overlay_on_the_first_letter_of_a_text_stays() -> None:
    html = f"<p>é{OVERLAY}x</p>"

    assert composed_markup(html, Counter()) == html


def test_an_overlay_on_a_letter_stays() -> None:
    removed: Counter[str] = Counter()

    assert composed_markup(f"<p>a={OVERLAY}b</p>", removed) == "<p>a≠b</p>"
    assert removed == Counter()


def test_a_pile_of_marks_is_cut_at_thirty_and_told() -> None:
    removed: Counter[str] = Counter()

    cut = composed_markup("<p>a" + "\u0307\u0323" * 100_000, removed)

    assert cut == "<p>" + normalize("NFC", "a" + "\u0307\u0323" * 15)
    assert removed == {"Of more than 30 marks over one letter the rest was removed.": 1}
    assert one_line("a" + "\u0301" * 30) == normalize("NFC", "a" + "\u0301" * 30)
