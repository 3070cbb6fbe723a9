import pytest

from articles.lint.amounts import amounts, bare_numbers, unitless_numbers


def read(text):
    return [(a.kind, round(a.size, 3)) for a in amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.5 mg", [("mass", 500)]),
        ("5 to 10 mg", [("mass", 5_000), ("mass", 10_000)]),
        ("1 mg/kg", [("mass/kg", 1_000)]),
        ("1,000 ml and 2 litres", [("volume", 1_000), ("volume", 2_000)]),
        ("two weeks", [("time", 14)]),
        ("a 3-day course", [("time", 3)]),
        ("7.5% or 8 per cent", [("%", 7.5), ("%", 8)]),
        ("15 in 100 and 2 out of 1000", [("%", 15), ("%", 0.2)]),
        ("chapter 3 of 1999", []),
        ("someone may", []),
    ],
)
def test_amounts_are_brought_to_one_unit(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("7 days", "1 week", True),
        ("28 days", "1 month", True),
        ("7 days", "8 days", False),
        ("7.3%", "7 in 100", True),
        ("7.3%", "8 in 100", False),
        ("73%", "7 in 10", True),
        ("1 mg", "1 ml", False),
        ("1 mg", "1 mg/kg", False),
        ("10 mg", "10.4 mg", False),
        ("1000 mcg", "1 mg", True),
    ],
)
def test_amounts_agree_when_one_is_the_other_in_round_figures(one, other, agree):
    (first,), (second,) = amounts(one), amounts(other)

    assert first.agrees_with(second) is agree
    assert second.agrees_with(first) is agree


def test_numbers_are_read_with_their_groups_of_digits():
    assert bare_numbers("1 672 983 girls, 73,428 and 0.5") == {1_672_983, 73_428, 0.5}


def test_a_number_that_a_unit_follows_is_not_without_one() -> None:
    assert unitless_numbers("4 g a day, at most 6; 2 to 3 hours or 7") == {6, 7}
