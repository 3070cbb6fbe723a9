"""What a reviewer who is asked again is told of the round before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from articles.models import Citation, Work
from editorial import reports, rounds
from editorial.actions import authoring, desk
from editorial.models import Event, User
from reviews.models import Assignment
from tests import make, tampering

NEW_TO_IT = "Round 2."


def further(*said: str, tier: str = "B") -> tuple[User, User, User]:
    """Two reviewers asked again, the first of whom said this, and one more."""
    author, one, two, third = make.author(), *(make.reviewer() for _ in range(3))
    first = make.under_review(by=author, tier=tier, reviewers=[one, two])
    for row in first.assignments.select_related("reviewer").order_by("pk"):
        words = said if row.reviewer == one else ()
        make.reported(row, comments=tuple(map(make.blocking, words)))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    make.send(text, tier=tier, reviewers=[one, two, third])
    return one, two, third


def told(person: User) -> list[str]:
    asked = Assignment.objects.filter(reviewer=person).order_by("pk")
    return [rounds.told(row) for row in rounds.annotated(asked)]


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ((), ""),
        (("Wrong dose.",), "; 1 of your comments was answered"),
        (("Wrong dose.", "Wrong drug."), "; 2 of your comments were answered"),
    ],
)
def test_a_reviewer_is_told_what_became_of_what_they_said(
    said: tuple[str, ...], counted: str, db: None
) -> None:
    one, _, _ = further(*said)

    assert told(one) == ["", f"Round 2; you reviewed version 1{counted}."]


def test_nobody_is_told_of_the_comments_of_another(db: None) -> None:
    _, two, third = further("Wrong dose.")

    assert told(two) == ["", "Round 2; you reviewed version 1."]
    assert told(third) == [NEW_TO_IT]


def test_a_first_round_is_not_called_one(db: None) -> None:
    asked = make.under_review(tier="C").assignments.get()

    assert told(asked.reviewer) == [""]


def second_round(**checks: str) -> tuple[Assignment, Assignment]:
    """A reviewer's assignments of both rounds; of the first, what they said of works."""
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    said = tuple(replace(check, **checks) for check in make.checks(first))
    make.reported(first.assignments.get(), checks=said)
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    draft = make.answered(authoring.revise(first.pk, by=author), by=author)
    sent = make.send(authoring.submit(draft.pk, by=author), tier="C", reviewers=[one])
    return first.assignments.get(), sent.assignments.get()


def before(asked: Assignment) -> rounds.Before:
    return rounds.checked_before(asked.version, [asked.reviewer_id])[asked.reviewer_id]


def test_what_was_said_of_claims_is_known_in_the_next_round(db: None) -> None:
    first, second = second_round(verdict="partly", locator="p. 4", note="Of adults.")

    found = before(second)

    claims = {claim.name for claim in reports.claims(second.version)}
    assert claims
    assert (found.number, set(found.said)) == (1, claims)
    assert set(found.said.values()) == {("partly", "p. 4", "Of adults.")}
    assert rounds.checked_before(first.version, [first.reviewer_id]) == {}
    assert rounds.checked_before(second.version, [make.reviewer().pk]) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"csl": {"type": "book", "title": "Another"}},
        {"key": Concat("key", Value("2"))},
    ],
)
def test_another_work_or_record_is_not_as_it_was(
    change: dict[str, object], db: None
) -> None:
    _, second = second_round()
    cited = Citation.objects.filter(version=second.version)
    with tampering.unguarded():
        cited.update(**change)

    assert before(second).said == {}


def test_a_work_that_was_retracted_since_is_looked_at_again(db: None) -> None:
    _, second = second_round()
    Work.objects.update(retracted_on="2026-11-01")

    assert before(second).said == {}


def test_answers_that_say_the_same_again_are_counted_so(db: None) -> None:
    _, second = second_round(verdict="partly", locator="p. 4")
    checks = make.checks(second.version)
    same = replace(checks[0], verdict="partly", locator="p. 4")

    assert before(second).repeated([same, *checks[1:]]) == 1
    make.reported(second, checks=(same, *checks[1:]))
    facts = json.loads(Event.objects.filter(kind="reported").latest("pk").payload)
    assert facts["facts"]["claims_as_before"] == 1
