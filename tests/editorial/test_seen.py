"""Which texts of an article the public has seen, and on which days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from articles.models import Article
from editorial import seen
from editorial.models import Publication
from tests import make
from tests.editorial import published

FIRST = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Row:
    published_at: dt.datetime
    ended_at: dt.datetime | None = None


def days_later(count: float) -> dt.datetime:
    return FIRST + dt.timedelta(days=count)


def on(day: int, *rows: Row) -> list[Row]:
    return seen.on(dt.date(2026, 3, day), rows)  # type: ignore[arg-type,return-value]


def test_a_text_was_public_from_its_first_day_to_its_last() -> None:
    row = Row(FIRST, days_later(2))

    assert [on(day, row) for day in (1, 2, 3)] == [[row]] * 3
    assert on(4, row) == []
    assert seen.on(dt.date(2026, 2, 28), [row]) == []  # type: ignore[list-item]


def test_a_day_ends_with_the_text_that_replaced_another() -> None:
    old, new = Row(FIRST, days_later(2)), Row(days_later(2))

    assert on(2, old, new) == [old]
    assert on(3, old, new) == [old, new]
    assert on(4, old, new) == [new]


def test_between_two_texts_there_may_be_none() -> None:
    assert on(5, Row(FIRST, days_later(1)), Row(days_later(9))) == []


@pytest.mark.django_db
def test_only_what_is_public_has_a_past() -> None:
    first = make.published()
    second = published.revised(first)
    slug = first.article.slug
    assert [row.version for row in seen.of(slug)] == [first, second]

    Article.objects.filter(slug=slug).update(standing="unpublished")

    assert seen.of(slug) == []
    assert Publication.objects.filter(article__slug=slug).count() == 2
