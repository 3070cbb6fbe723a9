"""The thread under a comment: who may answer, until when, and who hears of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from editorial.actions import desk, replying
from editorial.errors import MovedOn, Refused
from editorial.models import User
from reviews.models import Assignment, Comment, Reply
from tests import make, traces


@pytest.fixture
def reported(db: None) -> Assignment:
    """A signed review with one comment, of a version still under review."""
    version = make.under_review(tier="B")
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(asked, comments=(make.Remark("question", "Which dose?"),))
    found = Assignment.objects.select_related("reviewer", "version__article__editor")
    return found.get(pk=asked.pk)


def comment(asked: Assignment) -> Comment:
    return Comment.objects.get(version=asked.version_id)


def answer(asked: Assignment, by: User, text: str = "In adults.") -> Reply:
    return replying.reply(asked.pk, by=by, comment_id=comment(asked).pk, text=text)


def test_the_desk_and_the_reviewer_answer_each_other(reported: Assignment) -> None:
    editor = reported.version.article.editor
    assert editor

    with traces.one_event():
        answer(reported, editor, " The label says 5 mg. ")
    assert traces.told() == {reported.reviewer_id: "Your comment was answered"}
    with traces.one_event():
        answer(reported, make.fresh(reported.reviewer), "Then say so.")

    assert traces.told() == {editor.pk: "A comment on a text was answered"}
    assert traces.step() == ("replied", "reported", "reported", "")
    assert traces.said()["facts"] == {"comment": comment(reported).pk}
    kept = Reply.objects.order_by("pk").values_list("author", "text")
    assert list(kept) == [
        (editor.pk, "The label says 5 mg."),
        (reported.reviewer_id, "Then say so."),
    ]


def test_as_many_answers_go_in_a_day_as_there_are_comments(
    reported: Assignment,
) -> None:
    editor = reported.version.article.editor
    assert editor

    for number in range(31):
        answer(reported, editor, f"Answer {number}")

    assert comment(reported).replies.count() == 31


@pytest.mark.parametrize("who", ["author", "another reviewer", "other of the panel"])
def test_nobody_else_answers(who: str, reported: Assignment) -> None:
    others = reported.version.assignments.exclude(pk=reported.pk)
    people = {
        "author": reported.version.article.authorships.get().user,
        "another reviewer": make.reviewer(),
        "other of the panel": others.get().reviewer,
    }

    with traces.nothing_left(PermissionDenied):
        answer(reported, make.fresh(people[who]))


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001])
def test_an_answer_says_something_and_is_no_treatise(
    text: str, reported: Assignment
) -> None:
    with traces.nothing_left(Refused, "Write an answer of at most 5,000 characters."):
        answer(reported, make.editor(), text)


def test_a_closed_comment_is_not_answered(reported: Assignment) -> None:
    editor = make.editor()
    desk_resolve(reported, editor)

    with traces.nothing_left(Refused, "That comment is closed already"):
        answer(reported, editor)


def test_the_comment_of_another_review_is_not_answered(reported: Assignment) -> None:
    other = reported.version.assignments.exclude(pk=reported.pk)
    asked = other.select_related("reviewer").get()
    make.reported(asked)

    with traces.nothing_left(Refused, "belongs to another review"):
        answer(asked, make.fresh(asked.reviewer))


def test_a_thread_ends_with_the_review(reported: Assignment) -> None:
    editor = make.editor()
    desk_return(reported, editor)

    with traces.nothing_left(MovedOn):
        answer(reported, editor)


def desk_resolve(asked: Assignment, by: User) -> None:
    desk.resolve(
        asked.version_id, by=by, comment_id=comment(asked).pk, reason="It is there."
    )


def desk_return(asked: Assignment, by: User) -> None:
    desk.return_for_changes(asked.version_id, by=by, reason="Mend it.")
