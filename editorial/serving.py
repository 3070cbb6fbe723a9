"""
Stored pages and quoted passages as the public is sent them, or not: each proven before.

A page is sent when its bytes are those that were stored, the record says that they
were built, and the text they show is one the public may see: of a preview, or of a
version whose approval names the hash it still has. A passage is shown when it stands in
the text that was approved, which is hashed anew, and says of it what the record says.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Exists, OuterRef
from psycopg.pq import ExecStatus

from articles import freezing
from articles.models import Page
from articles.reading import edition, queries, quotable, sending
from articles.reading.queries import is_as_approved
from articles.reading.quotable import Quote
from articles.reading.text import text_of
from articles.states import PUBLIC, Standing
from editorial import shopfront
from editorial.models import Publication

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import Passage, SearchEntry, Version

SEAL = "SELECT sha256, built_at FROM articles_page WHERE path = "
"""By the one index on it, and without touching the bytes."""


class DamagedError(Exception):
    """What is stored at an address is not what may be shown there."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.path)
        self.page = page


def seal(path: str) -> Any:
    """
    What is other whenever the page is; None where there is no page.

    The driver itself is asked: through a cursor of Django's, which every reader would
    wait for, it takes several times as long.
    """
    mine = connections[DEFAULT_DB_ALIAS]
    if mine.connection is None:
        mine.ensure_connection()
    with mine.wrap_database_errors:
        return ASK[mine.vendor](mine.connection, path)


def _of_sqlite(driver: Any, path: str) -> Any:
    return driver.execute(f"{SEAL}?", (path,)).fetchone()


def _of_postgresql(driver: Any, path: str) -> Any:
    """One message and its answer, without a cursor and without conversion."""
    found = driver.pgconn.exec_params(f"{SEAL}$1".encode(), [path.encode()])
    if found.status != ExecStatus.TUPLES_OK:
        raise DatabaseError(found.error_message.decode(errors="replace"))
    return (found.get_value(0, 0), found.get_value(0, 1)) if found.ntuples else None


ASK = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}


def proven(path: str) -> Page | None:
    """The page at an address, None where there is none; DamagedError if it may not be sent."""
    page = _pages().filter(path=path).first()
    if page is None:
        return None
    if not (_may_be_seen(page) and sending.is_whole(page)):
        raise DamagedError(page)
    if not shopfront.is_on_record(page):
        raise DamagedError(page)
    return page


def proven_all(paths: Iterable[str]) -> dict[str, Page]:
    """
    The pages at many addresses, by their addresses, in two queries.

    What is not stored is not among them; DamagedError if one may not be sent.
    """
    pages = list(_pages().filter(path__in=list(paths)))
    told = shopfront.last_built_of(page.article_id for page in pages)
    for page in pages:
        is_theirs = shopfront.is_named(page, told.get(page.article_id))
        if not (_may_be_seen(page) and sending.is_whole(page) and is_theirs):
            raise DamagedError(page)
    return {page.path: page for page in pages}


class Quoted(NamedTuple):
    """Passages as they may be shown, and what is not what was signed or written."""

    sound: list[Passage]
    damaged_texts: list[Version]
    damaged_entries: list[SearchEntry]


def proven_quotes(passages: Iterable[Passage]) -> Quoted:
    """
    Of these passages those that stand so in a text that is public and as it was signed.

    One that a new edition is about to cut otherwise is left out, and is no damage.
    """
    found, rows = Quoted([], [], []), list(passages)
    public = queries.published().filter(pk__in=[row.entry.version_id for row in rows])
    read = public.select_related("article", "publication__approval")
    versions = {row.pk: row for row in read.prefetch_related("article__topics")}
    freezing.read(*versions.values())
    for row in rows:
        version = versions.get(row.entry.version_id)
        if version is None:
            continue
        if freezing.sha256_of(version) != version.sha256:
            found.damaged_texts.append(version)
        elif _is_of(row, version):
            found.sound.extend(_standing(row, version))
        elif _is_of_today(version):
            found.damaged_entries.append(row.entry)
    return found


def _standing(row: Passage, version: Version) -> list[Passage]:
    """The passage, told which of its works were retracted; not if all of them were."""
    gone = {c.key for c in version.citations.all() if c.work.retracted_on}
    row.retracted = frozenset(key for _, key, *_ in row.sources if key in gone)
    return [] if row.sources and len(row.retracted) == len(row.sources) else [row]


def _is_of(row: Passage, version: Version) -> bool:
    entry, signed_at = row.entry, version.publication.approval.signed_at
    told = (entry.question, entry.reviewed_on, entry.article_id)
    known = (version.question, signed_at.astimezone(dt.UTC).date(), version.article_id)
    quote = Quote(row.heading, row.anchor, row.html, row.sources)
    return (
        told == known
        and entry.path.startswith(version.article.get_absolute_url())
        and quote in quotable.quotes(text_of(version), entry.audience)
    )


def _is_of_today(version: Version) -> bool:
    """Whether its pages, and what is written with them, are of this edition."""
    pages = Page.objects.filter(article=version.article_id)
    return not pages.exclude(edition=edition.current()).exists()


def _pages() -> QuerySet[Page]:
    approved = Publication.objects.filter(is_as_approved(), version=OuterRef("version"))
    return Page.objects.select_related("article", "version").annotate(
        is_approved=Exists(approved)
    )


def _may_be_seen(page: Page) -> bool:
    standing = page.article.standing
    approved = bool(page.__dict__["is_approved"])
    return standing in PUBLIC and (approved or standing == Standing.PREVIEW)
