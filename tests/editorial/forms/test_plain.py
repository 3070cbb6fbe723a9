"""Plain words as blocks."""

from __future__ import annotations

import pytest

from editorial.forms.plain import in_blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n", " \n"),
        ("Offer honey.", "<p>Offer honey.</p>"),
        ("One\nline.\n\n \nTwo < 3.", "<p>One\nline.</p><p>Two < 3.</p>"),
        ("Ask:\n- one\n- two\nThen.", "<p>Ask:</p><ul><li>one</li><li>two</li></ul><p>Then.</p>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("A\n\n<p>B</p>", "A\n\n<p>B</p>"),
        ("A\n\nB<br>", "A\n\nB<br>"),
    ],
)  # fmt: skip
def test_plain_words_become_blocks_and_markup_stays(text: str, expected: str) -> None:
    assert in_blocks(text) == expected
