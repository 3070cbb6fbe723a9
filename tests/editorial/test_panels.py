"""How far the reviews of a version are, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from editorial import desk_lists, panels, rules
from editorial.actions import inviting
from reviews import interests, panel
from reviews.models import Assignment
from tests import make

if TYPE_CHECKING:
    from articles.models import Version


def listed(*versions: Version) -> list[Version]:
    found = list(desk_lists.versions(v.pk for v in versions).values())
    panels.read(found)
    return found


APPROVED = "1 approves, 1 approves with minor changes"


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ((), "0 of 2 reviews in"),
        (("approve",), "1 of 2 reviews in: 1 approves"),
        (("approve", "minor"), f"Quorum reached, 2 of 2 reviews in: {APPROVED}"),
        (("changes", "changes"), "2 of 2 reviews in: 2 ask for changes"),
    ],
)
def test_a_line_counts_the_votes(db: None, votes: tuple[str, ...], said: str) -> None:
    version = make.under_review(tier="B")
    rows = version.assignments.select_related("reviewer").order_by("pk")
    for assignment, vote in zip(rows, votes, strict=False):
        make.reported(assignment, vote=vote, remarks="Look at the doses.")

    (found,) = listed(version)

    assert panels.told(found) == said


def test_a_line_counts_no_more_of_a_quorum_than_there_is(db: None) -> None:
    version = make.under_review(tier="C", reviewers=[make.reviewer(), make.reviewer()])
    make.report_all(version)

    (found,) = listed(version)

    assert panels.told(found) == "Quorum reached, 2 reviews in, 1 needed: 2 approve"


def test_a_line_names_the_specialty_that_is_missing_and_what_blocks(db: None) -> None:
    stranger, heart = make.reviewer(specialties=[]), make.reviewer()
    version = make.under_review(tier="B", reviewers=[stranger, heart])
    first = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(first, comments=(make.blocking(),), vote="minor")

    (found,) = listed(version)

    assert panels.told(found) == (
        "1 of 2 reviews in: 1 approves with minor changes; none in favour from "
        "cardiology yet; 1 blocking comment"
    )


def test_reviews_can_suffice_before_the_claims_are_checked(db: None) -> None:
    version = make.under_review(tier="B")
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first, checks=())
    assert not panels.reviews_suffice(make.again(version))

    make.reported(second, checks=())

    (found,) = listed(version)
    assert panels.reviews_suffice(found)
    assert rules.the_citations_are_checked(make.again(version))


def test_a_panel_without_the_specialty_is_a_dead_end(db: None) -> None:
    strangers = [make.reviewer(specialties=[]) for _ in range(2)]
    version = make.again(make.under_review(tier="B", reviewers=strangers))

    assert panels.dead_end(version) == (
        "Nobody asked is from cardiology, and one review in favour must be. "
        "Ask somebody who is."
    )


def test_a_panel_too_few_of_whom_can_still_agree_is_a_dead_end(db: None) -> None:
    version = make.again(make.under_review(tier="B"))
    against = version.assignments.select_related("reviewer").order_by("pk")[0]
    assert panels.dead_end(version) == ""

    make.reported(against, vote="changes", remarks="Look at the doses.")

    panel.forget(version)
    assert panels.dead_end(version) == (
        "Tier B needs 2 reviews in favour, and of those asked 1 can still give one. "
        "Ask somebody else too."
    )


@pytest.mark.parametrize("count", [2, 4])
def test_texts_that_interests_are_held_against_are_read_at_once(
    db: None, count: int
) -> None:
    versions = [make.reviewed() for _ in range(count)]
    for row in Assignment.objects.select_related("reviewer"):
        make.declaration(row.reviewer, **{interests.GENERAL[0].code: ["Acme"]})
    found = list(desk_lists.versions(v.pk for v in versions).values())

    with CaptureQueriesContext(connection) as asked:
        panels.read(found)
        said = {panels.told(version) for version in found}

    assert len(asked) <= MOST_READ
    assert said == {"Quorum reached, 2 of 2 reviews in: 2 approve"}


MOST_READ = 5
"""The panels, their texts in two parts with the works, and the key answers."""


@pytest.mark.parametrize("count", [1, 3])
def test_the_panels_of_a_list_are_read_at_once(db: None, count: int) -> None:
    versions = [make.reviewed() for _ in range(count)]
    found = list(desk_lists.versions(v.pk for v in versions).values())

    with CaptureQueriesContext(connection) as asked:
        panels.read(found)
        said = {panels.told(version) for version in found}

    assert len(asked) == 1
    assert said == {"Quorum reached, 2 of 2 reviews in: 2 approve"}


@pytest.mark.parametrize(
    ("alternates", "told"),
    [
        (0, "Short of reviewers: tier C needs 1 in favour, and none can still come."),
        (1, ""),
    ],
)
def test_whoever_stands_by_can_come_for_somebody_who_cannot_count(
    db: None, alternates: int, told: str
) -> None:
    version = make.under_review(tier="C")
    inviting.name_alternates(
        version.pk,
        by=make.editor(),
        alternates=[make.reviewer().pk for _ in range(alternates)],
    )
    Article.objects.filter(pk=version.article_id).update(entities="Acme")
    make.declaration(version.assignments.get().reviewer, shares=["Acme"])

    (found,) = listed(version)

    assert panels.short(found) == told
