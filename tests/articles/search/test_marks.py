"""A passage is shown as it stands, whatever it holds."""

from articles.search import marks
from articles.search.marks import CLOSE, OPEN


def test_what_was_looked_for_is_marked_and_the_rest_is_text() -> None:
    passage = f"Give <b>{OPEN}aspirin{CLOSE}</b> & rest"

    assert marks.safe(passage) == (
        "Give &lt;b&gt;<mark>aspirin</mark>&lt;/b&gt; &amp; rest"
    )


def test_a_mark_without_its_end_is_no_mark() -> None:
    assert marks.safe(f"{CLOSE}a{OPEN}b{OPEN}c{CLOSE}") == "ab<mark>c</mark>"


def test_markup_inside_a_mark_is_text_too() -> None:
    assert marks.safe(f"{OPEN}<script>{CLOSE}") == "<mark>&lt;script&gt;</mark>"
