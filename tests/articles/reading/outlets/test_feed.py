"""The feed, as a reader of feeds understands it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from django.test import Client
from lxml import etree

from articles.reading.outlets import feed
from editorial.actions import publishing
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PATH = "/feeds/articles.atom"
HOST = "http://localhost:8000"


def read(client: Client, path: str = PATH) -> Any:
    """What a reader makes of it, that has nothing against it."""
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_an_article_is_an_entry(client: Client) -> None:
    version = make.published(topics=("Heart failure",))
    slug, at = version.article.slug, version.publication.published_at

    (entry,) = read(client).entries

    assert entry.id == f"tag:localhost,2026:articles/{slug}"
    assert (entry.title, entry.summary) == (version.question, version.headline)
    assert entry.link == f"{HOST}/articles/{slug}/"
    assert entry.published == entry.updated == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert [author.name for author in entry.authors] == [version.byline[0]["name"]]
    assert [(tag.term, tag.scheme, tag.label) for tag in entry.tags] == [
        ("status:approved", f"{HOST}{PATH}#status", "approved"),
        ("change:new", f"{HOST}{PATH}#change", "new"),
        ("heart-failure", f"{HOST}/topics/", "Heart failure"),
    ]


def test_a_new_version_is_the_same_entry_changed(client: Client) -> None:
    author = make.author()
    first = make.published(by=author)
    (before,) = read(client).entries
    other = make.published()
    second = make.resubmitted(first, by=author)
    make.report_all(make.send(second))
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=make.chief())

    entry, older = read(client).entries

    assert (entry.id, older.link) == (
        before.id,
        f"{HOST}/articles/{other.article.slug}/",
    )
    assert entry.published == before.published
    assert [tag.term for tag in entry.tags][1] == "change:new version"


def test_nothing_pending_is_in_it(client: Client) -> None:
    control = make.published()
    hidden = [make.submitted(), make.reviewed(), make.approved(), make.under_review()]
    publishing.show_preview(hidden[-1].article_id, by=make.editor(), reason="Asked for")

    text = client.get(PATH).content.decode()

    assert control.question in text
    assert [version.question in text for version in hidden] == [False] * 4


def test_an_empty_library_has_a_feed(client: Client) -> None:
    found = read(client)

    assert (found.entries, found.feed.updated) == ([], "1970-01-01T00:00:00Z")


def test_older_entries_are_on_pages_that_stay(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 2)
    versions = [make.published() for _ in range(3)]

    first = read(client)
    (further,) = [link.href for link in first.feed.links if link.rel == "next"]
    make.published()
    second = read(client, further.removeprefix(HOST))

    titles = [entry.title for entry in [*first.entries, *second.entries]]
    assert titles == [version.question for version in reversed(versions)]
    relations = {link.rel: link.href for link in second.feed.links}
    assert relations == {
        "self": further,
        "alternate": f"{HOST}/articles/",
        "first": f"{HOST}{PATH}",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_whatever_there_is(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make.published()

    with django_assert_num_queries(3):
        assert client.get(PATH).status_code == 200


def test_who_has_it_is_not_sent_it_again(client: Client) -> None:
    make.published()
    first = client.get(PATH)
    seen = {"If-None-Match": first["ETag"]}

    assert client.get(PATH, headers=seen).status_code == 304
    make.published()
    assert client.get(PATH, headers=seen).status_code == 200


@pytest.mark.parametrize("before", ["x", "-1", "1" * 30, "²"])
def test_a_page_that_cannot_be_is_not_found(before: str, client: Client) -> None:
    assert client.get(PATH, {"before": before}).status_code == 404


def test_hostile_words_stay_words(client: Client) -> None:
    make.published(question='Is <b>a</b> & ]]> "b"?')

    (entry,) = read(client).entries

    tree: Any = etree.fromstring(client.get(PATH).content)
    titles = tree.xpath("//*[local-name()='title']/text()")
    assert titles[1] == 'Is <b>a</b> & ]]> "b"?'
    assert entry.title_detail.type == "text/plain"
