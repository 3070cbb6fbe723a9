"""Whom the desk is told to ask, in which order, for which reasons, and how many."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.vocabulary import Tier
from editorial import proposing
from editorial.actions import desk, reviewing
from editorial.models import BoardMember
from reviews.models import Assignment
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

A_DAY = dt.timedelta(days=1)


def triaged(**fields: Any) -> Version:
    """A version whose article has a specialty already."""
    version = make.submitted(**fields)
    type(version.article).objects.filter(pk=version.article_id).update(
        specialty=make.CARDIOLOGY, tier=Tier.C
    )
    return make.again(version)


def names(version: Version) -> list[str]:
    return [p.member.user.name for p in proposing.board(version).fit]


def said_of(person: User, version: Version) -> list[str]:
    fit = proposing.board(version).fit
    return next(p.reasons for p in fit if p.member.user_id == person.pk)


def test_the_specialty_comes_first_then_the_topics(db: None) -> None:
    make.reviewer(name="Anna", specialties=["oncology"])
    make.reviewer(name="Berta", specialties=["psychiatry"])
    make.reviewer(name="Cora", specialties=["cardiology"])
    make.reviewer(name="Dora", specialties=["cardiology", "psychiatry"])

    version = triaged(topics=("Psychiatry", "Sleep"))

    assert names(version) == ["Dora", "Cora", "Berta", "Anna"]


def test_who_knows_the_text_and_who_has_room_come_next(db: None) -> None:
    busy, free = make.reviewer(name="Anna"), make.reviewer(name="Berta")
    knows = make.reviewer(name="Cora")
    make.under_review(tier=Tier.C, reviewers=[busy], topics=("Sleep",))
    author = make.author()
    first = make.under_review(by=author, tier=Tier.C, reviewers=[knows])
    make.report_all(first, vote="changes", remarks="Mend it.")
    returned(first)
    second = make.resubmitted(first, by=author)

    version = make.again(second)

    assert names(version) == ["Cora", "Berta", "Anna"]
    assert said_of(knows, version) == [
        "Cardiology, matches",
        "works on Cardiology",
        "reviewed version 1",
        "0 of 5 open reviews",
        "1 reviewed on these topics",
        "1 of 1 reviews in time",
        "accepted 1 of 1 invitations",
    ]
    assert said_of(busy, version)[2:] == ["1 of 5 open reviews"]
    assert said_of(free, version)[2:] == ["0 of 5 open reviews"]


def returned(version: Version) -> None:
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")


def test_who_answers_and_reports_in_time_comes_before_who_does_not(db: None) -> None:
    slow, sure, silent = (make.reviewer(name=n) for n in ("Anna", "Berta", "Cora"))
    for person in (slow, sure):
        asked = make.under_review(
            tier=Tier.C, reviewers=[person], topics=("Sleep",)
        ).assignments.get()
        make.reported(asked)
    Assignment.objects.filter(reviewer=slow).update(due_at=timezone.now() - 30 * A_DAY)
    for _ in range(2):
        asked = make.under_review(
            tier=Tier.C, reviewers=[silent], topics=("Sleep",)
        ).assignments.get()
        reviewing.decline(asked.pk, by=make.fresh(silent), reason="No time")

    version = triaged(topics=("Psychiatry",))

    assert names(version) == ["Berta", "Cora", "Anna"]
    assert said_of(slow, version)[-2] == "0 of 1 reviews in time"
    assert said_of(silent, version)[-1] == "accepted 0 of 2 invitations"


def test_what_is_more_than_a_year_ago_is_forgotten(db: None) -> None:
    person = make.reviewer()
    make.report_all(make.under_review(tier=Tier.C, reviewers=[person]))
    Assignment.objects.update(invited_at=timezone.now() - 366 * A_DAY)

    assert said_of(person, triaged())[-1] == "0 of 5 open reviews"


def test_the_order_is_the_same_whatever_the_rows_order(db: None) -> None:
    for name in ("Cora", "Anna", "Berta"):
        make.reviewer(name=name)

    assert names(triaged()) == ["Anna", "Berta", "Cora"]


def test_who_cannot_be_asked_is_left_out_with_the_reason(db: None) -> None:
    full, tied = make.reviewer(name="Anna"), make.reviewer(name="Berta")
    full.board_member.load_cap = 0
    full.board_member.save()
    make.declaration(tied, shares=["Acme"])

    found = proposing.board(triaged(headline="What Acme sells"))

    assert found.fit == []
    assert [p.unfit for p in found.left_out] == [
        "Anna, MD has 0 open reviews, the most they take.",
        "Berta, MD declared an interest in Acme.",
    ]


@pytest.mark.parametrize(
    ("needed", "rate", "asked"),
    [
        (0, 0.5, 0),
        (1, 1.0, 1),
        (1, 2 / 3, 3),
        (2, 2 / 3, 5),
        (3, 2 / 3, 7),
        (1, 0.372, 5),
        (2, 0.372, 9),
        (3, 0.1, 12),
        (1, 0.0, 12),
    ],
)
def test_as_many_are_asked_as_fill_the_quorum_nine_times_in_ten(
    needed: int, rate: float, asked: int
) -> None:
    k = proposing.how_many(needed, rate)

    assert k == asked
    if 0 < k < proposing.MOST_ASKED:
        assert proposing.likelihood(k, needed, rate) >= 0.9
        assert k == needed or proposing.likelihood(k - 1, needed, rate) < 0.9


def test_the_likelihood_is_that_of_independent_answers() -> None:
    assert proposing.likelihood(2, 1, 0.5) == 0.75
    assert proposing.likelihood(2, 2, 0.5) == 0.25
    assert proposing.likelihood(2, 3, 0.5) == 0
    assert proposing.likelihood(0, 0, 0.5) == 1


def plan(version: Version, tier: str = Tier.C) -> proposing.Plan:
    found = proposing.board(version).plan_for(tier)
    assert found is not None
    return found


def test_until_ten_have_answered_two_of_three_are_taken_to_accept(db: None) -> None:
    make.reviewer()

    found = plan(triaged())

    assert (found.is_assumed, found.rate, found.ask) == (True, 2 / 3, 3)


def test_then_the_rate_is_the_observed_one(db: None) -> None:
    person = make.reviewer()
    for _ in range(10):
        version = make.under_review(tier=Tier.C, reviewers=[person])
        asked = version.assignments.get()
        if person.assignments.filter(state="reported").count() < 9:
            make.reported(asked)
        else:
            reviewing.decline(asked.pk, by=make.fresh(person), reason="No time")

    found = plan(triaged())

    assert (found.is_assumed, found.rate, found.ask) == (False, 0.9, 1)


def test_who_is_asked_already_counts(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    assert plan(make.again(version)).ask == 2

    make.accepted(version.assignments.get())

    assert plan(make.again(version)).ask == 0
    assert plan(make.again(version), Tier.B).needed == 1


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_board_is_read_by_as_many_queries_whatever_its_size(
    count: int, db: None
) -> None:
    for number in range(count):
        person = make.reviewer(affiliation="Brown Clinic")
        make.declaration(person, shares=[f"Company {number}"])
    version = triaged()

    with CaptureQueriesContext(connection) as asked:
        proposing.board(version)
        proposing.board(version)

    assert len(asked) == 7


def test_the_last_round_is_the_last_even_if_nobody_of_it_can_be_asked(
    db: None,
) -> None:
    author, one, two = make.author(), make.reviewer(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    make.reported(first.assignments.get())
    returned(first)
    second = make.send(make.resubmitted(make.again(first), by=author), reviewers=[two])
    make.reported(second.assignments.get())
    returned(second)
    third = make.resubmitted(make.again(second), by=author)
    BoardMember.objects.filter(user=two).update(until=timezone.localdate() - A_DAY)

    assert proposing.board(make.again(third)).of_the_last_round == []


def test_a_text_without_topics_is_proposed_for_all_the_same(db: None) -> None:
    person = make.reviewer()
    version = triaged(topics=())

    assert said_of(person, version) == ["Cardiology, matches", "0 of 5 open reviews"]
