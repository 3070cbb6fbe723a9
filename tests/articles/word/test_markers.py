import time

import pytest

from articles.content import citation_counts, clean, is_clean
from articles.word import mark
from articles.word.markers import numbers

EIGHT = {number: f"r{number}" for number in range(1, 9)}


def cites(*groups: str) -> str:
    return "".join(f'<cite data-ref="{keys}"></cite>' for keys in groups)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", [1]),
        ("1,2", [1, 2]),
        ("1, 3\u20135; 8", [1, 3, 4, 5, 8]),
        ("2 - 4,3", [2, 3, 4]),
        ("1&nbsp;-&nbsp;3", [1, 2, 3]),
        ("5-2", []),
        ("2-2", []),
        ("1-900", []),
    ],
)
def test_lists_of_numbers_are_read_out(text: str, expected: list[int]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("html", "expected", "form"),
    [
        ("<p>One [1].</p>", f"<p>One{cites('r1')}.</p>", "brackets"),
        ("<p>One [2\u20134], two [1,3].</p>", f"<p>One{cites('r2 r3 r4')}, two{cites('r1 r3')}.</p>", "brackets"),
        ("<p>One&nbsp;[1, 1-2]</p>", f"<p>One{cites('r1 r2')}</p>", "brackets"),
        ("<p>One<sup>[1]</sup> [2][3]</p>", f"<p>One{cites('r1', 'r2', 'r3')}</p>", "brackets"),
        ("<p>in 2018 [5\u20137]</p>", f"<p>in 2018{cites('r5 r6 r7')}</p>", "brackets"),
        ("<p>One.<sup>1,2\u20134</sup> Two<sup>5,</sup></p>", f"<p>One.{cites('r1 r2 r3 r4')} Two{cites('r5')}</p>", "raised"),
        ("<p>It is so. 1, 2 It works: 3</p>", f"<p>It is so.{cites('r1 r2')} It works:{cites('r3')}</p>", "trailing"),
        ("<ul><li>Dry mouth 4</li></ul>", f"<ul><li>Dry mouth{cites('r4')}</li></ul>", "trailing"),
        ("<p>One 1 • two 2</p>", f"<p>One{cites('r1')} • two{cites('r2')}</p>", "trailing"),
    ],
)  # fmt: skip
def test_numbers_that_cite_become_markers(html: str, expected: str, form: str) -> None:
    marked = mark(html, EIGHT)

    assert (marked.html, marked.form, marked.left) == (expected, form, ())
    assert is_clean(marked.html)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>One [9]</p>", ("[9]",)),
        ("<p>One [1, 9]</p>", ("[1, 9]",)),
        ("<p>One [0]</p>", ("[0]",)),
        ("<p>One<sup>9</sup></p>", ("9",)),
        ("<p>One [1-900]</p>", ("[1-900]",)),
        ("<p>median 7 [5\u20138] days, 40% [3, 5]</p>", ()),
        ("<p>10<sup>3</sup> kg/m<sup>2</sup>, cm<sup>2</sup>, <em>I</em><sup>2</sup></p>", ()),
        ("<p>See Table 2</p><p>type 2 Diabetes of grade 3</p><p>Fig. 1</p>", ()),
        ("<p>[2018] [a] [] [1 [1, 95% CI]</p>", ()),
        ('<p><a href="https://example.org/">site [1]</a></p>', ()),
        ("<p>5 mg</p><p>12</p><p>9</p>", ()),
    ],
)  # fmt: skip
def test_what_does_not_surely_cite_stays(html: str, left: tuple[str, ...]) -> None:
    marked = mark(html, EIGHT)

    assert (marked.html, marked.cited, marked.left) == (html, 0, left)


def test_a_text_with_brackets_keeps_its_raised_numbers() -> None:
    marked = mark("<p>One [1], x.<sup>2</sup> So it is. 3</p>", EIGHT)

    assert marked.html == f"<p>One{cites('r1')}, x.<sup>2</sup> So it is. 3</p>"


def test_a_long_range_becomes_several_markers() -> None:
    keys = {number: f"r{number}" for number in range(1, 51)}

    marked = mark("<p>x [1-50]</p>", keys)

    assert marked.html.count("<cite") == 3
    assert list(citation_counts([marked.html])) == list(keys.values())
    assert clean(marked.html) == (marked.html, ())


def test_no_text_gets_more_citations_than_it_may_have() -> None:
    marked = mark("<p>" + "x [1] " * 2_001 + "</p>", EIGHT)

    assert (marked.cited, marked.left) == (2_000, ("[1]",))
    assert is_clean(marked.html)


def test_marking_twice_changes_nothing() -> None:
    once = mark("<p>One [1, 2] and [9].</p>", EIGHT)

    assert mark(once.html, EIGHT).html == once.html


UNITS = ["[", "[1", "[1,", "[1-", "1, ", "a 1, ", "<sup>1</sup>", "<sup>", "&nbsp;", " ", " 1 A", "a. 1 ", "\n[1]", "<a >[1]"]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_marking_takes_time_in_proportion(unit: str) -> None:
    hostile = "<p>" + (unit * 100_000)[:100_000]
    started = time.process_time()

    mark(hostile, EIGHT)

    assert time.process_time() - started < 20
