"""What changed between two public versions, as anybody may ask."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from articles import changes
from articles.models import Article, Version
from articles.reading.shelf import Shelf
from editorial.models import Event
from editorial.views import between
from tests import make, tampering, traces
from tests.editorial import published
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "KEPT", Shelf(64))


def address(version: Version, tail: str) -> str:
    return f"/articles/{version.article.slug}/versions/{tail}/"


def test_the_words_that_differ_are_marked(client: Client) -> None:
    first = make.published()
    published.revised(first)

    page = client.get(address(first, "1..2"))

    assert page.status_code == 200
    assert [e.text_content().strip() for e in found(page, "//main//del")] == ["Offer"]
    assert [e.text_content().split() for e in found(page, "//main//ins")] == [
        ["Do"],
        ["not", "negation"],
        ["offer"],
    ]
    assert "1 negation changed." in text(page)
    assert "In the words of its authors: The advice is the opposite now." in text(page)


def test_versions_far_apart_are_compared_too(client: Client) -> None:
    first = make.published()
    second = published.revised(first)
    published.revised(second, renditions={"clinician": make.BODY})

    assert "No clinical quantity changed." in text(client.get(address(first, "1..3")))
    assert "1 negation changed." in text(client.get(address(first, "2..3")))


def test_the_other_way_round_leads_to_the_right_one(client: Client) -> None:
    first = make.published()
    published.revised(first)

    assert client.get(address(first, "2..1")).headers["Location"] == address(
        first, "1..2"
    )
    assert client.get(address(first, "2..2")).headers["Location"] == address(first, "2")


def test_a_version_that_was_never_public_is_not_compared(client: Client) -> None:
    first = make.published()
    author = first.article.authorships.get().user
    pending = make.send(make.resubmitted(first, by=author))

    assert pending.number == 2
    assert client.get(address(first, "1..2")).status_code == 404
    assert client.get(address(first, "0..1")).status_code == 404


def test_what_is_not_public_has_no_past(client: Client) -> None:
    first = make.published()
    published.revised(first)
    path = address(first, "1..2")
    assert client.get(path).status_code == 200

    Article.objects.filter(pk=first.article_id).update(standing="unpublished")

    assert client.get(path).status_code == 404


def test_who_has_the_comparison_gets_no_bytes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make.published()
    published.revised(first)
    path = address(first, "1..2")
    seen = client.get(path)

    with django_assert_num_queries(2):  # what was public, and if it is a demonstration
        again = client.get(path, headers={"If-None-Match": seen["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert seen["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert found(seen, "//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_history(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = first = make.published()
    for number in range(count):
        version = published.revised(version, headline=f"Headline {number}")

    with django_assert_num_queries(6):
        assert client.get(address(first, "1..2")).status_code == 200


def test_too_much_to_compare_stands_side_by_side(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make.published()
    published.revised(first)
    monkeypatch.setattr(changes, "MOST_PAIRS", 10)

    page = client.get(address(first, "1..2"))

    assert "Both texts stand side by side, unmarked." in text(page)
    assert published.BEFORE in text(page)
    assert published.AFTER in text(page)


def test_a_text_that_was_not_signed_is_not_compared(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    first = make.published()
    published.revised(first)
    with tampering.unguarded():
        Version.objects.filter(pk=first.pk).update(headline="Forged")

    with caplog.at_level(logging.ERROR):
        page = client.get(address(first, "1..2"))

    assert page.status_code == 503
    assert "Forged" not in text(page)
    told = Event.objects.get(kind=Event.Kind.PAGE_WITHHELD)
    assert told.version == first
    assert traces.said(told)["facts"] == {"damaged_text": 1}  # and no page of it
