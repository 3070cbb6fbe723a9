"""
The ledger: one event for every step, in the step's own transaction.

`taking` is the only way a step happens. It locks the chain of the article, which is
the lock on the article and all that hangs on it, asks the Step who may and what must
be true, lets the caller act, then saves, records and promises the announcement.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import F, Max
from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from articles.machine import LostRaceError, StatefulModel
from articles.models import Article, Version
from articles.states import VersionState
from editorial import blinding, doorbell, notifications, policies, rehearsal
from editorial.errors import MovedOn, Refused
from editorial.models import ZERO, Chain, Event, User
from reviews.models import Assignment
from reviews.signing import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from editorial.workflow import Step

FORM = "imprimatur-event/1"
ABOUT_REVIEWERS = frozenset(
    {
        *(Event.Kind.INVITED, Event.Kind.ACCEPTED, Event.Kind.DECLINED),
        *(Event.Kind.RECUSED, Event.Kind.REPORTED, Event.Kind.UNASSIGNED),
        *(Event.Kind.EXPIRED, Event.Kind.REMINDED, Event.Kind.OVERDUE),
        *(Event.Kind.REPORTED_LATE, Event.Kind.REOPENED, Event.Kind.RECOMMENDED),
        *(Event.Kind.MORE_TIME_ASKED, Event.Kind.EXTENDED, Event.Kind.DECLARED),
        *(Event.Kind.ALTERNATES_NAMED, Event.Kind.ENTITIES_NAMED),
        *(Event.Kind.REPLIED, Event.Kind.COMMENT_RESOLVED),
    }
)
"""Deeds that the authors, and each reviewer of the others, must not learn of."""

Thing = TypeVar("Thing", bound=StatefulModel)


@dataclass(slots=True)
class Subject:
    """The rows an event is about; a version implies its article, and so on."""

    article: Article | None = None
    version: Version | None = None
    assignment: Assignment | None = None

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
    follow from this one at once, each with an event of its own.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    version: Version | None = None
    concerns: list[int] = field(default_factory=list)
    publish_at: dt.datetime | None = None
    then: list[tuple[Subject, Deed]] = field(default_factory=list)


@dataclass(slots=True)
class Deed:
    """What an event says beside who and when."""

    kind: str
    by: User
    reason: str = ""
    before: str = ""
    after: str = ""
    noted: Noted = field(default_factory=Noted)


@contextmanager
def taking(
    step: Step[Thing],
    pk: int,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
    noted: Noted | None = None,
) -> Iterator[Thing]:
    """
    Lock the thing, check the step, let the caller act, then save and record.

    Anything raised inside leaves no trace: no state, no history, no event, no mail.
    `seen` is the revision the caller's form was drawn from; what is `noted` goes
    into the event and may be filled inside the block.

    Raises PermissionDenied (wrong person), MovedOn (somebody was first, or the form
    is stale) and Refused (something is missing).
    """
    try:
        with transaction.atomic(durable=True):
            _count_on(step.model, pk)
            thing = step.fetch(pk, by=by)
            before = state_of(thing)
            admit(step, thing, by=by, reason=reason, seen=seen)
            yield thing
            if not step.is_beside_a_draft(thing):
                attribute(thing, by=by, reason=reason)
                thing.save()
            deed = Deed(step.kind, by, reason, before, state_of(thing))
            deed.noted = noted or deed.noted
            subject = Subject.of(thing)
            link = _link(subject, thing)
            event = record(link, subject, deed)
            for further, following in deed.noted.then:
                _count_on(step.model, pk)
                record(link, further, following)
            rehearsal.end(event)
    except LostRaceError as error:
        raise moved_on(step, step.fetch(pk, by=by), by=by) from error


def admit(
    step: Step[Thing],
    thing: Thing,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Raise unless `by` may take `step` on `thing` now, from what they have seen."""
    permit(step, thing, by=by)
    if _is_stale(step, thing, seen):
        raise moved_on(step, thing, by=by)
    if not step.is_open(thing):
        raise moved_on(step, thing, by=by)
    if step.needs_reason and not reason.strip():
        message = f"“{step.label}” needs a reason."
        raise Refused(message)
    if objection := step.objection(thing):
        raise Refused(objection)


def permit(step: Step[Thing], thing: Thing, *, by: User) -> None:
    """Raise unless `by` may take `step`; whoever took it already is told so."""
    if step.permits(by, thing):
        return
    if step.was_taken_by(by, thing):
        raise MovedOn("Done already", who=str(by), when=None, mine=True)
    raise PermissionDenied


def _is_stale(step: Step[Thing], thing: Thing, seen: int | None) -> bool:
    if seen is None or step.is_beside_a_draft(thing):
        return False
    return seen != thing.revision


def moved_on(step: Step[Any], thing: StatefulModel, *, by: User) -> MovedOn:
    """The refusal that names who changed the thing last, and when."""
    last = _last_event(thing)
    if isinstance(thing, Version) and _was_saved_since(thing, last):
        return draft_moved_on(thing.pk)
    if last is None:
        return MovedOn("Changed meanwhile", who="Somebody", when=None)
    if _is_secret(last, thing, by):
        return MovedOn("Changed meanwhile", who="those who judge it", when=None)
    return MovedOn(
        f"{last.get_kind_display()} meanwhile",
        who=_who(last.actor, thing, by),
        when=last.at,
        mine=_did_it(by, step, thing),
    )


def _is_secret(event: Event, thing: StatefulModel, by: User) -> bool:
    """Whether it would tell this person how reviews go that are not theirs to know."""
    if event.kind not in ABOUT_REVIEWERS or event.actor_id == by.pk:
        return False
    if isinstance(thing, Assignment) and thing.reviewer_id == by.pk:
        return False
    version = event.version
    return version is None or not policies.is_deciding_editor(by, version)


def _who(person: User, thing: StatefulModel, by: User) -> str:
    """The name, unless `by` was asked to judge, double blind, what that person wrote."""
    article = Subject.of(thing).article
    if article is None or not blinding.hides_authors(by, article):
        return str(person)
    wrote = article.authorships.filter(user=person).exists()
    return blinding.AN_AUTHOR if wrote else str(person)


def _did_it(by: User, step: Step[Any], thing: StatefulModel) -> bool:
    """Whether the last person to change the thing was `by`, by this very step."""
    if step.transition is None:
        return False  # asking another person, or closing another comment, is no repeat
    people = _events_of(thing).filter(actor__is_machine=False)
    last = people.order_by("-pk").first()
    return last is not None and (last.kind, last.actor_id) == (step.kind, by.pk)


def _was_saved_since(version: Version, event: Event | None) -> bool:
    """Whether a draft was written in after its last event; an edit is none."""
    if version.state != VersionState.DRAFT or event is None:
        return False
    return bool(version.history.filter(history_date__gt=event.at).exists())


def _last_event(thing: StatefulModel) -> Event | None:
    return _events_of(thing).select_related("actor").order_by("-pk").first()


def _events_of(thing: StatefulModel) -> QuerySet[Event]:
    subject = Subject.of(thing)
    name, row = next(
        (name, row)
        for name in ("assignment", "version", "article")
        if (row := getattr(subject, name))
    )
    return Event.objects.filter(**{name: row})


def state_of(thing: StatefulModel) -> str:
    return str(getattr(thing, thing.state_field))


def attribute(row: models.Model, *, by: User, reason: str = "") -> None:
    """Say who changes a row, and why, before it is saved."""
    row._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001  its interface
    row._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001


@dataclass(slots=True)
class Link:
    """The place of the next event in a chain whose lock is held."""

    chain: Chain
    seq: int
    prev: str


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


def _chain_of(model: type[StatefulModel], pk: int) -> QuerySet[Chain]:
    path = {Article: "article", Version: "article__versions"}.get(
        model, "article__versions__assignments"
    )
    return Chain.objects.filter(**{path: pk})


def _count_on(model: type[StatefulModel], pk: int) -> None:
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


def _link(subject: Subject, thing: StatefulModel) -> Link:
    chain: Chain = subject.article.chain  # type: ignore[union-attr]
    return Link(chain, chain.head_seq, thing.__dict__["prev_hash"] or ZERO)


def lock_named(name: str) -> Link:
    """Take the next number of a chain that is not an article's; made if it is new."""
    chain, _ = Chain.objects.get_or_create(name=name)
    Chain.objects.filter(pk=chain.pk).update(head_seq=F("head_seq") + 1)
    chain = Chain.objects.get(pk=chain.pk)
    last = Event.objects.filter(chain=chain, seq=chain.head_seq - 1).first()
    return Link(chain, chain.head_seq, last.hash if last else ZERO)


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


def row_name(row: models.Model) -> str:
    """How events name a row, for example `version:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def row_digest(row: models.Model) -> str:
    """
    SHA-256 of every column of a row, so that the ledger notices any change.

    What holds its default is left out: a column that is added later, with a default,
    changes no digest of the rows before it.
    """
    values = {
        name: _plain(value)
        for name, default in columns(type(row))
        if (value := getattr(row, name)) != default
    }
    return sha256_hex(canonical_json(values))


@cache
def columns(model: type[models.Model]) -> list[tuple[str, Any]]:
    """The columns of a table with what each holds unless somebody says otherwise."""
    return [(f.attname, default_of(f)) for f in model._meta.concrete_fields]


def default_of(column: models.Field[Any, Any]) -> Any:
    """A moment is never left out for being the one at which it was read."""
    is_now = isinstance(column, models.DateField) and column.has_default()
    return ... if is_now else column.get_default()


def parts_digest(version: Version) -> str:
    """SHA-256 over the rows that are frozen with a version, in one."""
    parts: list[models.Model] = [
        *version.renditions.all(),
        *version.citations.all(),
        *version.finding_answers.all(),
    ]
    digests = {row_name(row): row_digest(row) for row in parts}
    return sha256_hex(canonical_json(digests))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Choices) else value


@contextmanager
def drafting(version_id: int, *, by: User, seen: int | None) -> Iterator[Version]:
    """
    Lock a draft for its author to write in; the history keeps the change, no event does.

    Raises PermissionDenied, or MovedOn when it was saved or submitted meanwhile.
    """
    with transaction.atomic(durable=True):
        if not list(_chain_of(Version, version_id).select_for_update(of=("self",))):
            raise Version.DoesNotExist
        version = Version.objects.select_related("article").get(pk=version_id)
        if not policies.is_author(by, version) or not by.is_active:
            raise PermissionDenied
        if version.state != VersionState.DRAFT or seen not in (None, version.revision):
            raise draft_moved_on(version_id)
        yield version


def draft_moved_on(version_id: int) -> MovedOn:
    """The refusal that names who saved the draft last or moved it, and when."""
    saves = Version.history.filter(id=version_id)
    state = Version.objects.values_list("state", flat=True).get(pk=version_id)
    if state == VersionState.DRAFT:
        # A letter to the reviewers is kept as well, and makes no new revision.
        last = saves.order_by("-revision", "history_id")
        return saved_meanwhile(last, "Saved meanwhile")
    drafts = saves.filter(state=VersionState.DRAFT).aggregate(last=Max("history_id"))
    moved = saves.filter(state=state, history_id__gt=drafts["last"] or 0)
    what = f"{VersionState(state).label} meanwhile"
    return saved_meanwhile(moved.order_by("history_id"), what)


def saved_meanwhile(
    saves: QuerySet[Any], what: str, *, mine: bool = False, nobody: str = "The system"
) -> MovedOn:
    """The refusal that names who made the first of these saves of a history."""
    row = saves.select_related("history_user").first()
    who = str(row.history_user) if row and row.history_user else nobody
    return MovedOn(what, who=who, when=row.history_date if row else None, mine=mine)
