"""A review that comes after the decision is kept, and counts for nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from editorial import trust
from editorial.actions import authoring, caring, desk, inviting, reviewing
from editorial.errors import MovedOn, Refused
from reviews import panel, signing
from reviews.models import Assignment, Comment, Report, Signature
from tests import make, traces


def decided() -> Assignment:
    """Taken back by the decision while its reviewer was still at work."""
    version = make.under_review(reviewers=[make.reviewer() for _ in range(3)])
    *two, last = version.assignments.select_related("reviewer").order_by("pk")
    for assignment in two:
        make.reported(assignment)
    make.accepted(last)
    make.approve(make.again(version))
    return Assignment.objects.select_related("reviewer").get(pk=last.pk)


def hand_in(assignment: Assignment, **fields: Any) -> Report:
    by = make.fresh(assignment.reviewer)
    return reviewing.report_late(assignment.pk, by=by, findings=make.findings(**fields))


def test_it_is_kept_as_late_and_the_editor_hears(db: None) -> None:
    assignment = decided()

    with traces.one_event():
        filed = hand_in(
            assignment,
            vote="reject",
            remarks="The dose is wrong.",
            comments=(make.Remark("blocking", "By ten.", "Offer the treatment"),),
        )

    editor = make.article(assignment.version).editor
    assert editor
    assert (filed.late, filed.vote) == (True, "reject")
    assert filed.remarks == (
        "The dose is wrong.\n\nBlocking, on “Offer the treatment”: By ten."
    )
    assert traces.step() == ("reported_late", "withdrawn", "withdrawn", "")
    assert traces.said()["facts"] == {"vote": "reject"}
    assert traces.told() == {editor.pk: "A review came late"}
    assert traces.problems() == []


def test_it_counts_for_nothing(db: None) -> None:
    assignment = decided()
    version = make.again(assignment.version)
    before = trust.of(version)
    signed = Signature.objects.count()

    hand_in(assignment, comments=(make.Remark("blocking", "Wrong."),), vote="changes")

    version = make.again(version)
    assert len(panel.in_favour(version)) == 2
    assert Signature.objects.count() == signed
    assert len(signing.valid_signatures(version)) == 3
    assert not Comment.objects.exists()
    after = trust.of(version)
    assert (after.reviews_in, after.approval, after.signatures) == (
        *(before.reviews_in, before.approval),
        before.signatures,
    )


def test_the_next_draft_owes_it_no_answer(db: None) -> None:
    author = make.author()
    version = make.under_review(by=author)
    late = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.accepted(late)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")

    hand_in(late, comments=(make.Remark("blocking", "Wrong."),), vote="changes")

    draft = authoring.revise(version.pk, by=author)
    assert [c.text for c in Comment.objects.filter(version=draft)] == ["Mend it"]


@pytest.mark.parametrize("deed", ["return_for_changes", "reject"])
def test_it_comes_after_any_decision(deed: str, db: None) -> None:
    version, by = make.under_review(), make.chief()
    late = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.accepted(late)
    getattr(desk, deed)(version.pk, by=by, reason="So it is")

    assert hand_in(late).late


def test_thirty_days_are_enough(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    assignment = decided()
    now = timezone.now()

    for days, refused in ((31, True), (29, False)):
        later = now + dt.timedelta(days=days)
        with monkeypatch.context() as patch:
            patch.setattr("editorial.rules.timezone.now", lambda later=later: later)
            if refused:
                with traces.nothing_left(MovedOn):
                    hand_in(assignment)
            else:
                hand_in(assignment)


def test_it_is_handed_in_once(db: None) -> None:
    assignment = decided()
    hand_in(assignment)

    with traces.nothing_left(MovedOn):
        hand_in(assignment)


def test_what_says_too_little_is_no_review(db: None) -> None:
    assignment = decided()

    with traces.nothing_left(Refused, "Say what must change"):
        hand_in(assignment, vote="changes")


def test_an_invitation_nobody_answered_is_no_review(db: None) -> None:
    version = make.under_review()
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]

    with traces.nothing_left(MovedOn):
        hand_in(asked)


def test_what_an_editor_took_back_before_is_not_handed_in(db: None) -> None:
    version, editor = make.under_review(), make.editor()
    taken = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.accepted(taken)
    inviting.unassign(taken.pk, by=editor, reason="Overtaken")

    with traces.nothing_left(MovedOn):
        hand_in(taken)
    desk.return_for_changes(version.pk, by=editor, reason="Mend it")
    with traces.nothing_left(MovedOn):
        hand_in(taken)


def test_what_the_author_withdrew_takes_no_review(db: None) -> None:
    author = make.author()
    version = make.under_review(by=author)
    late = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.accepted(late)
    authoring.withdraw(version.pk, by=author, reason="Overtaken")

    with traces.nothing_left(MovedOn):
        hand_in(late)


def test_nobody_else_hands_it_in(db: None) -> None:
    assignment, other = decided(), make.reviewer()

    with traces.nothing_left(PermissionDenied):
        reviewing.report_late(assignment.pk, by=other, findings=make.findings())


def replaced() -> Assignment:
    """Ten days late, so that an alternate stepped in; the version is under review."""
    version = make.under_review(tier="C")
    late = make.accepted(version.assignments.select_related("reviewer").get())
    editor = make.article(version).editor
    inviting.name_alternates(version.pk, by=editor, alternates=[make.reviewer().pk])
    due = timezone.now() - dt.timedelta(days=11)
    Assignment.objects.filter(pk=late.pk).update(due_at=due)
    caring.remind_due()
    return Assignment.objects.select_related("reviewer").get(pk=late.pk)


def test_who_was_replaced_can_still_hand_in(db: None) -> None:
    late = replaced()
    assert late.state == "expired"

    with traces.one_event():
        filed = hand_in(late, vote="reject", remarks="The dose is wrong.")

    assert (filed.late, filed.vote) == (True, "reject")
    assert traces.step() == ("reported_late", "expired", "expired", "")
    assert panel.in_favour(make.again(late.version)) == []
    assert not Signature.objects.filter(signer=late.reviewer).exists()
    with traces.nothing_left(MovedOn):
        hand_in(late)


def test_who_was_replaced_has_thirty_days(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    late = replaced()
    later = timezone.now() + dt.timedelta(days=31)

    monkeypatch.setattr("editorial.rules.timezone.now", lambda: later)

    with traces.nothing_left(MovedOn):
        hand_in(late)


def test_who_never_accepted_hands_nothing_in(db: None) -> None:
    version = make.under_review(tier="C")
    asked = version.assignments.select_related("reviewer").get()
    past = timezone.now() - dt.timedelta(days=1)
    Assignment.objects.filter(pk=asked.pk).update(respond_by=past)
    editor = make.article(version).editor
    inviting.expire(asked.pk, by=editor, reason="Silent")

    with traces.nothing_left(MovedOn):
        hand_in(asked)


def test_the_database_keeps_late_and_awaited_apart(db: None) -> None:
    late = replaced()
    fields = {"checklist": {}, "vote": "approve", "sha256": "a" * 64}

    with pytest.raises(IntegrityError, match="nobody awaits it any longer"):
        Report.objects.create(assignment=late, late=False, **fields)
