"""A reviewer is asked again: the earlier report stays and counts no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Version
from editorial import trust
from editorial.actions import deciding, desk, inviting, reopening
from editorial.errors import MovedOn, Refused
from editorial.models import User
from reviews import panel, signing
from reviews.models import Assignment, Disclosure, Report, Signature
from tests import make, traces
from tests.editorial.database.writes import accepted as happened
from tests.editorial.database.writes import dropped, inserts

REASON = "Look at the dose in children again."


def reopen(version: Version, by: User, **fields: Any) -> Assignment:
    given: dict[str, Any] = {"assignment_id": first(version).pk, "reason": REASON}
    return reopening.reopen(version.pk, by=by, **given | fields)


def first(version: Version) -> Assignment:
    return version.assignments.select_related("reviewer").order_by("pk")[0]


def report_again(again: Assignment, **fields: Any) -> Report:
    by = make.fresh(again.reviewer)
    fields = {"checks": make.checks(again.version)} | fields
    return make.reviewing.report(
        again.pk, by=by, findings=make.findings(**fields), proven=make.proven(by)
    )


def test_the_same_reviewer_gets_another_assignment_with_a_day(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    day = timezone.now().date() + dt.timedelta(days=5)

    with traces.one_event():
        again = reopen(version, editor, due_on=day)

    earlier = first(version)
    assert (earlier.state, earlier.reason) == ("reopened", REASON)
    assert (again.state, again.reviewer_id, again.reopens_id) == (
        *("accepted", earlier.reviewer_id),
        earlier.pk,
    )
    assert again.due_at == dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)
    assert again.invited_by_id == editor.pk
    assert again.pseudonym == earlier.pseudonym != ""
    assert traces.step() == ("reopened", "under_review", "under_review", REASON)
    assert traces.said()["facts"] == {
        "reviewer": earlier.reviewer_id,
        "again": again.pk,
    } | {k: v for k, v in traces.said()["facts"].items() if k == "pages"}
    assert traces.told() == {
        earlier.reviewer_id: "You are asked to take your review up again"
    }


def test_the_report_and_its_signature_stay_as_they_were(db: None) -> None:
    version = make.reviewed()
    kept = Report.objects.order_by("pk").values()
    before, signed = list(kept), list(Signature.objects.order_by("pk").values())

    reopen(version, make.editor())

    assert list(kept.all()) == before
    assert list(Signature.objects.order_by("pk").values()) == signed


def test_what_was_declared_holds_for_the_new_report(db: None) -> None:
    version = make.under_review()
    asked = first(version)
    by, answers = make.fresh(asked.reviewer), make.answers(grants=["Acme"])
    make.reviewing.accept(asked.pk, by=by, answers=answers)
    report_again(asked)

    again = reopen(version, make.editor())

    old = Disclosure.objects.get(assignment=asked)
    new = Disclosure.objects.get(assignment=again)
    said = [(d.statement, d.answers, d.made_at) for d in (old, new)]
    assert said[0] == said[1]
    assert new.has_conflict
    assert traces.problems() == []


def test_a_report_that_was_sent_back_carries_no_approval(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    reopen(version, make.editor())

    with traces.nothing_left(Refused, "Tier B needs 2 reviews in favour; 1 received"):
        make.approve(make.again(version), by=chief)


def test_the_new_report_counts_once_and_is_signed_with_its_number(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    again = reopen(version, make.editor())

    report_again(again, vote="minor")

    now = make.again(version)
    signed = Signature.objects.filter(version=version, signer=again.reviewer)
    numbers = [s.number for s in signed.order_by("number")]
    assert numbers == [1, 2]
    assert all(signing.is_valid(s) for s in signed.select_related("version"))
    assert b'"number"' not in signing.statement_bytes(signed.get(number=1))
    assert b'"number":2' in signing.statement_bytes(signed.get(number=2))
    assert len(panel.in_favour(now)) == 2
    assert make.approve(now, by=chief).state == "approved"
    assert traces.problems() == []


def test_of_each_reviewer_the_public_sees_one_review(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    again = reopen(version, make.editor())
    assert trust.of(make.again(version)).reviews_in == 1

    report_again(again, vote="reject", remarks="The dose is wrong after all.")
    third = make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[third.pk])
    make.reported(version.assignments.get(reviewer=third))
    make.approve(make.again(version), by=chief)

    said = trust.of(make.again(version))
    assert said.approval
    assert (len(said.approval.reviewers), said.approval.against) == (2, 1)
    assert sorted(s.meaning for s in said.signatures) == [
        *("Approval", "Review, in favour", "Review, in favour"),
        "Review, not in favour",
    ]


def test_who_never_answers_again_is_printed_nowhere(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    reopen(version, make.editor())
    third = make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[third.pk])
    make.reported(version.assignments.get(reviewer=third))

    make.approve(make.again(version), by=chief)

    said = trust.of(make.again(version))
    assert said.approval
    assert (said.reviews_in, said.approval.against) == (2, 0)
    assert traces.problems() == []


def test_a_second_report_can_be_sent_back_too(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    for _ in range(2):
        last = Assignment.objects.filter(version=version, state="reported")
        latest = last.filter(reviewer=first(version).reviewer).get()
        report_again(reopen(version, editor, assignment_id=latest.pk))

    signed = Signature.objects.filter(signer=first(version).reviewer)
    assert sorted(signed.values_list("number", flat=True)) == [1, 2, 3]
    assert traces.problems() == []


def test_who_stepped_back_the_second_time_can_be_invited_anew(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    again = reopen(version, editor)
    by = make.fresh(again.reviewer)
    make.reviewing.recuse(again.pk, by=by, reason="No time")

    inviting.invite(version.pk, by=editor, reviewers=[by.pk])
    anew = version.assignments.get(reviewer=by, state="invited")
    make.reported(anew)

    signed = Signature.objects.filter(version=version, signer=by)
    assert sorted(signed.values_list("number", flat=True)) == [1, 2]


def test_a_decision_drawn_before_it_is_stale(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    reopen(version, make.editor())

    with traces.nothing_left(MovedOn):
        make.approve(version, by=chief, seen=version.revision)


def test_only_a_review_that_was_handed_in_is_taken_up_again(db: None) -> None:
    version, editor = make.under_review(), make.editor()
    elsewhere = make.reviewed()
    sentence = "Only a review that was handed in can be taken up again"

    with traces.nothing_left(Refused, sentence):
        reopen(version, editor)
    with traces.nothing_left(Refused, sentence):
        reopen(version, editor, assignment_id=first(elsewhere).pk)
    reopen(elsewhere, editor)
    with traces.nothing_left(Refused, sentence):
        reopen(elsewhere, editor)


@pytest.mark.parametrize("days", [-1, 0, 61])
def test_the_day_lies_ahead_and_not_too_far(days: int, db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    day = timezone.now().date() + dt.timedelta(days=days)

    with traces.nothing_left(Refused, "from tomorrow on, within 60 days"):
        reopen(version, editor, due_on=day)


def test_it_needs_a_reason(db: None) -> None:
    version, editor = make.reviewed(), make.editor()

    with traces.nothing_left(Refused, "“Ask a reviewer again” needs a reason"):
        reopen(version, editor, reason=" ")


def test_who_reviews_no_more_is_not_asked(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    gone = first(version).reviewer
    gone.groups.clear()

    with traces.nothing_left(Refused, "is no reviewer any more"):
        reopen(version, editor)


def test_who_has_declared_nothing_asks_nobody(db: None) -> None:
    version = make.reviewed()
    with time_machine.travel(timezone.now() - dt.timedelta(days=366)):
        editor = make.editor()

    with traces.nothing_left(Refused, "Declare your interests first"):
        reopen(version, editor)
    with traces.nothing_left(Refused, "Declare your interests first"):
        deciding.recommend(version.pk, by=editor, advice="return", reason="Mend it")


def test_nobody_reopens_what_they_wrote_or_review(db: None) -> None:
    version = make.reviewed()
    author = make.fresh(version.article.authorships.order_by("pk")[0].user)

    for person in (author, make.fresh(first(version).reviewer)):
        with traces.nothing_left(PermissionDenied):
            reopen(version, person)


def test_what_was_decided_is_not_taken_up_again(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    desk.return_for_changes(version.pk, by=editor, reason="Mend it")

    with traces.nothing_left(MovedOn):
        reopen(version, editor)


def test_the_database_takes_no_second_report_of_another_kind(db: None) -> None:
    version = make.reviewed()
    earlier, waiting = first(version), first(make.under_review())
    given = {"version": version, "respond_by": timezone.now()}
    given |= {"reviewer": make.reviewer(), "invited_by": make.editor()}
    writes = {
        **inserts(
            lambda: Assignment(**given, reopens=earlier),
            "another reviewer",
        ),
        **inserts(
            lambda: Report(
                assignment=waiting,
                checklist={},
                vote="approve",
                sha256="a" * 64,
                late=True,
            ),
            "late under review",
        ),
    }

    assert happened(writes) == []
    assert dropped(writes) == list(writes)
