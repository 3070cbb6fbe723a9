"""Stored pages as they are, and the lists that lead to them."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles.canonical import sha256_hex
from articles.models import Article, Page, Topic, Version
from articles.reading import views
from articles.states import Standing, VersionState
from editorial import database

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unguarded")]
HTML = "text/html; charset=utf-8"
WHEN = timezone.now().replace(microsecond=0)


@pytest.fixture
def unguarded(db: None) -> None:
    """Let this test, in its own transaction, make rows that no deed brought about."""
    database.drop(connection)


def article(slug: str, standing: str = Standing.PUBLISHED, **fields: Any) -> Article:
    """An article in a standing that nobody brought about, with one version."""
    made = Article(slug=slug)
    made.__dict__["standing"] = standing
    made.save()
    version(made, **fields)
    return made


def version(of: Article, number: int = 1, **fields: Any) -> Version:
    state = fields.pop("state", VersionState.APPROVED)
    made = Version(
        article=of,
        number=number,
        question=fields.pop("question", f"What of {of.slug}?"),
        sha256="a" * 64,
        **{"decided_at": WHEN} | fields,
    )
    made.__dict__["state"] = state
    made.save()
    return made


def stored(of: Article, tail: str = "", **fields: Any) -> Page:
    body = fields.pop("body", f"<!doctype html>{of.slug}{tail}".encode())
    return Page.objects.create(
        path=f"/articles/{of.slug}/{tail}",
        article=of,
        version=fields.pop("version", None) or of.versions.get(),
        **{
            "content_type": HTML,
            "body": body,
            "sha256": sha256_hex(body),
            "built_at": WHEN,
        }
        | fields,
    )


def listed(content: bytes) -> list[str]:
    tree: Any = html.document_fromstring(content.decode())
    return [str(found) for found in tree.xpath("//ul[@class='listing']//a/@href")]


@pytest.mark.parametrize(
    ("name", "arguments", "tail"),
    [
        ("article", [], ""),
        ("rendition", ["patient"], "for/patient/"),
        ("article-versions", [], "versions/"),
        ("article-version", [3], "versions/3/"),
        ("article-record", [], "record/"),
    ],
)
def test_a_stored_page_is_sent_as_it_is_with_one_query(
    name: str,
    arguments: list[Any],
    tail: str,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = stored(article("a"), tail)

    with django_assert_num_queries(1):
        response = client.get(reverse(name, args=["a", *arguments]))

    assert (response.status_code, response.content) == (200, bytes(page.body))
    assert response["Content-Type"] == HTML
    assert response["ETag"] == f'"{page.sha256}"'
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "X-Robots-Tag" not in response
    assert "Vary" not in response
    assert not response.cookies


def test_the_canonical_bytes_are_sent_as_json(client: Client) -> None:
    found = article("a")
    tail = "versions/1/canonical.json"
    page = stored(found, tail, content_type="application/json", body=b"{}")

    response = client.get(reverse("article-canonical", args=["a", 1]))

    assert (response["Content-Type"], response.content) == ("application/json", b"{}")
    assert page.path == "/articles/a/versions/1/canonical.json"


def test_a_page_that_may_not_be_indexed_says_so(client: Client) -> None:
    stored(article("a"), indexable=False)

    assert client.get("/articles/a/")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_an_unchanged_page_is_not_sent_again(header: str, client: Client) -> None:
    stored(article("a"))
    first = client.get("/articles/a/")
    seen = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}[header]

    again = client.get("/articles/a/", headers={header: first[seen]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_changed_page_is_sent_again(client: Client) -> None:
    stored(article("a"))

    response = client.get("/articles/a/", headers={"If-None-Match": '"other"'})

    assert response.status_code == 200


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    page = stored(article("a"))

    response = client.head("/articles/a/")

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == f'"{page.sha256}"'


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/articles/", "/articles/a/", "/topics/t/"])
def test_reading_changes_nothing(method: str, path: str, client: Client) -> None:
    assert getattr(client, method)(path).status_code == 405


def test_a_tampered_page_is_never_sent(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = stored(article("a"))
    Page.objects.filter(pk=page.pk).update(body=b"<!doctype html>forged")

    with caplog.at_level(logging.ERROR, logger=views.__name__):
        response = client.get("/articles/a/")

    assert response.status_code == 503
    assert b"forged" not in response.content
    assert b"This page cannot be shown now" in response.content
    assert [
        record.getMessage()
        for record in caplog.records
        if record.name == views.__name__
    ] == ["The stored page /articles/a/ is not the page that was built."]


@pytest.mark.parametrize(
    "path",
    [
        "/articles/nothing/",
        "/articles/nothing/record/",
        "/articles/nothing/versions/",
        "/articles/nothing/versions/1/",
        "/articles/nothing/versions/1/canonical.json",
        "/articles/nothing/for/patient/",
        "/articles/a/for/king/",
        "/topics/nothing/",
        "/articles/?page=2",
        "/articles/?page=x",
        "/articles/?page=-1",
    ],
)
def test_what_is_not_there_is_not_found(path: str, client: Client) -> None:
    stored(article("a"), "for/patient/")

    response = client.get(path)

    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


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
    found = article("a")
    for audience in available:
        stored(found, f"for/{audience}/")

    response = client.get(f"/articles/a/for/{asked}/")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/articles/a/for/{led_to}/#instead-of-{asked}",
    )


def test_lists_show_published_articles_newest_first(client: Client) -> None:
    for days, slug in enumerate(["newest", "older", "oldest"]):
        stored(article(slug, decided_at=WHEN - dt.timedelta(days=days)))
    stored(article("preview", Standing.PREVIEW), indexable=False)
    article("unpublished", Standing.UNPUBLISHED)

    for path in ("/", "/articles/"):
        assert listed(client.get(path).content) == [
            "/articles/newest/",
            "/articles/older/",
            "/articles/oldest/",
        ]


def test_a_list_names_the_version_that_the_public_sees(client: Client) -> None:
    found = article("a", question="The first question?", state=VersionState.SUPERSEDED)
    page = stored(found)
    version(found, 2, question="A question not yet public?")

    content = client.get("/articles/").content

    assert page.version.number == 1
    assert b"The first question?" in content
    assert b"A question not yet public?" not in content


def test_a_list_shows_an_article_once(client: Client) -> None:
    found = article("a")
    for tail in ("", "for/clinician/", "versions/", "record/"):
        stored(found, tail)

    assert listed(client.get("/articles/").content) == ["/articles/a/"]


def test_a_topic_lists_its_own_articles(client: Client) -> None:
    topic = Topic.objects.create(name="Heart", slug="heart")
    inside, outside = article("inside"), article("outside")
    inside.topics.add(topic)
    stored(inside)
    stored(outside)

    assert listed(client.get("/topics/heart/").content) == ["/articles/inside/"]


def test_a_topic_without_a_public_article_is_not_found(client: Client) -> None:
    topic = Topic.objects.create(name="Heart", slug="heart")
    article("a", Standing.UNPUBLISHED).topics.add(topic)

    assert client.get("/topics/heart/").status_code == 404
    assert b"/topics/heart/" not in client.get("/").content


def test_long_lists_come_in_pages(client: Client) -> None:
    for number in range(views.PER_PAGE + 1):
        stored(article(f"a{number}", decided_at=WHEN - dt.timedelta(hours=number)))

    first, second = client.get("/articles/"), client.get("/articles/?page=2")

    assert listed(first.content) == [f"/articles/a{n}/" for n in range(views.PER_PAGE)]
    assert listed(second.content) == [f"/articles/a{views.PER_PAGE}/"]
    assert b'href="?page=2"' in first.content
    assert b'href="?page=1"' in second.content


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/", 3), ("/articles/", 3), ("/topics/heart/", 4)]
)
def test_a_list_does_not_ask_more_as_it_grows(
    path: str,
    queries: int,
    count: int,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    topic = Topic.objects.create(name="Heart", slug="heart")
    for number in range(count):
        found = article(f"a{number}")
        found.topics.add(topic)
        stored(found)

    with django_assert_num_queries(queries):
        response = client.get(path)

    assert len(listed(response.content)) == count


def test_an_empty_house_says_what_would_fill_it(client: Client) -> None:
    for path in ("/", "/articles/"):
        assert b"Nothing is published yet." in client.get(path).content
