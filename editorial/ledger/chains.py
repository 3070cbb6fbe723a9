"""Events, hash-chained: one chain for each article, and a few with names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from articles.models import Article, Version
from editorial import doorbell, notifications
from editorial.ledger.digests import row_digest, row_name
from editorial.models import ZERO, Chain, Event, User
from reviews.models import Assignment
from reviews.signing import moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.machine import StatefulModel

FORM = "imprimatur-event/1"


COUNT_ON: dict[type[StatefulModel], str] = {
    Article: (
        "UPDATE editorial_chain SET head_seq = head_seq + 1 WHERE article_id = %s"
    ),
    Version: (
        "UPDATE editorial_chain SET head_seq = head_seq + 1 WHERE article_id ="
        " (SELECT article_id FROM articles_version WHERE id = %s)"
    ),
    Assignment: (
        "UPDATE editorial_chain SET head_seq = head_seq + 1 WHERE article_id ="
        " (SELECT v.article_id FROM articles_version v"
        " JOIN reviews_assignment a ON a.version_id = v.id WHERE a.id = %s)"
    ),
}
"""The next number of the chain of the article to which a row belongs, by its key."""


@dataclass(slots=True)
class Subject:
    """The rows an event is about; a version implies its article, and so on."""

    article: Article | None = None
    version: Version | None = None
    assignment: Assignment | None = None
    account: User | None = None

    @classmethod
    def of(cls, thing: StatefulModel) -> Subject:
        match thing:
            case Assignment():
                return cls(thing.version.article, thing.version, thing)
            case Version():
                return cls(thing.article, thing)
            case Article():
                return cls(thing)
        message = f"No chain keeps the deeds of {thing!r}."
        raise TypeError(message)


@dataclass(slots=True)
class Noted:
    """
    What a step adds to its event: facts, and further rows that it changed.

    `version` names the version a deed on an article is about, `concerns` the people
    it is about; `publish_at` owes the version's publication; `then` are deeds that
    follow from this one at once, each with an event of its own. `kind` is the event's,
    where that depends on what the step found.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    version: Version | None = None
    concerns: list[int] = field(default_factory=list)
    publish_at: dt.datetime | None = None
    then: list[tuple[Subject, Deed]] = field(default_factory=list)
    kind: str = ""


@dataclass(slots=True)
class Deed:
    """What an event says beside who and when."""

    kind: str
    by: User
    reason: str = ""
    before: str = ""
    after: str = ""
    noted: Noted = field(default_factory=Noted)


@dataclass(slots=True)
class Link:
    """The place of the next event in a chain whose lock is held."""

    chain: Chain
    seq: int
    prev: str


def count_on(model: type[StatefulModel], pk: int) -> None:
    """
    Take the next number of the article's chain, and with it the article's lock.

    Whoever comes second waits here until the first has committed, and reads
    everything else after that.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ON[model], [pk])
        found = cursor.rowcount
    if not found:
        message = f"There is no {model.__name__.lower()} {pk}."
        raise model.DoesNotExist(message)


def link_of(subject: Subject, thing: StatefulModel) -> Link:
    chain: Chain = subject.article.chain  # type: ignore[union-attr]
    return Link(chain, chain.head_seq, thing.__dict__["prev_hash"] or ZERO)


def lock_named(name: str) -> Link:
    """Take the next number of a chain that is not an article's; made if it is new."""
    chain, _ = Chain.objects.get_or_create(name=name)
    Chain.objects.filter(pk=chain.pk).update(head_seq=F("head_seq") + 1)
    chain = Chain.objects.get(pk=chain.pk)
    last = Event.objects.filter(chain=chain, seq=chain.head_seq - 1).first()
    return Link(chain, chain.head_seq, last.hash if last else ZERO)


def hold_articles(articles: Iterable[int]) -> None:
    """Wait until nobody takes a step on any of them, nor begins one."""
    chains = Chain.objects.filter(article__in=articles).order_by("pk")
    list(chains.select_for_update().values_list("pk"))


def hold_named(name: str) -> None:
    """Wait until nobody else adds to such a chain; it takes no number of it."""
    Chain.objects.get_or_create(name=name)
    Chain.objects.select_for_update().get(name=name)


def new_chain(article: Article, *, events: int = 1) -> Link:
    """The chain of a new article, not saved, with room for its first events."""
    chain = Chain(name=f"article:{article.pk}", article=article, head_seq=events)
    return Link(chain, 1, ZERO)


def record(link: Link, subject: Subject, deed: Deed) -> Event:
    """
    Append an event to a chain whose lock is held, and promise its announcement.

    The event's hash covers its canonical JSON, which contains the hash before it and
    the digest of the rows as the step left them.
    """
    event = compose(link, subject, deed)
    event.save(force_insert=True)
    if version := subject.version or deed.noted.version:
        touched = [subject.assignment, *deed.noted.rows]
        notifications.announce(
            event,
            version,
            (row for row in touched if isinstance(row, Assignment)),
            concerns=deed.noted.concerns,
            publish_at=deed.noted.publish_at,
        )
    if not deed.by.is_machine:  # the scheduler looks at the outbox by itself
        transaction.on_commit(doorbell.ring, robust=True)
    return event


def compose(link: Link, subject: Subject, deed: Deed) -> Event:
    """The event at `link`, not saved; the link moves behind it."""
    at = timezone.now()
    payload = canonical_json(_payload(link, subject, deed, at))
    event = Event(
        chain=link.chain,
        seq=link.seq,
        kind=deed.kind,
        actor=deed.by,
        article=subject.article,
        version=subject.version or deed.noted.version,
        assignment=subject.assignment,
        account=subject.account,
        at=at,
        payload=payload.decode(),
        prev=link.prev,
        hash=sha256_hex(payload),
    )
    link.seq, link.prev = link.seq + 1, event.hash
    return event


def _payload(
    link: Link, subject: Subject, deed: Deed, at: dt.datetime
) -> dict[str, Any]:
    version = subject.version or deed.noted.version
    subjects = (subject.article, version, subject.assignment)
    rows: list[models.Model] = [row for row in subjects if row]
    return {
        "form": FORM,
        "chain": link.chain.name,
        "seq": link.seq,
        "prev": link.prev,
        "at": moment(at),
        "kind": str(deed.kind),
        "actor": {
            "id": deed.by.pk,
            "name": deed.by.printed_name,
            "roles": sorted(deed.by.roles),
        },
        "article": subject.article and subject.article.pk,
        "version": version
        and {
            "id": version.pk,
            "number": version.number,
            "sha256": version.sha256,
        },
        "assignment": subject.assignment and subject.assignment.pk,
        "from": deed.before,
        "to": deed.after,
        "reason": deed.reason,
        "facts": deed.noted.facts,
        "rows": {row_name(row): row_digest(row) for row in rows + deed.noted.rows},
    }
