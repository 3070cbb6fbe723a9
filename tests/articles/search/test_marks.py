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


def mark(text: str) -> str:
    """The text with what stands in brackets marked."""
    return text.replace("[", OPEN).replace("]", CLOSE)


NOTHING = "Nothing of it is told in these words. "
FILLER = NOTHING * 10


def test_a_short_text_is_its_own_passage() -> None:
    text = mark("( [Aspirin] ) 2.5%!\nIt helps.")

    assert marks.passage(text) == text


def test_a_passage_begins_with_its_sentence() -> None:
    passage = marks.passage(mark(f"{FILLER}Take [aspirin] daily. {FILLER}"))

    assert passage == mark(f"Take [aspirin] daily. {NOTHING * 4}Nothing …")


def test_a_passage_begins_near_what_was_looked_for() -> None:
    passage = marks.passage(mark(f"{'word ' * 99}[aspirin] {'word ' * 99}"))

    before, after = "word " * marks.LEAD, " word" * (marks.LONGEST - marks.LEAD - 1)
    assert passage == mark(f"… {before}[aspirin]{after} …")


def test_the_passage_with_most_of_the_question_is_taken() -> None:
    once = "[Aspirin] is old, [aspirin] is cheap. "
    passage = marks.passage(mark(f"{once}{FILLER}[Aspirin] in [asthma]. {FILLER}"))

    assert passage.startswith(mark("[Aspirin] in [asthma]. Nothing"))


def test_a_text_without_marks_is_told_from_its_beginning() -> None:
    passage = marks.passage(f"First. {FILLER}")

    assert passage == f"First. {NOTHING * 4}Nothing of it …"
    assert marks.passage("") == ""


def test_a_text_of_nothing_but_marks_is_cut_in_time() -> None:
    passage = marks.passage(mark("[a] " * 50_000))

    assert passage == mark(f"{'[a] ' * marks.LONGEST}…")
