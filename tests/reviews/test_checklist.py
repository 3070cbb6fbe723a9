"""A report answers every line, and says what is wrong where it says No."""

from __future__ import annotations

import pytest

from reviews import checklist

YES = {item.code: "yes" for item in checklist.ITEMS}


def test_the_checklist_asks_what_a_board_must_ask() -> None:
    assert [item.code for item in checklist.ITEMS] == [
        "answers",
        "sources",
        "doses",
        "harms",
        "evidence",
        "guidance",
        "wording",
    ]


@pytest.mark.parametrize("answer", ["yes", "na"])
def test_a_whole_checklist_needs_no_remark(answer: str) -> None:
    assert checklist.objection(dict.fromkeys(YES, answer)) is None


@pytest.mark.parametrize("item", checklist.ITEMS, ids=lambda item: item.code)
@pytest.mark.parametrize("answer", [None, "", "maybe"])
def test_every_line_is_answered(item: checklist.Item, answer: str | None) -> None:
    answers = {k: v for k, v in YES.items() if k != item.code}
    if answer is not None:
        answers[item.code] = answer

    assert checklist.objection(answers) == (
        f"Answer every line of the checklist; still open: {item.text}."
    )


def test_a_no_needs_a_passage_that_shows_it() -> None:
    answers = YES | {"doses": "no", "harms": "no"}

    assert checklist.unshown(answers, {"doses"}) == {
        "harms": "“Harms are stated” is answered “No”: comment on the passage where it "
        "fails, or where something is missing, and name this line there."
    }
    assert checklist.unshown(answers, {"doses", "harms"}) == {}
    assert checklist.unshown(YES, set()) == {}
