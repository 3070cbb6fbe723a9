"""Markers settled: matched, left as text, and nothing lost."""

from __future__ import annotations

import pytest

from articles import content
from articles.word import Candidate
from articles.word.matching import settled


def candidate(key: str, number: int, raw: str = "Somebody. Something.") -> Candidate:
    return Candidate(key, number, raw, None, None, None, None)


BOTH = (candidate("a", 1), candidate("b", 2, "<i>Ink</i> & paper."))
LEFT = "<h2>References not matched</h2><p>[2] &lt;i&gt;Ink&lt;/i&gt; &amp; paper.</p>"


@pytest.mark.parametrize(
    ("html", "keys", "expected"),
    [
        (
            '<p>One<cite data-ref="a"></cite>.</p>',
            {"a": "lee2018", "b": "lee2018"},
            '<p>One<cite data-ref="lee2018"></cite>.</p>',
        ),
        (
            '<p>One<cite data-ref="a b"></cite>.</p>',
            {"a": "lee2018", "b": "lee2018"},
            '<p>One<cite data-ref="lee2018"></cite>.</p>',
        ),
        (
            '<p>One<cite data-ref="a b"></cite>.</p>',
            {"a": "lee2018"},
            f'<p>One<cite data-ref="lee2018"></cite> [2].</p>{LEFT}',
        ),
        ("<p>Cites nothing.</p>", {"a": "x"}, f"<p>Cites nothing.</p>{LEFT}"),
    ],
)
def test_a_marker_says_what_was_decided(
    html: str, keys: dict[str, str], expected: str
) -> None:
    text = settled(html, keys, BOTH)

    assert text == expected
    assert content.clean(text).html == text


def test_a_marker_of_nothing_known_goes() -> None:
    assert settled('<p>x<cite data-ref="z"></cite></p>', {}, ()) == "<p>x</p>"
