"""The stored pages, asked of Django itself: what it sends, refuses and leads to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Page
from editorial.actions import publishing, withholding
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

pytestmark = pytest.mark.django_db
ADDRESSES = [
    ("article", []),
    ("rendition", ["clinician"]),
    ("article-versions", []),
    ("article-version", [1]),
    ("article-canonical", [1]),
    ("article-record", []),
]


def address(version: Version, tail: str = "") -> str:
    return f"/articles/{version.article.slug}/{tail}"


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES)
def test_a_stored_page_is_sent_as_it_is(
    name: str,
    arguments: list[object],
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = make.published()
    path = reverse(name, args=[version.article.slug, *arguments])
    page = Page.objects.get(path=path)

    with django_assert_num_queries(2):  # the page, and what the record says of it
        response = client.get(path)

    assert (response.status_code, response.content) == (200, bytes(page.body))
    assert response["Content-Type"] == page.content_type
    assert response["ETag"] == f'"{page.sha256}"'
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Surrogate-Key"] == f"article-{version.article.slug}"
    assert not response.cookies


def test_the_canonical_bytes_are_sent_as_json(client: Client) -> None:
    version = make.published()

    response = client.get(address(version, "versions/1/canonical.json"))

    assert response["Content-Type"] == "application/json"


def test_who_has_the_page_gets_no_bytes(client: Client) -> None:
    path = address(make.published())
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    path = address(make.published())

    response = client.head(path)

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get(path)["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reading_changes_nothing(method: str, client: Client) -> None:
    path = address(make.published())

    assert getattr(client, method)(path).status_code == 405


def test_a_damaged_page_is_never_sent(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    path = address(make.published())
    Page.objects.filter(path=path).update(body=b"<!doctype html>forged")

    with caplog.at_level(logging.ERROR, logger=withholding.__name__):
        response = client.get(path)

    assert response.status_code == 503
    assert b"forged" not in response.content
    assert b"This page cannot be shown now" in response.content
    assert response["Cache-Control"] == "private, no-store"
    said = [r.getMessage() for r in caplog.records if r.name == withholding.__name__]
    assert said == [f"The stored page {path} is not the page that was built."]


@pytest.mark.parametrize(
    "tail",
    ["record/x/", "versions/9/", "versions/9/canonical.json", "for/king/"],
)
def test_what_an_article_does_not_have_is_not_found(tail: str, client: Client) -> None:
    response = client.get(address(make.published(), tail))

    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


@pytest.mark.parametrize(
    "tail",
    ["", "record/", "versions/", "versions/1/", "for/patient/"],
)
def test_an_article_that_is_not_there_is_not_found(tail: str, client: Client) -> None:
    assert client.get(f"/articles/nothing/{tail}").status_code == 404


def test_a_preview_that_has_ended_is_not_found(client: Client) -> None:
    pending, editor = make.under_review(), make.editor()
    publishing.show_preview(pending.article_id, by=editor, reason="Asked for")
    shown = client.get(address(pending)).status_code

    publishing.end_preview(pending.article_id, by=make.fresh(editor))

    assert (shown, client.get(address(pending)).status_code) == (200, 404)


@pytest.mark.parametrize(
    ("available", "asked", "led_to"),
    [
        (["clinician"], "nurse", "clinician"),
        (["clinician", "patient"], "caregiver", "patient"),
        (["clinician", "patient"], "student", "clinician"),
    ],
)
def test_a_missing_rendition_leads_to_the_nearest(
    available: list[str], asked: str, led_to: str, client: Client
) -> None:
    texts = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    version = make.published(renditions={name: texts[name] for name in available})

    response = client.get(address(version, f"for/{asked}/"))

    assert (response.status_code, response["Location"]) == (
        302,
        address(version, f"for/{led_to}/#instead-of-{asked}"),
    )
