"""What reaches the public: previews, publication, and pages built anew."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Min, Q
from django.utils import timezone

from articles import freezing
from articles.models import Article, Page, Version
from articles.reading import edition
from articles.states import PUBLIC, WITH_THE_DESK, Standing, VersionState
from editorial import (
    ledger,
    noticing,
    outbox,
    people,
    printouts,
    rules,
    shopfront,
    trust,
    workflow,
)
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from editorial.models import Outbox, Publication
from editorial.notifications import publication_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from editorial.models import User
    from reviews.models import Signature

logger = logging.getLogger(__name__)

BATCH = 50
PUBLISHABLE = tuple(Standing(name) for name in workflow.PUBLISH.starts_from)
"""An article that the desk has stopped waits until it is let go on."""
PARK_AFTER = 8
"""Failures after which a publication waits for an editor."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What many publications need, read at once: the frozen texts."""

    versions: dict[int, Version]
    house: trust.House

    @classmethod
    def of(cls, rows: Sequence[Outbox]) -> Ready:
        wanted = Version.objects.filter(pk__in=[row.event.version_id for row in rows])
        versions = list(wanted)
        freezing.read(*versions)
        return cls({version.pk: version for version in versions}, trust.house())

    def lend(self, version: Version) -> None:
        """Give a version read under the lock what it cannot have lost since."""
        if known := self.versions.get(version.pk):
            freezing.lend(known, version)


def publish(
    article_id: int,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
    only: int | None = None,
    ready: Ready | None = None,
) -> Publication:
    """
    Make the approved version public: its pages, its standing and its record at once.

    Refused when the approval does not verify, when the text no longer hashes to what
    was approved, or before its time; MovedOn when it is public already, or when the
    approved version is not the `only` one meant; safe to ask for any number of times.
    """
    noted = Noted()
    with taking(
        workflow.PUBLISH, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        version = _due(article, by=by, only=only)
        if ready:
            ready.lend(version)
        approval = _approval(version)
        if article.standing in (Standing.PUBLISHED, Standing.ARCHIVED):
            noted.rows.append(_ended(article))
        if article.standing == Standing.ARCHIVED:
            noted.rows.append(noticing.ended(article))
        publication = _published(version, approval)
        has_pages = article.standing in PUBLIC
        article.publish()
        noted.version = version
        noted.rows.append(publication)
        around = ready.house if ready else None
        shopfront.show(version, noted=noted, replacing=has_pages, around=around)
        _settle(version)
    return publication


def bring_out(version: Version, *, noted: Noted) -> None:
    """
    Publish a version within the deed that lifts what stood against its article.

    Refused as `publish` refuses it; the deed builds the pages.
    """
    approval = _approval(version)
    noted.rows.append(_ended(version.article))
    noted.rows.append(_published(version, approval))
    noted.facts["published"] = version.pk
    _settle(version)


def _published(version: Version, approval: Signature) -> Publication:
    return Publication.objects.create(
        article=version.article,
        version=version,
        approval=approval,
        sha256=version.sha256,
    )


def publish_due() -> tuple[int, int]:
    """
    Publish everything approved and due; one failure does not stop the others.

    Returns how many were published and how many failed. A failure is tried again
    after a pause that doubles, and parked in the end where an editor sees it.
    """
    published = failed = 0
    owed = _owed()
    for start in range(0, len(owed), BATCH):
        done, lost = _publish(owed[start : start + BATCH])
        published, failed = published + done, failed + lost
    return published, failed


def _publish(rows: Sequence[Outbox]) -> tuple[int, int]:
    system, ready = people.system(), Ready.of(rows)
    published = failed = 0
    for row in rows:
        try:
            only = row.event.version_id
            publish(_article_of(row), by=system, only=only, ready=ready)
            published += 1
        except MovedOn:
            _still_pending(row).update(
                status=Outbox.Status.MOOT, settled_at=timezone.now()
            )
        except Exception as error:  # one article must not stop the others
            logger.exception("Publishing article %s failed", row.event.article_id)
            _put_back(row, error)
            failed += 1
    return published, failed


def rebuild(article_id: int, *, by: User) -> Article:
    """Build an article's public pages again, as after a change of their design."""
    noted = Noted()
    with taking(workflow.REBUILD, article_id, by=by, noted=noted) as article:
        version = shown(article)
        noted.version = version
        shopfront.show(version, noted=noted)
        printouts.let_wait(article.pk)
    return article


def rebuild_stale(limit: int = 100) -> int:
    """
    Build pages of an earlier edition again, `limit` articles at a time.

    Those built longest ago come first; one that fails goes to the end of the queue.
    """
    today = edition.current()
    stale = Page.objects.filter(Q(edition__lt=today) | Q(edition__gt=today))
    waiting = stale.values("article").annotate(since=Min("built_at"))
    queue = waiting.order_by("since", "article").values_list("article", flat=True)
    ids = list(queue[:limit])
    for pk in ids:
        try:
            rebuild(pk, by=people.system())
        except Exception:  # one article must not stop the others
            logger.exception("The pages of article %s were not rebuilt", pk)
            Page.objects.filter(article=pk).update(built_at=timezone.now())
    return len(ids)


def show_preview(
    article_id: int, *, by: User, reason: str, seen: int | None = None
) -> Article:
    """Show a text that is with the desk to the public, under a caution banner."""
    noted = Noted()
    with taking(
        workflow.SHOW_PREVIEW, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        version = _pending(article)
        article.show_preview()
        noted.version = version
        shopfront.show(version, noted=noted)
    return article


def end_preview(
    article_id: int, *, by: User, reason: str = "", seen: int | None = None
) -> Article:
    """Take a preview down."""
    noted = Noted()
    with taking(
        workflow.END_PREVIEW, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        article.end_preview()
        shopfront.take_down(article, noted=noted)
    return article


def _due(article: Article, *, by: User, only: int | None) -> Version:
    version = rules.approved_version(article)
    if version is None:
        message = "No version is approved."
        raise Refused(message)
    version.article = article
    if only not in (None, version.pk):
        raise ledger.moved_on(workflow.PUBLISH, article, by=by)
    if by.is_machine and version.publish_at and version.publish_at > timezone.now():
        message = f"It is to be published at {version.publish_at:%Y-%m-%d %H:%M} UTC."
        raise Refused(message)
    return version


def _approval(version: Version) -> Signature:
    approval = rules.approval_of(version)
    if approval is None:
        message = "The approval signature does not verify; nothing was published."
        raise Refused(message)
    if freezing.sha256_of(version) != approval.sha256:
        message = "The text no longer has the hash that was approved."
        raise Refused(message)
    return approval


def _ended(article: Article) -> Publication:
    """The publication that the public saw until now."""
    current = Publication.objects.get(article=article, ended_at=None)
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    return current


def _settle(version: Version) -> None:
    Outbox.objects.filter(dedupe_key=publication_key(version.pk)).update(
        status=Outbox.Status.DONE, settled_at=timezone.now()
    )


def _owed() -> list[Outbox]:
    due = Outbox.objects.filter(
        topic=Outbox.Topic.PUBLISH,
        status=Outbox.Status.PENDING,
        available_at__lte=timezone.now(),
        event__article__standing__in=PUBLISHABLE,
    )
    return list(due.select_related("event").order_by("available_at", "pk"))


def _article_of(row: Outbox) -> int:
    if row.event.article_id is None:
        message = f"{row.dedupe_key} belongs to no article."
        raise Refused(message)
    return row.event.article_id


def _still_pending(row: Outbox) -> QuerySet[Outbox]:
    return Outbox.objects.filter(pk=row.pk, status=Outbox.Status.PENDING)


def _put_back(row: Outbox, error: Exception) -> None:
    attempts = row.attempts + 1
    parked = attempts >= PARK_AFTER
    _still_pending(row).update(
        status=Outbox.Status.PARKED if parked else Outbox.Status.PENDING,
        attempts=F("attempts") + 1,
        available_at=timezone.now() + outbox.pause(attempts),
        last_error=str(error)[:2000],
    )


def _pending(article: Article) -> Version:
    """The text on its way to the public: with the desk, or approved and not yet due."""
    on_its_way = (*WITH_THE_DESK, VersionState.APPROVED)
    version = article.versions.get(state__in=on_its_way)
    version.article = article
    return version


def shown(article: Article) -> Version:
    """The version the public sees: the current publication's, or the preview's."""
    current = (
        Publication.objects.filter(article=article, ended_at=None)
        .select_related("version")
        .first()
    )
    if current is None:
        return _pending(article)
    current.version.article = article
    return current.version
