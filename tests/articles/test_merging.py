"""Two changes of one text, brought together or put one after the other."""

from __future__ import annotations

import pytest

from articles import merging

A, B, C = "<p>One.</p>", "<h2>Two</h2>", '<aside class="safety"><p>Three.</p></aside>'


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (A + B + "<p>C</p>", "<p>X</p>" + B + C, "<p>X</p>" + B + "<p>C</p>"),
        (A + C, A + B + C + A, A + C + A),
        (A + B + C, A + B, A + B),
        ("<p>M</p>" + B + C, "<p>M</p>" + B + C, "<p>M</p>" + B + C),
        ("<p>M</p>" + B + C, "<p>T</p>" + B + C, None),
        (A + B + C + "<p>M</p>", A + B + C + "<p>T</p>", None),
        ("", "<p>T</p>" + B + C, None),
    ],
)
def test_changes_of_different_blocks_are_brought_together(
    mine: str, theirs: str, both: str | None
) -> None:
    assert merging.merged(A + B + C, mine, theirs) == both
    assert merging.merged(A + B + C, theirs, mine) == both


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("<p>M</p>" + B + C, "<p>T</p>" + B + C, "<p>T</p><p>M</p>" + B + C),
        (
            A + B + C + "<p>M</p>",
            A + B + C + "<p>T</p>",
            A + B + C + "<p>T</p><p>M</p>",
        ),
        ("<p>M</p>" + B + C, "<p>M</p>" + B, "<p>M</p>" + B),
        ("", "<p>T</p>" + B + C, "<p>T</p>" + B + C),
        (A + "<p>M</p>" + C, A + "<p>T</p>", A + "<p>T</p><p>M</p>" + C),
        (A + B + "<p>M</p>", "<p>T</p>" + B + C, "<p>T</p>" + B + "<p>M</p>"),
        ("<p>M</p>" * 2 + B + C, "<p>M</p>" + B + C, "<p>M</p>" * 2 + B + C),
        (
            A + "<p>M</p>" * 3 + C,
            A + "<p>T</p><p>M</p>" + C,
            A + "<p>T</p>" + "<p>M</p>" * 3 + C,
        ),
    ],
)
def test_changes_of_the_same_block_can_stand_in_turn(
    mine: str, theirs: str, both: str
) -> None:
    assert merging.in_turn(A + B + C, mine, theirs) == both
