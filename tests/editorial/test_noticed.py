"""Notices that a deed makes read: those of whoever did it, about the same thing."""

from __future__ import annotations

from editorial.actions import authoring, desk, inviting, reviewing, timing
from editorial.models import Notification, User
from reviews.models import Assignment
from tests import make


def unread(person: User) -> list[str]:
    found = Notification.objects.filter(recipient=person, read_at=None)
    return [notice.text.partition(": ")[0] for notice in found.order_by("pk")]


def asked(editor: User) -> tuple[Assignment, Assignment]:
    version = make.under_review(editor=editor)
    rows = version.assignments.select_related("reviewer", "version").order_by("pk")
    first, second = rows
    return first, second


def test_who_accepts_has_read_the_invitation(db: None) -> None:
    first, second = asked(make.editor())

    make.accepted(first)

    assert unread(first.reviewer) == []
    assert unread(second.reviewer) == ["You are invited to review"]


def test_a_deed_on_one_text_reads_nothing_of_another(db: None) -> None:
    both = make.reviewer()
    one = make.under_review(tier="C", reviewers=[both]).assignments.get()
    make.under_review(tier="C", reviewers=[both])

    make.accepted(one)

    assert unread(both) == ["You are invited to review"]


def test_who_moves_the_date_has_read_of_that_review_alone(db: None) -> None:
    editor = make.editor()
    first, second = asked(editor)
    for row in (first, second):
        make.accepted(row)
        timing.ask_more_time(
            row.pk, by=make.fresh(row.reviewer), until=timing.last_day(), reason="x"
        )

    timing.extend(first.pk, by=make.fresh(editor), until=timing.last_day())

    assert unread(editor) == ["A reviewer accepted", "A reviewer asks for more time"]
    left = Notification.objects.filter(recipient=editor, read_at=None)
    assert {n.event.assignment_id for n in left} == {second.pk}


def test_a_decision_ends_all_that_was_told_of_the_version(db: None) -> None:
    editor = make.editor()
    first, _ = asked(editor)
    make.reported(first)
    before = unread(editor)

    desk.return_for_changes(first.version_id, by=make.fresh(editor), reason="Mend it.")

    assert before == ["A reviewer accepted", "A review was signed"]
    assert unread(editor) == []


def test_who_asks_somebody_else_knows_of_those_who_went(db: None) -> None:
    editor = make.editor()
    first, second = asked(editor)
    make.accepted(second)
    reviewing.decline(first.pk, by=make.fresh(first.reviewer), reason="No time.")

    inviting.invite(
        first.version_id, by=make.fresh(editor), reviewers=[make.reviewer().pk]
    )

    assert unread(editor) == ["A reviewer accepted"]


def test_an_author_who_goes_on_has_read_that_it_came_back(db: None) -> None:
    author = make.author()
    version = make.under_review(by=author)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it.")
    before = unread(author)

    authoring.revise(version.pk, by=make.fresh(author))

    assert before == [
        "Your article is under review",
        "Your article was returned for changes",
    ]
    assert unread(author) == []
