"""Where comments stand, in their own text and after somebody has edited it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.bounded import Work
from reviews import anchors
from reviews.anchors import Anchor, Selector, Span

TEXT = (
    "Oral vitamin K brings the ratio down within a day in most people. The dose is the "
    "same in kidney disease. Smaller doses are enough in older people, who take longer "
    "to come back to range. The dose is the same in liver disease."
)


def quoting(words: str, text: str = TEXT, *, nth: int = 0) -> Selector:
    start = [at for at in range(len(text)) if text.startswith(words, at)][nth]
    return anchors.select(text, start, start + len(words))


def said(span: Span | None, text: str) -> str | None:
    return text[span.start : span.end] if span else None


def test_a_text_is_counted_without_citations_in_single_spaces() -> None:
    html = '<h2>What  to do</h2><p>Give&nbsp;it.<cite data-ref="a"></cite> Now<br>.</p>'

    assert anchors.plain(html) == "What to do Give it. Now ."


def test_the_parts_are_named_in_the_order_of_reading() -> None:
    bodies = {"patient": "<p>Take it.</p>", "clinician": "<p>Offer it.</p>"}

    found = anchors.parts("Yes.", bodies, "clinician")

    assert list(found.items()) == [
        ("key_answer", "Yes."),
        ("clinician", "Offer it."),
        ("patient", "Take it."),
    ]


@pytest.mark.parametrize("nth", [0, 1])
def test_of_two_places_the_one_between_the_same_words_is_meant(nth: int) -> None:
    selector = quoting("The dose is the same", nth=nth)

    assert anchors.locate(selector, TEXT) == Span(
        selector.start or 0, (selector.start or 0) + 20
    )


def test_a_quote_alone_is_found_nearest_to_its_place() -> None:
    second = TEXT.rindex("The dose is the same")

    found = anchors.locate(Selector("The  dose\nis the same", start=second - 5), TEXT)

    assert found == Span(second, second + 20)


def test_in_its_own_text_nothing_but_spaces_may_differ() -> None:
    assert anchors.locate(Selector("smaller doses"), TEXT) is None
    assert anchors.locate(Selector("  "), TEXT) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Oral vitamin K brings", "First of all: oral vitamin K brings"),
        (TEXT[:66], ""),
        ("The dose is the same in liver disease.", ""),
    ],
)
def test_a_passage_is_found_where_the_text_around_it_changed(
    before: str, after: str
) -> None:
    edited = TEXT.replace(before, after).strip()

    found = anchors.reanchor(quoting("Smaller doses are enough"), edited)

    assert said(found, edited) == "Smaller doses are enough"


def test_a_long_passage_that_was_moved_is_found() -> None:
    moved = "Smaller doses are enough in older people, who take longer"
    edited = f"{moved} here. {TEXT.replace(moved, '')}"

    assert anchors.reanchor(quoting(moved), edited) == Span(0, len(moved))


def test_a_reworded_passage_is_found_and_says_so() -> None:
    edited = TEXT.replace("Smaller doses are enough", "Smaller doses may be enough")

    found = anchors.reanchor(quoting("Smaller doses are enough"), edited)

    assert found
    assert said(found, edited) == "Smaller doses may be enough"
    assert found.reworded


def test_a_short_quote_is_never_taken_for_its_twin() -> None:
    text = "In adults give 5 mg once a day by mouth. In children give 5 mg once a day."
    edited = text.replace("give 5 mg", "stop", 1)

    assert anchors.reanchor(quoting("5 mg", text), edited) is None


def test_what_was_taken_out_is_gone() -> None:
    edited = TEXT.replace("Smaller doses are enough in older people, ", "")

    assert anchors.reanchor(quoting("Smaller doses are enough"), edited) is None


def test_a_part_is_asked_first_and_alone_in_another_version() -> None:
    texts = {"clinician": TEXT, "patient": TEXT}
    selector = quoting("Oral vitamin K brings")

    assert anchors.find(selector, texts, "patient") == Anchor("patient", Span(0, 21))
    assert anchors.find(selector, texts, "nobody") == Anchor("clinician", Span(0, 21))
    assert anchors.find_again(selector, texts, "patient") == Anchor(
        "patient", Span(0, 21)
    )
    assert anchors.find_again(selector, texts, "nobody") is None
    assert anchors.find_again(selector, texts) == Anchor("clinician", Span(0, 21))


@dataclass(frozen=True)
class Word:
    """A word that knows which of the first text's words it was."""

    text: str
    origin: int = -1


VOCABULARY = ["give", "dose", "of", "5", "10", "mg", "daily", "not", "in", "adults"]
words = st.lists(st.sampled_from(VOCABULARY), min_size=5, max_size=80)
cuts = st.tuples(st.integers(0, 200), st.integers(0, 12))
edits = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "replace", "move"]),
        cuts,
        st.integers(0, 200),
        st.lists(st.sampled_from(VOCABULARY), max_size=4),
    ),
    max_size=6,
)


def edited(text: list[Word], changes: list[Any]) -> list[Word]:
    for what, (start, length), to, new in changes:
        at = start % (len(text) + 1)
        taken = text[at : at + length] if what != "insert" else []
        rest = text[:at] + text[at + len(taken) :]
        put = (
            taken
            if what == "move"
            else [Word(w) for w in new]
            if what != "delete"
            else []
        )
        place = to % (len(rest) + 1) if what == "move" else at
        text = rest[:place] + put + rest[place:]
    return text


def spelt(text: list[Word]) -> str:
    return " ".join(word.text for word in text)


def origins_at(text: list[Word], span: Span) -> list[int]:
    """Which words of the first text stand within a span."""
    found, at = [], 0
    for word in text:
        if at >= span.start and at + len(word.text) <= span.end:
            found.append(word.origin)
        at += len(word.text) + 1
    return found


@given(unique=st.booleans(), texts=words, quote=cuts, changes=edits)
@settings(max_examples=600, deadline=None)
def test_after_any_edits_a_comment_is_at_its_passage_or_says_that_it_is_gone(
    unique: bool,  # noqa: FBT001  drawn, not passed
    texts: list[str],
    quote: tuple[int, int],
    changes: list[Any],
) -> None:
    first = [Word(f"{w}{n}" if unique else w, n) for n, w in enumerate(texts)]
    begin = quote[0] % len(first)
    meant = first[begin : begin + 1 + quote[1]]
    start = len(spelt(first[:begin])) + (begin > 0)
    selector = anchors.select(spelt(first), start, start + len(spelt(meant)))
    now = edited(first, changes)

    found = anchors.reanchor(selector, spelt(now))

    kept = [word.origin for word in meant]
    if found is None:
        assert now != first  # unchanged, it is there
        return
    if not found.reworded:
        assert said(found, spelt(now)) == spelt(meant)
    stands = origins_at(now, found)
    assert (
        stands == kept if unique and not found.reworded else set(stands) & {*kept, -1}
    )


PAST_LETTERS = "ab " * 600
"""Reworded to “ba ”, a comparison by letters would take minutes."""


def hostile() -> tuple[Selector, str]:
    """A passage of two letters, and the text in which those changed places."""
    before, after = "Before it stands this. ", " After it stands that."
    text = f"{before}{PAST_LETTERS}{after}"
    return quoting(PAST_LETTERS.strip(), text), text.replace("ab ", "ba ")


def test_what_was_reworded_past_telling_is_gone_after_bounded_work() -> None:
    selector, edited = hostile()
    work = Work(anchors.MOST_WORK)

    assert anchors.reanchor(selector, edited, work) is None
    assert anchors.MOST_WORK - work.left <= 2 * anchors.MOST_PAIRS


def test_all_the_comments_of_a_text_share_their_work() -> None:
    selector, edited = hostile()
    work = Work(1_000)

    told = [anchors.find_again(selector, {"": edited}, "", work) for _ in range(50)]

    assert told == [None] * 50
    assert work.left == 1_000


def test_a_long_passage_of_prose_is_known_again_by_its_words() -> None:
    words = " ".join(f"word{n} of {n * 7919 % 1000}" for n in range(100))
    text = f"Before it stands this. {words} After it stands that."
    selector = quoting(words, text)
    edited = text.replace("word50 of", "another thing than")

    assert len(words) > 1_000
    assert anchors.reanchor(selector, edited) == Span(
        selector.start or 0,
        (selector.start or 0) + len(edited) - len(text) + len(words),
        reworded=True,
    )


def test_a_letter_that_stands_everywhere_is_found_at_its_place() -> None:
    text = "e " * 5_000 + "here e is meant. " + "e " * 5_000
    selector = quoting("e", text, nth=5_003)

    assert anchors.locate(selector, text) == Span(
        selector.start or 0, (selector.start or 0) + 1
    )
    assert anchors.reanchor(selector, text) == anchors.locate(selector, text)
    moved = f"A new sentence. {text}"
    found = anchors.reanchor(selector, moved)
    assert found == Span((selector.start or 0) + 16, (selector.start or 0) + 17)


def test_a_letter_among_its_like_stays_where_it_was_or_is_gone() -> None:
    text = "e " * 5_000
    selector = quoting("e", text, nth=2_500)

    assert anchors.reanchor(selector, text) == Span(5_000, 5_001)
    assert anchors.reanchor(selector, f"x {text}") in (None, Span(5_000, 5_001))
    assert anchors.reanchor(selector, f"New. {text}") is None
