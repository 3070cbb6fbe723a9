"""A passage that was quoted from one text, looked for in another."""

from __future__ import annotations

import pytest

from articles.passages import KEY_ANSWER, SHOWN, Reader, Spot

BODY = (
    "<h2>What to do</h2><p>Offer the <b>treatment</b> that\n the trial"
    '<cite data-ref="a"></cite> tested.</p><ul><li>Watch for bleeding.</li></ul>'
)


def reader(**bodies: str) -> Reader:
    return Reader("Offer it.", {"clinician": BODY} | bodies, "clinician")


@pytest.mark.parametrize(
    ("passage", "block"),
    [
        ("treatment that the", "Offer the treatment that the trial tested."),
        (" the\n trial  tested", "Offer the treatment that the trial tested."),
        ("tested. Watch for", "Offer the treatment that the trial tested."),
        ("Watch for bleeding.", "Watch for bleeding."),
        ("What to do", "What to do"),
    ],
)
def test_a_passage_is_found_in_the_block_where_it_begins(
    passage: str, block: str
) -> None:
    spot = reader().find(passage)

    assert spot == Spot("clinician", " ".join(passage.split()), block)


@pytest.mark.parametrize("passage", ["", "  ", "Offer a treatment", "watch for"])
def test_what_does_not_stand_there_word_for_word_is_gone(passage: str) -> None:
    assert reader().find(passage) is None


def test_the_key_answer_comes_first_and_other_audiences_last() -> None:
    found = reader(patient="<p>Offer it. Ask.</p>", caregiver="<p>Ask.</p>")

    spots = [found.find(passage) for passage in ("Offer it.", "Ask.", "bleeding")]

    assert [spot and spot.part for spot in spots] == [
        KEY_ANSWER,
        "caregiver",
        "clinician",
    ]
    first, last, middle = (spot.place for spot in spots if spot)
    assert first < middle < last
    before = found.find("What to do")
    assert before
    assert before.place < middle


def test_a_long_block_is_shown_by_its_beginning() -> None:
    spot = reader(patient=f"<p>{'word ' * 80}end</p>").find("end")

    assert spot is not None
    assert len(spot.block) == SHOWN
    assert spot.block.endswith("…")
