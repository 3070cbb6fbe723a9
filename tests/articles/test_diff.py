"""Differences by block and word."""

from __future__ import annotations

from typing import Any

import pytest

from articles import bounded, diff, merging
from articles.bounded import Work
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


def numbered(letter: str, count: int) -> str:
    return "".join(f"<p>{letter}{n}</p>" for n in range(count))


def test_past_a_bound_the_blocks_between_two_same_ends_count_as_replaced() -> None:
    before = A + numbered("a", 600) + C
    after = A + numbered("b", 600) + C

    found = diff.compare(before, after)

    assert len(found) == 1 + 600 + 1
    assert {p.kind for p in found[1:-1]} == {diff.CHANGED}
    assert (found[0].kind, found[-1].kind) == (diff.SAME, diff.SAME)
    assert merging.merged(before, after, A + numbered("c", 600) + C) is None


def test_a_block_too_long_to_be_compared_by_words_counts_as_replaced() -> None:
    endless = "<p>" + "word " * 20_000 + "</p>"

    found = diff.compare(endless, f"<p>other {endless[3:]}")

    assert [passage.kind for passage in found] == [diff.GONE, diff.NEW]


def test_what_is_the_same_around_a_change_is_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []

    def noting(one: Any, other: Any, work: Work) -> Any:
        asked.append((len(one), len(other)))
        return compared(one, other, work)

    compared = bounded.opcodes
    monkeypatch.setattr(bounded, "opcodes", noting)

    merging.merged(A * 400 + B, A * 200 + C + A * 200 + B, A * 400 + B)

    assert max(asked) == (0, 1)
