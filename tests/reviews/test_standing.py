"""Where a comment stands in the text of its version."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from articles.passages import KEY_ANSWER, Reader, Spot
from reviews import anchors
from reviews.models import Comment
from reviews.standing import Places

BEFORE = "Give 6 mg of it, daily for up to 10 days, while oxygen is needed."
AFTER = BEFORE.replace("up to 10", "no more than 7")
BODY = "<p>On oxygen: 6 mg once daily for up to 10 days.</p>"


def comment(words: str, *, is_carried: bool, part: str = KEY_ANSWER) -> Comment:
    start = BEFORE.index(words)
    made = asdict(anchors.select(BEFORE, start, start + len(words)))
    passage = made.pop("exact")
    carried = 1 if is_carried else None
    return Comment(passage=passage, part=part, carried_from_id=carried, **made)


def stands(found: Comment, key_answer: str) -> Spot | None:
    places = Places(Reader(key_answer, {"clinician": BODY}, "clinician"))
    return places.spot(places.anchor(found))


def test_a_reworded_passage_stands_where_it_stood_and_not_at_a_chance_match() -> None:
    found = comment("daily for up to 10", is_carried=True)

    assert stands(found, AFTER) == Spot(KEY_ANSWER, "daily for no more than 7", AFTER)


def test_a_passage_that_was_taken_out_is_gone_though_its_words_are_elsewhere() -> None:
    found = comment("daily for up to 10", is_carried=True)

    assert stands(found, "Give 6 mg of it while oxygen is needed.") is None


def test_a_passage_is_found_in_the_text_that_it_was_quoted_from() -> None:
    found = comment("daily for up to 10", is_carried=False)

    assert stands(found, BEFORE) == Spot(KEY_ANSWER, "daily for up to 10", BEFORE)


@pytest.mark.parametrize("carried", [1, None])
def test_words_without_a_known_place_stand_where_they_are_found(
    carried: int | None,
) -> None:
    found = Comment(passage="once  daily", carried_from_id=carried)

    spot = stands(found, BEFORE)

    assert spot == Spot("clinician", "once daily", BODY[3:-4])
