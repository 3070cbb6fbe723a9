import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import anchors, citation_counts, cited_keys, clean, collapse

TEXT = (
    '<p>a<cite data-ref="who"></cite> b<cite data-ref="lee who"></cite></p>'
    '<ul><li><cite data-ref="dowell"></cite></li></ul>'
)


def test_keys_come_in_order_of_first_appearance() -> None:
    assert cited_keys(TEXT) == ["who", "lee", "dowell"]


def test_a_text_without_markers_cites_nothing() -> None:
    assert cited_keys("<p>1,2 &lt;cite data-ref=&quot;a&quot;&gt;</p>") == []


def test_words_that_look_like_a_marker_are_words() -> None:
    html = clean('<p>&lt;cite data-ref="a"&gt;&lt;/cite&gt;</p>').html

    assert cited_keys(html) == []


def test_every_mention_counts_in_every_text() -> None:
    assert citation_counts(['<cite data-ref="lee"></cite>', TEXT]) == {
        "lee": 2,
        "who": 2,
        "dowell": 1,
    }


def test_each_mention_has_an_address_of_its_own() -> None:
    assert anchors(TEXT, "ka-") == {
        "who": ["ka-cite-who-1", "ka-cite-who-2"],
        "lee": ["ka-cite-lee-1"],
        "dowell": ["ka-cite-dowell-1"],
    }


@pytest.mark.parametrize(
    ("numbers", "runs"),
    [
        ([], []),
        ([4], [(4, 4)]),
        ([2, 1], [(1, 1), (2, 2)]),
        ([3, 1, 2], [(1, 3)]),
        ([1, 3], [(1, 1), (3, 3)]),
        ([9, 1, 2, 3, 4, 6, 7, 9], [(1, 4), (6, 6), (7, 7), (9, 9)]),
    ],
)
def test_three_in_a_row_make_a_run(
    numbers: list[int], runs: list[tuple[int, int]]
) -> None:
    assert collapse(numbers) == runs


@given(st.lists(st.integers(1, 40)))
def test_no_number_is_lost_or_invented(numbers: list[int]) -> None:
    written = [
        number for first, last in collapse(numbers) for number in range(first, last + 1)
    ]

    assert written == sorted(set(numbers))
