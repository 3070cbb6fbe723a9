"""What a page prints is what the hash names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db.models import prefetch_related_objects

from articles import freezing
from articles.canonical import sha256_hex
from articles.models import Version, Work
from articles.reading.text import Text, TopicName, text_of
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PATIENT = {"clinician": make.BODY, "patient": make.PATIENT_BODY}


def read(version: Version) -> Text:
    return text_of(Version.objects.get(pk=version.pk))


def test_a_text_is_what_its_rows_say() -> None:
    version = make.submitted(renditions=PATIENT)

    text = read(version)

    assert (text.slug, text.number, text.sha256) == (
        version.article.slug,
        1,
        version.sha256,
    )
    assert (text.question, text.headline) == (version.question, version.headline)
    assert (text.audience, text.bodies) == ("clinician", PATIENT)
    assert [(r.key, r.kind) for r in text.references] == [
        (c.key, c.kind) for c in version.citations.order_by("position")
    ]
    assert text.byline == tuple(version.byline)
    assert text.topics == (TopicName("Cardiology", "cardiology"),)
    assert text.submitted_at == version.submitted_at


def test_the_printed_text_has_the_bytes_that_were_frozen() -> None:
    version = make.submitted(renditions=PATIENT)

    text = read(version)

    assert text.canonical_bytes == freezing.canonical_bytes(version, version.byline)
    assert sha256_hex(text.canonical_bytes) == version.sha256


def test_a_draft_is_read_with_its_works_as_they_are() -> None:
    text = read(make.draft())

    assert [r.csl for r in text.references] == [
        c.work.csl for c in Version.objects.get().citations.order_by("position")
    ]


def test_a_retraction_is_read_from_the_work() -> None:
    version = make.submitted()
    day = dt.date(2025, 3, 4)
    Work.objects.filter(citations__key="trial").update(retracted_on=day)

    assert {r.key: r.retracted_on for r in read(version).references} == {
        "trial": day,
        "review": None,
    }


def test_reading_prefetched_rows_asks_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = Version.objects.select_related("article").get(pk=make.submitted().pk)
    prefetch_related_objects(
        [version], "renditions", "citations__work", "article__topics"
    )

    with django_assert_num_queries(0):
        text_of(version)
