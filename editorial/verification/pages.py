"""
The stored pages: the bytes that the record says were built; and their PDFs.

The record says nothing of a PDF, which is made afterwards and can be made again: the
house's signature names its bytes and the page that they were made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Page, Printout
from articles.reading import sending
from articles.states import PUBLIC
from editorial import printouts, shopfront
from editorial.verification.witness import BATCH, Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness

FEW = 20
"""PDFs held in memory at once: each is many times a page."""


def _built(page: Page) -> list[tuple[int, str]]:
    """What the record says of such a page."""
    return [(page.article_id, digest) for digest in shopfront.digests(page)]


def pages(witness: Witness) -> Iterator[Broken]:
    owed = {
        path: (article, digest)
        for article, pages in witness.pages.items()
        for path, digest in pages.items()
    }
    rows = Page.objects.select_related("article").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        where = f"page {row.path}"
        if not sending.is_whole(row):
            yield Broken(where, "its bytes do not have the hash they were stored under")
        elif owed.pop(row.path, None) not in _built(row):
            yield Broken(where, "it is not the page that the record says was built")
        elif row.article.standing not in PUBLIC:
            yield Broken(where, "it is stored for an article that is not public")
    for path in sorted(owed):
        yield Broken(f"page {path}", "the record says it was built and it is gone")


def on_paper(_witness: Witness) -> Iterator[Broken]:
    """Every PDF of a page, also one that is out of sight by now."""
    rows = Printout.objects.select_related("page").order_by("pk")
    for row in rows.iterator(chunk_size=FEW):
        if why := printouts.wrong(row):
            yield Broken(f"page {row.page.path}", why)
