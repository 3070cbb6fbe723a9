"""Each address has one file, and no address leads out of the folder."""

from __future__ import annotations

import pytest

from editorial.exporting.addresses import file_of, linked


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/?page=3", "page-3.html"),
        ("/articles/", "articles/index.html"),
        ("/articles/?page=2", "articles/page-2.html"),
        ("/articles/a-b_c/versions/1/", "articles/a-b_c/versions/1/index.html"),
        (
            "/articles/a/versions/1/canonical.json",
            "articles/a/versions/1/canonical.json",
        ),
        ("/robots.txt", "robots.txt"),
    ],
)
def test_an_address_has_its_file(address: str, file: str) -> None:
    assert file_of(address) == file


@pytest.mark.parametrize(
    "address",
    [
        *("", "articles/", "//host/", "/../etc/passwd", "/a/../b", "/.nginx.conf"),
        *("/a//b", "/a?page=2", "/?page=0", "/?q=zinc", "/?page=2&q=1", "/ä/", "/a\n"),
    ],
)
def test_no_file_stands_for_what_is_no_address_of_a_page(address: str) -> None:
    with pytest.raises(ValueError, match="No file can stand for"):
        file_of(address)


def test_a_page_leads_to_the_pages_of_its_site() -> None:
    body = b"""
        <a href="/articles/a/#part">A</a> <a href="?page=2" rel="next">Older</a>
        <link href="/static/a.css"> <img src="/static/a.svg"> <a href="#top">Top</a>
        <a href="https://example.org/">Elsewhere</a> <a href="mailto:a@b">Mail</a>
        <a href="/?q=zinc">Search</a> <a data-href="/nothing/">No link</a>
    """

    assert linked("/topics/zinc/?page=1", body) == {
        *("/articles/a/", "/topics/zinc/?page=2", "/static/a.css", "/static/a.svg"),
    }
