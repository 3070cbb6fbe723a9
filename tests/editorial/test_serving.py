"""No page is sent that is not proven: its bytes, its record, its approval."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from articles.canonical import sha256_hex
from articles.models import Article, Page, Version
from articles.reading import edition, sending
from articles.states import Standing
from editorial import serving
from editorial.actions import publishing
from editorial.models import Publication
from reviews.models import Signature
from tests import make, tampering

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = pytest.mark.django_db


def address(version: Version) -> str:
    return version.article.get_absolute_url()


def revised(first: Version) -> Version:
    """A second version, public like the first."""
    author = first.article.authorships.get().user
    second = make.send(make.resubmitted(first, by=make.fresh(author)))
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=make.chief())
    return make.again(second)


def test_a_page_as_it_was_built_is_proven() -> None:
    version = make.published()

    for page in Page.objects.filter(article=version.article_id):
        assert serving.proven(page.path) == page


def test_the_texts_of_earlier_versions_are_proven() -> None:
    first = make.published()
    revised(first)

    kept = Page.objects.filter(version=first).values_list("path", flat=True)

    assert [serving.proven(path).path for path in kept] == list(kept)  # type: ignore[union-attr]
    assert len(kept) == 2


def test_a_preview_is_proven_and_needs_no_approval() -> None:
    version = make.under_review()
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")

    assert serving.proven(address(version)) is not None


def test_nothing_is_proven_where_nothing_is_stored() -> None:
    assert serving.proven("/articles/nothing/") is None
    assert serving.seal("/articles/nothing/") is None


def forged(page: Page) -> None:
    """Other bytes with the right hash: only the record knows better."""
    body = bytes(page.body).replace(b"</main>", b"<p>Take twice as much.</p></main>")
    assert body != bytes(page.body)
    for column, value in {
        "body": body,
        "gzipped": sending.compressed(body),
        "sha256": sha256_hex(body),
    }.items():
        tampering.by_update(page, column, value)


def moved(page: Page) -> None:
    """The page of another article, at this one's address."""
    other = Page.objects.get(path=address(make.published()))
    page.delete()
    tampering.by_update(other, "path", page.path)


DAMAGES: dict[str, Callable[[Page], None]] = {
    "other bytes": lambda page: tampering.by_update(page, "body", b"<p>forged"),
    "other packed bytes": lambda page: tampering.by_update(
        page, "gzipped", sending.compressed(b"<p>forged")
    ),
    "another hash": lambda page: tampering.by_update(page, "sha256", "0" * 64),
    "another type": lambda page: tampering.by_update(
        page, "content_type", "text/javascript"
    ),
    "let into search engines, or out": lambda page: tampering.by_update(
        page, "indexable", not page.indexable
    ),
    "bytes and hash together": forged,
    "the page of another article": moved,
}
APPROVALS: dict[str, Callable[[Version], object]] = {
    "the text has another hash": lambda version: Version.objects.filter(
        pk=version.pk
    ).update(sha256="0" * 64),
    "the publication names another hash": lambda version: Publication.objects.filter(
        version=version
    ).update(sha256="0" * 64),
    "the approval names another hash": lambda version: Signature.objects.filter(
        version=version, meaning="approval"
    ).update(sha256="0" * 64),
    "the article is not public": lambda version: Article.objects.filter(
        pk=version.article_id
    ).update(standing=Standing.UNPUBLISHED),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_page_that_was_changed_is_damaged(name: str) -> None:
    page = Page.objects.get(path=address(make.published()))

    DAMAGES[name](page)

    with pytest.raises(serving.DamagedError) as caught:
        serving.proven(page.path)
    assert caught.value.page.path == page.path


@pytest.mark.parametrize("name", APPROVALS)
def test_a_page_whose_text_is_not_the_approved_one_is_damaged(name: str) -> None:
    version = make.published()
    with tampering.unguarded():
        APPROVALS[name](version)

    with pytest.raises(serving.DamagedError):
        serving.proven(address(version))


def test_pages_recorded_by_their_bytes_alone_are_proven(monkeypatch: Any) -> None:
    monkeypatch.setattr(serving.shopfront, "page_digest", lambda page: page.sha256)
    version = make.published()
    monkeypatch.undo()

    assert serving.proven(address(version)) is not None


def test_the_seal_is_other_whenever_the_page_is_built_again() -> None:
    version = make.published()
    seals = [serving.seal(address(version))]

    publishing.rebuild_stale()
    seals.append(serving.seal(address(version)))
    Page.objects.update(edition="0" * 64)
    publishing.rebuild_stale()
    seals.append(serving.seal(address(version)))

    assert edition.current() == Page.objects.get(path=address(version)).edition
    assert seals[0] == seals[1] != seals[2]


def test_the_seal_is_one_look_up_by_an_index() -> None:
    """Which never walks through the rows, however many there are."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {serving.SEAL}'/articles/nothing/'")
        plan = " ".join(str(row) for row in cursor.fetchall())

    assert re.search(r"SEARCH articles_page USING INDEX|Index Scan using", plan)
    assert "body" not in serving.SEAL


def test_the_bytes_are_the_last_columns_of_the_table() -> None:
    """But for one that only its own index is asked for."""
    table = Page._meta.db_table

    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)

    names = [column.name for column in columns if column.name != "pdf_due_at"]
    assert names[-2:] == ["body", "gzipped"]
