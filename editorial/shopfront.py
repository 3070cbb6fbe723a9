"""The public pages of an article: built, stored and taken down with the deed itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils import timezone

from articles import freezing
from articles.canonical import canonical_json, sha256_hex
from articles.models import Page, Topic, Version
from articles.prepared import Prepared, keep
from articles.reading import edition, indexed, page, sending
from articles.reading.text import text_of
from articles.search import index
from articles.states import Standing
from articles.vocabulary import Tier
from editorial import ledger, trust
from editorial.errors import Refused
from editorial.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import Article
    from articles.reading.facts import Trust
    from editorial.ledger import Noted
    from editorial.models import User


def show(
    version: Version,
    *,
    noted: Noted,
    replacing: bool = True,
    around: trust.House | None = None,
) -> dict[str, str]:
    """
    Build and store every public page of the version's article, and let it be found.

    `replacing` says that the article may have pages already, some of them to go.
    Returns path → `page_digest`, which the event says as well, the record of what was
    served; and with which glossary, where there is one.
    """
    facts = trust.of(version, around)
    versions = [version, *_earlier(version, facts)]
    freezing.read(*versions)
    topics = TOPICS(version.article_id)
    for row in versions:
        keep(row.article, "topics", topics)
    current, *others = [text_of(row) for row in versions]
    built = page.build(current, facts, earlier=others)
    by_number, now = {row.number: row.pk for row in versions}, timezone.now()
    # The article's own page stands at two addresses.
    bodies = {found.body for found in built}
    packed = {body: (sending.compressed(body), sha256_hex(body)) for body in bodies}
    rows = [
        Page(
            path=found.path,
            article_id=version.article_id,
            version_id=by_number[found.version_number],
            content_type=found.content_type,
            body=found.body,
            gzipped=packed[found.body][0],
            sha256=packed[found.body][1],
            indexable=found.indexable,
            edition=edition.current(),
            pdf_due_at=now if found.is_printed else None,
        )
        for found in built
    ]
    if replacing:
        kept = [row.path for row in rows]
        Page.objects.filter(article=version.article).exclude(path__in=kept).delete()
    if version.article.standing == Standing.REMOVED:
        index.take_out(version.article_id)
    else:
        approved_at = facts.approval.approved_at if facts.approval else None
        found = indexed.entries(version, current, approved_at)
        index.put(version.article_id, found, replacing=replacing)
    pages = noted.facts["pages"] = _store(rows)
    if facts.glossary.number:
        noted.facts["glossary"] = facts.glossary.number
    return pages


def _topics(article: int) -> QuerySet[Topic]:
    return Topic.objects.filter(articles=article).order_by("pk")


TOPICS = Prepared(_topics, count=1)


def _earlier(version: Version, facts: Trust) -> list[Version]:
    numbers = {public.number for public in facts.history} - {version.number}
    if not numbers:
        return []
    found = Version.objects.filter(article=version.article_id, number__in=numbers)
    return list(found.select_related("article"))


def _store(rows: list[Page]) -> dict[str, str]:
    columns = [
        *("version", "content_type", "sha256", "indexable"),
        *("edition", "built_at", "body", "gzipped", "pdf_due_at"),
    ]
    Page.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path"], update_fields=columns
    )
    return {row.path: page_digest(row) for row in rows}


def page_digest(page: Page) -> str:
    """SHA-256 of everything about a page that decides what a reader is sent."""
    sent = [page.sha256, page.content_type, page.indexable, page.version_id]
    return sha256_hex(canonical_json(sent))


def is_on_record(page: Page) -> bool:
    """Whether the newest event that says what was built names exactly this page."""
    return is_named(page, last_built(page.article_id))


def is_named(page: Page, told: Event | None) -> bool:
    if told is None:
        return False
    recorded = json.loads(told.payload)["facts"]["pages"].get(page.path)
    return recorded in digests(page)


def digests(page: Page) -> tuple[str, str]:
    """What the record may say of a page; it once named the bytes alone."""
    return page_digest(page), page.sha256


def last_built(article: int) -> Event | None:
    """The newest event of an article that says which pages were built."""
    return _tell_what_was_built().filter(article=article).order_by("-seq").first()


def last_built_of(articles: Iterable[int]) -> dict[int | None, Event]:
    """The same of many articles, in one query."""
    told = _tell_what_was_built().filter(article__in=set(articles)).order_by("seq")
    return {event.article_id: event for event in told}


def _tell_what_was_built() -> QuerySet[Event]:
    return Event.objects.filter(payload__contains='"pages":{')


def refresh(version: Version, *, noted: Noted) -> None:
    """Rebuild the preview of a pending version, if the public sees one."""
    if version.article.standing == Standing.PREVIEW:
        show(version, noted=noted)


def end_with(version: Version, *, by: User, noted: Noted) -> None:
    """Take the preview of a version that leaves the desk down, if there is one."""
    article = version.article
    if article.standing != Standing.PREVIEW:
        return
    article.end_preview()
    ledger.attribute(article, by=by)
    article.save()
    take_down(article, noted=noted)


def take_down(article: Article, *, noted: Noted) -> None:
    """Delete every public page of the article, and let nobody find it."""
    Page.objects.filter(article=article).delete()
    index.take_out(article.pk)
    noted.facts["pages"] = {}


def require_allowed(article: Article) -> None:
    """Refuse a tier that may not be shown before approval while a preview is."""
    if article.standing == Standing.PREVIEW and article.tier == Tier.A:
        message = "End the preview first; a text of risk tier A is never previewed."
        raise Refused(message)
