"""Short lists read with the row they hang on, as rows of the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.listed import hang, listed, made
from articles.models import FindingAnswer, RegulatoryFact, Version
from tests import make

AT = dt.datetime(2026, 11, 2, 9, 30, 0, 250, tzinfo=dt.UTC)
ANSWER = ("reason", "answered_by", "id", "answered_at")


def fact() -> RegulatoryFact:
    """A fact as a list on another row tells it: its name and its key."""
    whole = {"statement": "It ended.", "phrases": "Offer", "jurisdiction": "EU"}
    made_up = RegulatoryFact.objects.create(name="Rule", source="x", **whole)
    version = make.draft()

    told = listed(RegulatoryFact.objects.filter(pk=made_up.pk), "name", "id")
    row = Version.objects.annotate(told=told).get(pk=version.pk)
    (found,) = made(RegulatoryFact, ("name", "id"), row.told)
    return found


def test_a_list_comes_as_rows_in_the_order_of_their_keys() -> None:
    lines = [["Third", 3], ["First", 1], ["Second", 2]]

    rows = made(RegulatoryFact, ("name", "id"), lines)

    assert [(row.pk, row.name) for row in rows] == [
        (1, "First"),
        (2, "Second"),
        (3, "Third"),
    ]


@pytest.mark.parametrize("lines", [None, []])
def test_nothing_listed_is_an_empty_list(lines: list[list[str]] | None) -> None:
    assert made(RegulatoryFact, ("name", "id"), lines) == []


def test_each_value_is_as_its_column_has_it(db: None) -> None:
    author = make.author()
    version = make.draft(by=author)
    answer = FindingAnswer.objects.create(
        version=version,
        finding="x",
        code="X",
        reason="As it is.",
        answered_by=author,
        answered_at=AT,
    )

    told = listed(FindingAnswer.objects.filter(version=version.pk), *ANSWER)
    found = Version.objects.annotate(told=told).get(pk=version.pk)
    hang(found, "finding_answers", ANSWER, found.told, back="version")

    (row,) = found.finding_answers.all()
    assert [getattr(row, name) for name in ANSWER[2:]] == [answer.pk, AT]
    assert (row.reason, row.answered_by_id) == ("As it is.", author.pk)
    assert row.version is found


def test_a_column_that_was_not_listed_is_read_when_it_is_asked_for(db: None) -> None:
    found = fact()

    with CaptureQueriesContext(connection) as asked:
        assert (found.name, len(asked)) == ("Rule", 0)
        assert (found.statement, len(asked)) == ("It ended.", 1)


def test_a_listed_row_that_is_saved_is_the_one_there_was(db: None) -> None:
    found = fact()

    found.name = "Another rule"
    found.save()

    rows = RegulatoryFact.objects.filter(pk__gte=found.pk)
    assert list(rows.values_list("pk", "name", "statement")) == [
        (found.pk, "Another rule", "It ended.")
    ]
