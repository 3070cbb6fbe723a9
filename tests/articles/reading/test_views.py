"""The lists that lead to the stored pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from django.views.defaults import permission_denied
from lxml import html

from articles.canonical import sha256_hex
from articles.models import Version
from articles.reading import views
from editorial.actions import authoring, publishing
from tests import make, tampering

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def listed(content: bytes) -> list[str]:
    tree: Any = html.document_fromstring(content.decode())
    return [str(found) for found in tree.xpath("//ul[@class='listing']//a/@href")]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/articles/", "/topics/t/"])
def test_reading_changes_nothing(method: str, path: str, client: Client) -> None:
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/topics/nothing/",
        "/articles/?page=2",
        "/articles/?page=x",
        "/articles/?page=-1",
    ],
)
def test_what_is_not_there_is_not_found(path: str, client: Client) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


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


@pytest.mark.parametrize("path", ["/", "/articles/", "/topics/heart/", "{}related/"])
def test_who_has_a_list_is_not_sent_it_again(path: str, client: Client) -> None:
    version, _ = (make.published(topics=("Heart",)) for _ in range(2))
    address = path.format(path_of(version))
    first = client.get(address)
    known = {"If-None-Match": first["ETag"]}

    again = client.get(address, headers=known)
    make.published(topics=("Heart",))
    changed = client.get(address, headers=known)

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert (changed.status_code, len(listed(changed.content))) == (
        200,
        3 - ("{}" in path),
    )


@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/topics/heart/", "/sitemap.xml", "/api/articles"]
)
def test_a_text_other_than_the_approved_one_is_listed_nowhere(
    path: str, client: Client
) -> None:
    kept, forged = (make.published(topics=("Heart",)) for _ in range(2))
    names = [version.article.slug.encode() for version in (kept, forged)]
    assert [name in client.get(path).content for name in names] == [True, True]

    with tampering.unguarded():
        Version.objects.filter(pk=forged.pk).update(sha256=sha256_hex(b"Forged"))

    assert [name in client.get(path).content for name in names] == [True, False]


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


def related(client: Client, version: Version) -> list[str]:
    response = client.get(f"{path_of(version)}related/")
    assert response.status_code == 200
    return listed(response.content)


def test_related_are_the_newest_on_any_of_the_topics(client: Client) -> None:
    version = make.published(topics=("Heart", "Kidney"))
    heart = make.published(topics=("Heart",))
    make.published(topics=("Skin",))
    both = make.published(topics=("Kidney", "Heart"))

    assert related(client, version) == [path_of(both), path_of(heart)]
    assert related(client, heart) == [path_of(both), path_of(version)]


def test_an_article_without_a_like_says_so(client: Client) -> None:
    version = make.published(topics=("Heart",))

    response = client.get(f"{path_of(version)}related/")

    assert b"Nothing else is published on these topics yet." in response.content


def test_what_is_not_published_has_none_related(client: Client) -> None:
    version = make.submitted(topics=("Heart",))

    assert client.get(f"{path_of(version)}related/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_related_articles_cost_the_same_whatever_their_number(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = make.published(topics=("Heart",))
    for _ in range(count):
        make.published(topics=("Heart",))

    with django_assert_num_queries(3):  # the article, the others, a demonstration?
        assert len(related(client, version)) == count
