"""What became of a text."""

from __future__ import annotations

import random
from typing import Any

import pytest

from articles import changes, sources
from articles.changes import (
    CHANGED,
    GONE,
    LEFT_OUT,
    MOVED_AWAY,
    MOVED_HERE,
    NEW,
    SAME,
    Change,
    Piece,
)
from articles.freezing import Making
from articles.quantities import Sort
from articles.reading.text import Reference, Text
from articles.sources import RENUMBERED


def text(body: str = "", **fields: Any) -> Text:
    written: dict[str, Any] = {
        "slug": "it",
        "number": 1,
        "sha256": "",
        "question": "Does it help?",
        "headline": "",
        "key_answer": "",
        "audience": "clinician",
        "bodies": {"clinician": body},
        "references": (),
        "byline": (),
        "origin": Making("human"),
        "evidence_searched_on": None,
        "change_summary": "",
        "topics": (),
        "submitted_at": None,
        "review_started_at": None,
    }
    return Text(**written | fields)


def body_changes(before: str, after: str) -> tuple[Change, ...]:
    (part,), _ = changes.parts(text(before), text(after))
    return part.changes


def test_a_changed_quantity_is_one_piece_and_names_its_sort() -> None:
    found = body_changes("<p>Give 5 mg now.</p>", "<p>Do not give 10 mg now.</p>")

    assert found == (
        Change(
            CHANGED,
            "paragraph",
            (
                (
                    Piece(GONE, "Give"),
                    Piece(GONE, " 5 mg", "number"),
                    Piece(NEW, "Do"),
                    Piece(NEW, " not", "negation"),
                    Piece(NEW, " give"),
                    Piece(NEW, " 10 mg", "number"),
                    Piece(SAME, " now."),
                ),
            ),
        ),
    )


def test_a_quantity_that_only_moves_in_its_block_is_not_marked() -> None:
    ((change,), tally) = (
        body_changes("<p>Give 5 mg at once.</p>", "<p>At once give 5 mg.</p>"),
        changes.parts(
            text("<p>Give 5 mg at once.</p>"), text("<p>At once give 5 mg.</p>")
        )[1],
    )

    assert {piece.sort for piece in change.cells[0]} == {""}
    assert tally == {}


def test_cells_are_compared_within_their_rows() -> None:
    row = "<tr><td>Naloxone</td><td>{}</td></tr>"
    table = "<table><tr><th>Drug</th><th>Dose</th></tr>{}</table>"

    found = body_changes(
        table.format(row.format("2 mg") + "<tr><td>Other</td><td>3 mg</td></tr>"),
        table.format(row.format("4 mg")),
    )

    assert found == (
        Change(SAME, "row", ((Piece(SAME, "Drug"),), (Piece(SAME, "Dose"),))),
        Change(
            CHANGED,
            "row",
            (
                (Piece(SAME, "Naloxone"),),
                (Piece(GONE, "2 mg", "number"), Piece(NEW, "4 mg", "number")),
            ),
        ),
        Change(
            GONE, "row", ((Piece(GONE, "Other"),), (Piece(GONE, "3 mg", "number"),))
        ),
    )


def test_a_column_that_came_is_new_in_each_row() -> None:
    table = "<table><tr><td>Naloxone</td>{}<td>2 mg</td></tr></table>"

    (row,) = body_changes(table.format(""), table.format("<td>nasal</td>"))

    assert row.cells == (
        (Piece(SAME, "Naloxone"),),
        (Piece(NEW, "nasal"),),
        (Piece(SAME, "2 mg"),),
    )


def test_a_block_that_moved_is_recognised_and_its_numbers_do_not_count() -> None:
    one, two = "<p>Give 5 mg first.</p>", "<p>Wait a while for it.</p>"
    three = "<p>Ask about pain and sleep.</p>"

    (part,), tally = changes.parts(text(one + two + three), text(two + three + one))

    assert [change.kind for change in part.changes] == [
        MOVED_AWAY,
        SAME,
        SAME,
        MOVED_HERE,
    ]
    assert tally == {}


def test_a_block_that_came_twice_moved_once() -> None:
    one, two = "<p>Give 5 mg first.</p>", "<p>Wait a while for it.</p>"

    (part,), tally = changes.parts(text(one + two), text(two + one + one))

    kinds = [change.kind for change in part.changes]
    assert sorted(kinds) == sorted([MOVED_AWAY, SAME, MOVED_HERE, NEW])
    assert tally == {Sort.NUMBER: 1}


def test_every_part_that_differs_is_told_and_no_other() -> None:
    before = text(key_answer="Yes.", headline="So", bodies={"clinician": "<p>A</p>"})
    after = text(
        key_answer="No.",
        headline="So",
        bodies={"clinician": "<p>A</p>", "patient": "<p>B</p>"},
    )

    found, tally = changes.parts(before, after)

    assert [(part.name, part.label) for part in found] == [
        ("key_answer", "Key answer"),
        ("patient", "Written for patients"),
    ]
    assert tally == {Sort.NEGATION: 1}


def test_what_is_far_from_a_change_is_left_out() -> None:
    same = "".join(f"<p>Part {n}</p>" for n in range(5))

    found = body_changes(same, f"{same}<p>And more.</p>")

    assert [change.kind for change in found] == [LEFT_OUT, SAME, NEW]


def test_past_a_bound_both_texts_stand_side_by_side() -> None:
    before = "<p>" + "word " * 2_000 + "</p><p>Same.</p>"
    after = "<p>" + "other word " * 1_000 + "</p><p>Same.</p>"

    (part,), tally = changes.parts(text(before), text(after))

    assert not part.is_compared
    assert (part.changes, tally) == ((), {})
    assert (part.before[1], part.after[1]) == ("Same.", "Same.")
    assert part.before[0].startswith("word word")


def test_signs_are_counted_as_the_words_they_are_compared_as() -> None:
    before = f"<p>Give it as before {'?!' * 2_000}</p>"
    after = f"<p>Give it as before {'!?' * 1_000 + '?' * 2_000}</p>"

    (part,), _ = changes.parts(text(before), text(after))

    assert not part.is_compared


def test_a_part_too_long_to_compare_marks_no_quantity_of_it() -> None:
    before = f"<p>Give 5 mg.</p><p>{'word ' * 2_000}</p>"
    after = f"<p>Give 6 mg.</p><p>{'other word ' * 1_000}</p>"

    found, tally = changes.parts(text(before), text(after))

    assert [part.is_compared for part in found] == [False]
    assert tally == {}


def test_lines_too_long_to_compare_stand_one_after_the_other() -> None:
    one, two = "?!" * 1_000, "!?" * 500 + "?" * 1_000

    assert changes.compared_lines(one, two) == (
        changes.Piece(GONE, one),
        changes.Piece(NEW, f" {two}"),
    )
    assert changes.compared_lines(one, one) == (changes.Piece(SAME, one),)


@pytest.mark.parametrize("seed", range(20))
def test_the_pieces_put_together_are_both_texts(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  texts, not secrets
    known = ["give", "5 mg", "not", "daily", "(or)", "naloxone", "at", "least", "2,000"]
    one, two = (" ".join(chance.choices(known, k=30)) for _ in range(2))

    words = changes.compared_lines(one, two)

    for side, whole in ((GONE, one), (NEW, two)):
        kept = "".join(piece.text for piece in words if piece.kind in (SAME, side))
        assert kept.replace(" ", "") == whole.replace(" ", "")


def reference(key: str, title: str, **fields: Any) -> Reference:
    return Reference(key, "rct", {"type": "article-journal", "title": title} | fields)


def test_references_are_told_by_their_numbers() -> None:
    a, b, c = (reference(name, f"Trial {name}") for name in "abc")
    mended = reference("b", "Trial b", volume="12")

    found = sources.changed(text(references=(a, b, c)), text(references=(c, mended)))

    assert [(source.kind, source.was, source.now) for source in found] == [
        (RENUMBERED, 3, 1),
        (CHANGED, 2, 2),
        (GONE, 1, None),
    ]


def test_a_work_under_another_key_is_the_same_work() -> None:
    before = text(references=(reference("a", "One", DOI="10.5555/1"),))
    after = text(references=(reference("z", "One", DOI="10.5555/1"),))

    assert sources.changed(before, after) == []


def test_a_reference_that_came_is_new() -> None:
    a, b = reference("a", "Trial a"), reference("b", "Trial b")

    (found,) = sources.changed(text(references=(a,)), text(references=(a, b)))

    assert (found.kind, found.was, found.now) == (NEW, None, 2)
