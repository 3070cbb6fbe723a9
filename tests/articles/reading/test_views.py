"""Stored pages as they are, and the lists that lead to them."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import permission_denied
from lxml import html

from articles.canonical import sha256_hex
from articles.models import Article, Page, Version
from articles.reading import views
from editorial.actions import authoring, publishing
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"
WHEN = timezone.now().replace(microsecond=0)


def article(slug: str) -> Article:
    """An article with one version, to hang stored pages on."""
    made = Article.objects.create(slug=slug)
    Version.objects.create(article=made, number=1, question="What of it?")
    return made


def stored(of: Article, tail: str = "", **fields: Any) -> Page:
    body = fields.pop("body", f"<!doctype html>{of.slug}{tail}".encode())
    return Page.objects.create(
        path=f"/articles/{of.slug}/{tail}",
        article=of,
        version=of.versions.get(),
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


def path_of(version: Version) -> str:
    return f"/articles/{version.article.slug}/"


def test_lists_show_published_articles_newest_first(client: Client) -> None:
    paths = [path_of(make.published()) for _ in range(3)]
    make.approve(make.reviewed(), publish_at=timezone.now() + dt.timedelta(days=1))
    make.submitted()

    for path in ("/", "/articles/"):
        assert listed(client.get(path).content) == paths[::-1]


def test_a_preview_is_listed_nowhere(client: Client) -> None:
    pending = make.under_review(topics=("Heart",))
    publishing.show_preview(pending.article_id, by=make.editor(), reason="Asked for")

    assert client.get(path_of(pending)).status_code == 200
    for path in ("/", "/articles/"):
        assert listed(client.get(path).content) == []
    assert client.get("/topics/heart/").status_code == 404


def revised(*, publish_at: dt.datetime | None) -> Version:
    """A second version, approved, of an article that is public with its first."""
    author = make.author()
    first = make.published(by=author, question="Should you offer the first?")
    draft = authoring.revise(first.pk, by=author)
    text = make.text(question="Should you offer the second?")
    authoring.edit(draft.pk, by=author, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=author))
    make.report_all(second)
    return make.approve(make.again(second), publish_at=publish_at)


def test_a_list_shows_no_version_before_it_is_due(client: Client) -> None:
    revised(publish_at=timezone.now() + dt.timedelta(days=1))

    for path in ("/", "/articles/"):
        content = client.get(path).content
        assert b"Should you offer the first?" in content
        assert b"Should you offer the second?" not in content


def test_a_list_shows_the_newest_public_version_and_no_other(client: Client) -> None:
    second = revised(publish_at=None)
    publishing.publish(second.article_id, by=make.chief())

    for path in ("/", "/articles/"):
        content = client.get(path).content
        assert listed(content) == [path_of(second)]
        assert b"Should you offer the first?" not in content
        assert b"Should you offer the second?" in content


def test_a_topic_lists_its_own_articles(client: Client) -> None:
    inside = make.published(topics=("Heart",))
    make.published(topics=("Kidney",))

    assert listed(client.get("/topics/heart/").content) == [path_of(inside)]


def test_a_topic_without_a_public_article_is_not_found(client: Client) -> None:
    make.submitted(topics=("Heart",))

    assert client.get("/topics/heart/").status_code == 404
    assert b"/topics/heart/" not in client.get("/").content


def test_long_lists_come_in_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    paths = [path_of(make.published()) for _ in range(3)]

    first, second = client.get("/articles/"), client.get("/articles/?page=2")

    assert listed(first.content) == [paths[2], paths[1]]
    assert listed(second.content) == [paths[0]]
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
    for _ in range(count):
        make.published(topics=("Heart",))

    with django_assert_num_queries(queries):
        response = client.get(path)

    assert len(listed(response.content)) == count


def test_an_empty_house_says_what_would_fill_it(client: Client) -> None:
    for path in ("/", "/articles/"):
        assert b"Nothing is published yet." in client.get(path).content


def test_a_refusal_says_why_and_where_to_go() -> None:
    request = RequestFactory().get("/desk/")

    refused = permission_denied(request, PermissionDenied("Ask an <editor>."))

    assert refused.status_code == 403
    assert b"Ask an &lt;editor&gt;." in refused.content
    assert b'href="/desk/"' in refused.content


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_every_failure_has_a_page_that_needs_nothing(code: str) -> None:
    page = render_to_string(f"{code}.html")

    assert page.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in page
