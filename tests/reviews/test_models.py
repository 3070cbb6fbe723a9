"""The arrows of an assignment, and what the rows of a review hold true."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from reviews.models import Assignment, Comment, Disclosure, Report, Signature
from reviews.states import AssignmentState
from tests import make

DUE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
WHY = {"reason": "No time"}

ARROWS: dict[str, dict[str, str]] = {
    "accept": {"invited": "accepted"},
    "decline": {"invited": "declined"},
    "lapse": {"invited": "expired", "accepted": "expired"},
    "expire": {"invited": "expired", "accepted": "expired"},
    "recuse": {"accepted": "recused"},
    "withdraw": {"invited": "withdrawn", "accepted": "withdrawn"},
    "conclude": {"accepted": "reported"},
    "reopen": {"reported": "reopened"},
}
FACTS: dict[str, dict[str, Any]] = {
    "accept": {"due_at": DUE},
    "decline": WHY,
    "lapse": WHY,
    "expire": WHY,
    "recuse": WHY,
    "withdraw": WHY,
    "conclude": {},
    "reopen": WHY,
}


def test_the_table_of_arrows_has_every_transition() -> None:
    field: Any = Assignment._meta.get_field("state")

    assert {m.name for m in field.get_all_transitions(Assignment)} == ARROWS.keys()


@pytest.mark.parametrize("source", AssignmentState)
@pytest.mark.parametrize("name", ARROWS)
def test_an_assignment_moves_only_along_the_drawn_arrows(
    name: str, source: AssignmentState
) -> None:
    assignment = Assignment(state=source, due_at=DUE)
    target = ARROWS[name].get(source)

    if target is None:
        with pytest.raises(TransitionNotAllowed):
            getattr(assignment, name)(**FACTS[name])
    else:
        getattr(assignment, name)(**FACTS[name])

    assert assignment.state == (target or source)


def test_nobody_reports_before_there_is_a_due_date() -> None:
    assignment = Assignment(state=AssignmentState.ACCEPTED, due_at=None)

    with pytest.raises(TransitionNotAllowed):
        assignment.conclude()


@pytest.mark.parametrize("name", ["decline", "expire", "lapse", "withdraw"])
def test_an_end_notes_when_and_why(name: str) -> None:
    assignment = Assignment()

    getattr(assignment, name)(**WHY)

    assert (assignment.reason, assignment.ended_at is None) == ("No time", False)


def test_an_acceptance_notes_when_and_until_when() -> None:
    assignment = Assignment()

    assignment.accept(due_at=DUE)

    assert (assignment.due_at, assignment.ended_at) == (DUE, None)
    assert assignment.accepted_at is not None


def fails(model: Any, **fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


def test_a_reviewer_is_asked_once_while_the_asking_stands(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.order_by("pk")[0]
    again = {
        "version": version,
        "reviewer": asked.reviewer,
        "invited_by": asked.invited_by,
        "respond_by": DUE,
    }

    fails(Assignment, **again)
    asked.decline(reason="No time")
    asked.save()

    Assignment.objects.create(**again)


def test_a_conflict_is_named(db: None) -> None:
    asked = make.under_review().assignments.order_by("pk")[0]

    fails(Disclosure, assignment=asked, has_conflict=True, statement="")
    assert str(Disclosure(statement="Shares in X")) == "Shares in X"
    assert str(Disclosure()) == "No conflict of interest"


def test_a_vote_is_one_that_is_known(db: None) -> None:
    asked = make.under_review().assignments.order_by("pk")[0]

    fails(Report, assignment=asked, checklist={}, vote="perhaps", sha256="a" * 64)


def test_a_resolved_comment_names_who_resolved_it(db: None) -> None:
    version = make.under_review()

    fails(
        Comment,
        version=version,
        author=make.user(),
        kind="question",
        text="Why?",
        resolved_at=DUE,
    )


def test_a_version_is_approved_by_one_signature(db: None) -> None:
    version = make.reviewed()
    signed: dict[str, Any] = {
        "version": version,
        "printed_name": "A",
        "role": "chief editor",
        "meaning": "approval",
        "statement": "",
        "sha256": version.sha256,
        "signed_at": DUE,
        "public_key": "",
        "value": "",
    }
    Signature.objects.create(signer=make.chief(), **signed)

    fails(Signature, signer=make.chief(), **signed)


def test_rows_say_what_they_are(db: None) -> None:
    version = make.reviewed()
    asked = version.assignments.order_by("pk")[0]
    signature = version.signatures.order_by("pk")[0]
    comment = Comment(text="x" * 100)

    assert str(asked) == f"{version.pk} by {asked.reviewer_id}"
    assert asked.get_absolute_url() == f"/desk/assignments/{asked.pk}/"
    assert str(asked.report) == f"Approve on {version.sha256[:12]}"
    assert str(signature) == f"Review by {asked.reviewer.printed_name}"
    assert str(comment) == "x" * 60
