"""A review written in two windows: what is shown of both, and what a choice keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from editorial.views import two_windows
from reviews.models import Assignment, ReviewDraft
from tests.editorial.views.test_assignments import address
from tests.editorial.views.test_reviewing import accepted, save
from tests.editorial.views.visitors import found, parsed

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

__all__ = ["accepted"]  # a fixture


def kept() -> list[tuple[int, dict[str, str]]]:
    return list(ReviewDraft.objects.values_list("saves", "content"))


def test_two_windows_are_shown_beside_each_other_and_one_is_chosen(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    path = f"{address(accepted)}save/"
    save(visitor, accepted, remarks="First", vote="minor", note_to_editor="Same")

    page = visitor.post(path, saves=0, remarks="Second", note_to_editor="Same")
    [form] = [f for f in parsed(page).forms if f.get("action") == path]
    shown = [e.text_content().split(":")[1] for e in form.xpath(".//label/span")]
    sent = dict(form.form_values()) | {"remarks": "First", "vote": ""}
    done = visitor.post(path, **sent)

    assert page.status_code == 409
    assert [" ".join(words.split()) for words in shown] == [
        *("nothing", "Approve with minor changes", "Second", "First"),
    ]
    assert done.status_code == 302
    assert kept() == [(2, {"remarks": "First", "note_to_editor": "Same"})]


def rows(**said: str) -> dict[str, str]:
    """Comments by their numbers: `c2="Why?"`."""
    return {f"comment-{name[1:]}-text": words for name, words in said.items()}


def conflict(visitor: Any, asked: Assignment, **sent: str) -> tuple[Any, Any]:
    path = f"{address(asked)}save/"
    page = visitor.post(path, saves=0, **sent)
    [form] = [f for f in parsed(page).forms if f.get("action") == path]
    return page, form


def test_a_comment_that_only_the_other_window_has_stays_by_itself(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    theirs = rows(c7="Which dose?", c8="For whom?")
    save(visitor, accepted, **theirs)

    _, form = conflict(visitor, accepted, remarks="From here")
    visitor.post(form.get("action"), **dict(form.form_values()))

    assert kept() == [(2, {"remarks": "From here"} | theirs)]


def test_two_comments_of_one_number_are_both_kept_by_default(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, **rows(c1="Theirs", c2="Theirs too"))

    page, form = conflict(visitor, accepted, **rows(c1="Mine"))
    visitor.post(form.get("action"), **dict(form.form_values()))

    assert [str(legend.text) for legend in found(page, "//legend")] == [
        *("Comment 1", "Comment 2"),
    ]
    assert kept() == [(2, rows(c1="Mine", c2="Theirs too", c3="Theirs"))]


@pytest.mark.parametrize("choice", [two_windows.OTHER, two_windows.BOTH])
def test_a_comment_of_the_other_window_keeps_the_place_it_stands_at(
    visit: Visit, accepted: Assignment, choice: str
) -> None:
    visitor = visit(accepted.reviewer)
    there = {
        "comment-1-text": "Too much",
        "comment-1-passage": "50 mg",
        "comment-1-part": "clinician",
        "comment-1-prefix": " and ",
        "comment-1-start": "912",
    }
    save(visitor, accepted, **there)
    here = {"comment-1-text": "Unclear", "comment-1-start": "3"}

    _, form = conflict(visitor, accepted, **here)
    sent = dict(form.form_values()) | {"take-comment-1": choice}
    visitor.post(form.get("action"), **sent)

    moved = {name.replace("-1-", "-2-"): said for name, said in there.items()}
    both = choice == two_windows.BOTH
    assert [content for _, content in kept()] == [here | moved if both else there]


def test_no_comment_is_dropped_where_there_is_no_room_for_both(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    theirs = rows(**{f"c{two_windows.MOST_ROWS}": "The last"})
    save(visitor, accepted, **theirs)

    _, form = conflict(visitor, accepted, **rows(**{f"c{two_windows.MOST_ROWS}": "x"}))
    answer = visitor.post(form.get("action"), **dict(form.form_values()))

    assert two_windows.FULL in answer.content.decode()
    assert kept() == [(1, theirs)]
    [again] = parsed(answer).xpath("//form[@data-settles]")
    assert "x" in again.text_content()
    last = f"take-comment-{two_windows.MOST_ROWS}"
    chosen = dict(again.form_values()) | {last: two_windows.MINE}
    visitor.post(again.get("action"), **chosen)
    assert kept()[0][1][f"comment-{two_windows.MOST_ROWS}-text"] == "x"
