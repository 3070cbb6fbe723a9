"""The figures: medians, shares and agreement, of how many, and without one's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Version
from editorial import database, desk_lists, figures
from editorial.figures import Share, agreement, percentile, sides, stage
from reviews.models import Assignment
from tests import make
from tests.editorial.views.visitors import text

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def after(*days: float) -> list[tuple[dt.datetime, dt.datetime]]:
    return [(NOW, NOW + dt.timedelta(days=n)) for n in days]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [([], None), ([3], 3), ([1, 2], 2), (range(1, 11), 9), (range(1, 12), 10)],
)
def test_nine_tenths_do_not_exceed_the_ninetieth_percentile(
    values: list[float], wanted: float | None
) -> None:
    assert percentile(list(values), 0.9) == wanted


def test_a_stage_has_its_median_and_says_of_how_many() -> None:
    found = stage("Any", after(1, 2, 30))

    assert (found.median, found.ninetieth, found.count) == (2, 30, 3)
    assert found.is_small


def test_a_stage_of_nothing_has_no_days() -> None:
    assert (stage("Any", []).median, stage("Any", []).ninetieth) == (None, None)


def test_reviewers_agree_where_both_are_in_favour_or_both_not() -> None:
    votes = [(1, "approve"), (1, "minor"), (1, "reject"), (2, "changes")]
    votes += [(2, "reject"), (3, "approve")]

    found = agreement(sides(votes))

    assert found == Share("Pairs of reviewers who agree", 2, 4)
    assert (found.percent, found.is_small) == (50, True)


def test_alpha_is_told_of_many_versions_with_what_it_says(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.published(tier="B")
    votes = [[True, True], [False, False], [True, False], [True]]
    client.force_login(make.editor())
    alike = client.get("/desk/figures/")
    monkeypatch.setattr(figures, "sides", lambda _: votes)

    page = client.get("/desk/figures/")

    # Of six values three are in favour; one pair differs, both ways, of 18 expected.
    assert figures.alpha(votes) == pytest.approx(1 - 5 * 2 / 18)
    assert "alpha, which takes that out, is 0.44" in text(page)
    assert "alpha" not in text(alike)


def test_a_share_of_nothing_is_no_number() -> None:
    assert Share("Any", 0, 0).percent is None


def test_the_figures_are_those_of_the_rows(db: None) -> None:
    version = make.published(tier="B")
    began = timezone.now() - dt.timedelta(days=10)
    declined = make.under_review(tier="C").assignments.get()
    late = Assignment.objects.filter(version=version).order_by("pk")[0]
    Assignment.objects.filter(pk=late.pk).update(due_at=late.ended_at - dt.timedelta(1))
    submitted_then(version, began)

    found = figures.measured(make.editor(), None)

    assert [(round(s.median or 0), s.count) for s in found.stages] == [
        *((10, 1), (10, 1), (10, 1)),
    ]
    assert found.shares == [
        Share("Invitations accepted", 2, 2),
        Share("Reviews in time", 1, 2),
        Share("Pairs of reviewers who agree", 1, 1),
    ]
    assert declined.state == "invited"


def submitted_then(version: Version, began: dt.datetime) -> None:
    """Say that it was submitted earlier; the guards forbid it to everybody else."""
    database.drop(connection)
    Version.objects.filter(pk=version.pk).update(submitted_at=began)


@pytest.mark.parametrize("few", [500, 0])
def test_nobody_counts_what_they_wrote_or_reviewed(
    few: int, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_lists, "FEW", few)
    reviewer = make.reviewer()
    version = make.published(tier="C", reviewers=[reviewer])
    author = version.article.authorships.get().user

    counted = [
        [s.count for s in figures.measured(person, None).stages]
        for person in (make.editor(), author, reviewer)
    ]

    assert counted == [[1, 1, 1], [0, 0, 0], [0, 0, 0]]


def test_a_glance_reads_the_same_rows_by_one_statement_more(
    db: None, django_assert_num_queries: Any
) -> None:
    make.published(tier="B")
    editor = make.editor()

    with django_assert_num_queries(2):  # first, which articles are the editor's own
        found = figures.glance(editor)

    assert found.first_decision.count == 1
    assert found.in_time == Share("Reviews in time", 2, 2)
    assert found.accepted == Share("Invitations accepted", 2, 2)
