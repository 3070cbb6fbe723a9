"""Which block became which."""

from __future__ import annotations

from articles import aligning
from articles.aligning import Unit, pairs, units


def paragraphs(*texts: str) -> list[Unit]:
    return units("".join(f"<p>{text}</p>" for text in texts))


def told(before: list[Unit], after: list[Unit]) -> list[tuple[str, str]]:
    return [
        (was.cells[0] if was else "", now.cells[0] if now else "")
        for was, now in pairs(before, after)
    ]


def test_a_row_of_a_table_is_one_unit() -> None:
    table = "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>A</td><td>1 mg</td></tr>"

    found = units(f'<p>So.<cite data-ref="a b"></cite></p>{table}</table>')

    assert found == [
        Unit("paragraph", ("So. ⟦a b⟧",)),
        Unit("row", ("Drug", "Dose")),
        Unit("row", ("A", "1 mg")),
    ]


def test_a_block_put_before_another_does_not_take_its_place() -> None:
    before = paragraphs("Give five tablets of it now.", "Stop before surgery at once.")
    after = paragraphs(
        "Something quite new.",
        "Give six tablets of it now.",
        "Stop before any surgery at once.",
    )

    assert told(before, after) == [
        ("", "Something quite new."),
        ("Give five tablets of it now.", "Give six tablets of it now."),
        ("Stop before surgery at once.", "Stop before any surgery at once."),
    ]


def test_blocks_with_few_words_in_common_are_not_one_block() -> None:
    before, after = paragraphs("Give five tablets."), paragraphs("Wait for a week.")

    assert told(before, after) == [
        ("Give five tablets.", ""),
        ("", "Wait for a week."),
    ]


def test_past_a_bound_blocks_are_matched_by_their_order() -> None:
    before = paragraphs(*(f"old {n}" for n in range(60)))
    after = paragraphs(*(f"new {n}" for n in range(60)))

    assert len(before) * len(after) > aligning.MOST_PAIRS
    assert told(before, after) == [(f"old {n}", f"new {n}") for n in range(60)]
