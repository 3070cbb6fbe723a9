"""Differences by block and word, and two changes brought together."""

from __future__ import annotations

import time

import pytest

from articles import diff
from articles.diff import CHANGED, GONE, LEFT_OUT, NEW, SAME, Passage, Piece

A, B, C = "<p>One.</p>", "<h2>Two</h2>", '<aside class="safety"><p>Three.</p></aside>'


def test_a_text_is_cut_into_its_outermost_blocks() -> None:
    nested = "<ul><li>a<ul><li><p>b</p></li></ul></li></ul>"

    assert diff.blocks(f"{A}\n{nested}loose <em>end</em>{C}") == [
        A,
        nested,
        "loose <em>end</em>",
        C,
    ]


def test_a_changed_block_is_compared_word_by_word() -> None:
    before = '<p>Give 5 mg now.<cite data-ref="a"></cite></p>'
    after = '<p>Give 10 mg now.<cite data-ref="a b"></cite></p>'

    assert diff.compare(before, after) == [
        Passage(
            CHANGED,
            (
                Piece(SAME, "Give"),
                Piece(GONE, "5"),
                Piece(NEW, "10"),
                Piece(SAME, "mg now."),
                Piece(GONE, "[a]"),
                Piece(NEW, "[a b]"),
            ),
        )
    ]


def test_what_is_far_from_a_change_is_left_out() -> None:
    same = [f"<p>{n}</p>" for n in range(5)]

    found = diff.compare("".join(same), "".join([*same, "<p>new</p>"]))

    assert [passage.kind for passage in found] == [LEFT_OUT, SAME, NEW]


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
    assert diff.merged(A + B + C, mine, theirs) == both
    assert diff.merged(A + B + C, theirs, mine) == both


def test_long_texts_that_have_nothing_in_common_are_compared_in_time() -> None:
    before = "".join(f"<p>{'a b ' * 60}{n}</p>" for n in range(300))
    after = "".join(f"<p>{'b c ' * 60}{n}</p>" for n in range(300))
    endless = "<p>" + "word " * 20_000 + "</p>"

    began = time.perf_counter()
    diff.compare(before, after)
    diff.compare(endless, f"<p>other {endless[3:]}")

    assert time.perf_counter() - began < 10
