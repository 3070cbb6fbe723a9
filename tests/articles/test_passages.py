"""The words of a version's parts, and the blocks in which places of them stand."""

from __future__ import annotations

import pytest

from articles.passages import KEY_ANSWER, SHOWN, Reader, Spot

BODY = (
    "<h2>What to do</h2><p>Offer the <b>treatment</b> that\n the trial"
    '<cite data-ref="a"></cite> tested.</p><ul><li>Watch for bleeding.</li></ul>'
)
WORDS = "What to do Offer the treatment that the trial tested. Watch for bleeding."


def reader(**bodies: str) -> Reader:
    return Reader("Offer it.", {"clinician": BODY} | bodies, "clinician")


def spot(found: Reader, part: str, words: str) -> Spot:
    start = found.texts[part].index(words)
    return found.spot(part, start, start + len(words))


@pytest.mark.parametrize(
    ("passage", "block"),
    [
        ("treatment that the", "Offer the treatment that the trial tested."),
        ("tested. Watch for", "Offer the treatment that the trial tested."),
        (" Watch", "Offer the treatment that the trial tested."),
        ("Watch for bleeding.", "Watch for bleeding."),
        ("What to do", "What to do"),
    ],
)
def test_a_passage_stands_in_the_block_where_it_begins(
    passage: str, block: str
) -> None:
    assert spot(reader(), "clinician", passage) == Spot("clinician", passage, block)


def test_the_key_answer_comes_first_and_other_audiences_last() -> None:
    found = reader(patient="<p>Offer it. Ask.</p>", caregiver="<p>Ask.</p>")

    first = spot(found, KEY_ANSWER, "Offer it.")
    before = spot(found, "clinician", "What to do")
    middle = spot(found, "clinician", "bleeding")
    last = spot(found, "caregiver", "Ask.")

    assert found.texts == {
        KEY_ANSWER: "Offer it.",
        "clinician": WORDS,
        "caregiver": "Ask.",
        "patient": "Offer it. Ask.",
    }
    assert first.place < before.place < middle.place < last.place


def test_a_long_block_is_shown_by_its_beginning() -> None:
    found = spot(reader(patient=f"<p>{'word ' * 80}end</p>"), "patient", "end")

    assert len(found.block) == SHOWN
    assert found.block.endswith("…")
