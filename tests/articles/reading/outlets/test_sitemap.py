"""What search engines are told: every published article and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from lxml import etree

from articles.reading.outlets import sitemap
from editorial.actions import publishing
from tests import make
from tests.editorial.actions.test_defining import approved

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"
NAMES = {"s": sitemap.NAMESPACE}


def listed(client: Client, path: str = "/sitemap.xml", kind: str = "url") -> list[str]:
    tree: Any = etree.fromstring(client.get(path).content)
    return [
        str(found) for found in tree.xpath(f"s:{kind}/s:loc/text()", namespaces=NAMES)
    ]


def address(version: Version) -> str:
    return f"{HOST}/articles/{version.article.slug}/"


def shown() -> Version:
    """A pending text that the public sees as a preview."""
    version = make.under_review()
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")
    return version


def test_it_lists_what_is_published_and_nothing_else(client: Client) -> None:
    published = make.published()
    others = [make.draft(), make.submitted(), make.reviewed(), make.approved(), shown()]

    found = listed(client)

    assert found == [address(published)]
    assert len({address(version) for version in others} - {*found}) == 5


def test_it_says_when_the_public_text_last_changed(client: Client) -> None:
    version = make.published()
    at = version.publication.published_at

    tree: Any = etree.fromstring(client.get("/sitemap.xml").content)

    (told,) = tree.xpath("//s:lastmod/text()", namespaces=NAMES)
    assert told == f"{at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/sitemap.xml", 2), ("/sitemap-1.xml", 2), ("/robots.txt", 0)],
)
def test_it_asks_the_same_whatever_there_is(
    path: str,
    queries: int,
    count: int,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make.published()

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_who_has_it_is_not_sent_it_again(path: str, client: Client) -> None:
    make.published()
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_new_article_is_there_at_once(client: Client) -> None:
    known = client.get("/sitemap.xml")["ETag"]
    version = make.published()

    found = client.get("/sitemap.xml", headers={"If-None-Match": known})

    assert found.status_code == 200
    assert address(version).encode() in found.content


def test_the_glossary_is_there_once_a_term_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [make.published() for _ in range(2)]
    approved()

    assert listed(client) == [f"{HOST}/glossary/", *map(address, versions)]
    monkeypatch.setattr(sitemap, "MOST", 1)
    assert listed(client, "/sitemap-1.xml")[0] == f"{HOST}/glossary/"
    assert listed(client, "/sitemap-2.xml") == [address(versions[1])]


def test_too_many_for_one_file_are_listed_in_several(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [make.published() for _ in range(3)]
    monkeypatch.setattr(sitemap, "MOST", 2)

    parts = listed(client, kind="sitemap")

    assert parts == [f"{HOST}/sitemap-1.xml", f"{HOST}/sitemap-2.xml"]
    found = [listed(client, part.removeprefix(HOST)) for part in parts]
    assert found == [
        [address(version) for version in versions[:2]],
        [address(versions[2])],
    ]


@pytest.mark.parametrize("number", [0, 2, 10**9, 10**15, 10**30])
def test_a_part_that_is_not_there_is_not_found(number: int, client: Client) -> None:
    make.published()

    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_find_the_map_and_stay_out_of_the_desk(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())

    assert robots.site_maps() == [f"{HOST}/sitemap.xml"]
    assert [
        robots.can_fetch("anybody", path)
        for path in ("/", "/articles/x/", "/search/?q=x", "/desk/", "/accounts/login/")
    ] == [True, True, True, False, False]
