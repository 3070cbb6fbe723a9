"""The thread under a comment: who may answer, until when, and who hears of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from editorial import ledger, roles, rules, workflow
from editorial.actions import authoring, desk, inviting, replying, reviewing, timing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, User
from reviews.models import Assignment, Comment, Reply, Report
from tests import make, traces


@pytest.fixture
def reported(db: None) -> Assignment:
    """A signed review with one comment, of a version still under review."""
    version = make.under_review(tier="B")
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(asked, comments=(make.Remark("question", "Which dose?"),))
    found = Assignment.objects.select_related("reviewer", "version__article__editor")
    return found.get(pk=asked.pk)


@pytest.fixture
def second(db: None) -> Assignment:
    """Accepted by who asked something of the version before, which was answered."""
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    make.reported(first.assignments.get(), comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    asked = make.send(text, tier="C", reviewers=[one, make.reviewer()])
    return make.accepted(asked.assignments.get(reviewer=one))


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


def carried(asked: Assignment) -> Comment:
    return Comment.objects.get(version=asked.version_id, kind="blocking")


def settle(asked: Assignment, by: User, comment: Comment | None = None) -> Comment:
    said = comment or carried(asked)
    return replying.settle(asked.pk, by=make.fresh(by), comment_id=said.pk)


def test_a_reviewer_settles_what_they_said_in_an_earlier_round(
    second: Assignment,
) -> None:
    with traces.one_event():
        settle(second, second.reviewer)

    said = carried(second)
    assert said.resolved_at is not None
    assert (said.resolved_by_id, said.resolution) == (
        second.reviewer_id,
        "Settled, says the reviewer who wrote it.",
    )
    assert traces.step() == ("comment_resolved", "accepted", "accepted", "")
    assert traces.said()["facts"] == {"comment": said.pk}
    assert traces.told() == {}
    assert rules.nothing_blocks(make.again(second.version)) is None


def test_nobody_settles_the_comment_of_another(second: Assignment) -> None:
    other = second.version.assignments.exclude(pk=second.pk)
    beside = make.accepted(other.select_related("reviewer").get())

    with traces.nothing_left(Refused, "no comment of yours"):
        settle(beside, beside.reviewer, carried(second))
    with traces.nothing_left(PermissionDenied):
        settle(second, beside.reviewer)
    with traces.nothing_left(PermissionDenied):
        settle(second, make.editor())


def test_what_a_reviewer_says_in_this_round_is_not_settled_by_them(
    second: Assignment,
) -> None:
    now = Comment.objects.create(
        version=second.version, author=second.reviewer, kind="blocking", text="Again."
    )

    with traces.nothing_left(Refused, "no comment of yours from an earlier round"):
        settle(second, second.reviewer, now)


def test_what_is_settled_is_not_settled_again(second: Assignment) -> None:
    settle(second, second.reviewer)

    with traces.nothing_left(MovedOn) as caught:
        settle(second, second.reviewer)
    assert caught.value.mine


def test_a_reviewer_who_has_signed_can_settle_it_and_leaves_the_report(
    second: Assignment,
) -> None:
    by = make.fresh(second.reviewer)
    reviewing.report(second.pk, by=by, findings=make.findings(), proven=make.proven(by))
    before = Report.objects.values().get(assignment=second.pk)
    with traces.one_event():
        settle(second, by)

    assert traces.step() == ("comment_resolved", "reported", "reported", "")
    assert traces.said()["facts"] == {"comment": carried(second).pk}
    assert Report.objects.values().get(assignment=second.pk) == before
    assert rules.nothing_blocks(make.again(second.version)) is None
    assert traces.problems() == []


def test_a_reviewer_settles_nothing_once_it_is_decided(second: Assignment) -> None:
    by = make.fresh(second.reviewer)
    reviewing.report(second.pk, by=by, findings=make.findings(), proven=make.proven(by))
    desk_return(second, make.editor())

    with traces.nothing_left(MovedOn):
        settle(second, by)


def test_a_decision_drawn_before_a_signed_reviewer_settled_is_stale(
    second: Assignment,
) -> None:
    by = make.fresh(second.reviewer)
    reviewing.report(second.pk, by=by, findings=make.findings(), proven=make.proven(by))
    seen = ledger.stamp(workflow.RETURN, make.again(second.version))
    settle(second, by)

    with traces.nothing_left(MovedOn):
        desk.return_for_changes(
            second.version_id, by=make.editor(), reason="Mend it.", seen=seen
        )


def test_to_settle_leaves_the_review_that_is_being_written_as_good(
    second: Assignment,
) -> None:
    by = make.fresh(second.reviewer)
    settle(second, by)

    report = reviewing.report(
        second.pk,
        by=by,
        findings=make.findings(),
        proven=make.proven(by),
        seen=second.revision,
    )

    assert report.assignment_id == second.pk


def test_a_letter_drawn_before_a_comment_was_settled_is_stale(
    second: Assignment,
) -> None:
    seen = make.again(second.version).revision
    settle(second, second.reviewer)

    with traces.nothing_left(MovedOn):
        desk.return_for_changes(
            second.version_id, by=make.editor(), reason="Mend it.", seen=seen
        )


def test_to_settle_leaves_a_form_that_moves_the_date_as_good(
    second: Assignment,
) -> None:
    settle(second, second.reviewer)
    until = timezone.localdate() + dt.timedelta(days=20)

    moved = timing.extend(
        second.pk, by=make.editor(), until=until, seen=second.revision
    )

    assert moved.due_at
    assert moved.due_at.date() == until


def test_whoever_settled_their_own_comment_can_be_asked_on(
    second: Assignment,
) -> None:
    settle(second, second.reviewer)
    inviting.unassign(second.pk, by=make.editor(), reason="Later.")
    version = make.again(second.version)

    inviting.invite(version.pk, by=make.editor(), reviewers=[second.reviewer_id])

    assert version.assignments.filter(reviewer=second.reviewer).count() == 2


def test_an_editor_who_closed_a_comment_is_not_asked_to_review(
    second: Assignment,
) -> None:
    both = make.reviewer()
    both.groups.add(both.groups.model.objects.get(name=roles.EDITOR))
    said = carried(second)
    desk.resolve(
        second.version_id, by=make.fresh(both), comment_id=said.pk, reason="Settled."
    )

    with traces.nothing_left(Refused):
        inviting.invite(second.version_id, by=make.editor(), reviewers=[both.pk])


def test_to_settle_moves_no_form_of_the_authors(second: Assignment) -> None:
    author = second.version.article.authorships.get().user
    seen = make.again(second.version).revision
    settle(second, second.reviewer)

    assert make.again(second.version).revision == seen
    authoring.withdraw(
        second.version_id, by=make.fresh(author), reason="Not now.", seen=seen
    )


def test_a_letter_drawn_after_a_comment_was_settled_is_sent(
    second: Assignment,
) -> None:
    settle(second, second.reviewer)
    seen = ledger.stamp(workflow.RETURN, make.again(second.version))

    back = desk.return_for_changes(
        second.version_id, by=make.editor(), reason="Mend it.", seen=seen
    )

    assert back.state == "returned"


def test_no_deed_that_moves_nothing_hides_that_a_comment_was_settled(
    second: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves_nothing = frozenset(Event.Kind.values)
    step = replace(workflow.RETURN, unmoved_by=moves_nothing)
    monkeypatch.setattr(workflow, "RETURN", step)
    seen = ledger.stamp(step, make.again(second.version))
    settle(second, second.reviewer)

    with traces.nothing_left(MovedOn):
        desk.return_for_changes(
            second.version_id, by=make.editor(), reason="Mend it.", seen=seen
        )
