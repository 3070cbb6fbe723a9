"""
What needs a hand now: one list of rows of several kinds, the oldest promise first.

Counts and the keys of one page are read by a single statement, each part of it along
an index and no further than it must go; what the rows say is read by their keys.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, Authorship, Notice, Topic, Version
from articles.states import WITH_THE_DESK, VersionState
from editorial import roles, statements
from editorial.buckets import APPROVALS, BUCKETS, BY_CODE, RANK, TO_DECIDE, Bucket
from editorial.models import Outbox, Publication, Question, ReaderReport, User
from editorial.rows import editor_gone
from editorial.statements import Part
from reviews import items
from reviews.models import Alternate, Assignment, Recommendation
from reviews.states import IN_FAVOUR, Advice, AssignmentState
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model, QuerySet

    from reviews.models import Comment

COUNTED = 100
"""Where counting stops; more than this reads as “100+”."""
WEIGHED = 300
"""How many of the versions longest in review are looked at for a quorum."""
NEWEST = 300
"""How many of the newest reports bring in their versions besides."""
FEW = 500
"""How many versions that a filter finds, or articles of one's own, are named by their keys."""
LISTED = 2_000
"""How many of the newest versions in a state are looked through by a filter."""

TO_VERSION: dict[type[Model], str] = {
    Version: "",
    Assignment: "version__",
    Outbox: "event__version__",
    Publication: "version__",
    ReaderReport: "version__",
    Notice: "version__",
}
STATES = (
    VersionState.UNDER_REVIEW,
    VersionState.RETURNED,
    VersionState.APPROVED,
    VersionState.REJECTED,
    VersionState.WITHDRAWN,
    VersionState.DRAFT,
    VersionState.SUBMITTED,
    VersionState.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty means everything."""

    bucket: str = ""
    state: str = ""
    mine: bool = False
    words: str = ""
    editor: str = ""
    reviewer: str = ""
    author: str = ""
    topic: str = ""
    tier: str = ""
    specialty: str = ""
    days: int | None = None
    meant: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def people(self, role: str) -> tuple[int, ...]:
        """Whom the name in that role means, once `named` has looked them up."""
        return self.meant.get(role, ())

    @property
    def narrows(self) -> bool:
        """Whether it leaves out rows of a bucket or a state."""
        texts = (self.words, self.editor, self.reviewer, self.author)
        facts = (self.topic, self.tier, self.specialty, self.mine, self.days)
        return any(texts) or any(fact not in ("", None, False) for fact in facts)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        return (BY_CODE[self.bucket],) if self.bucket else BUCKETS


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The place of a row in the list: promised first, then by kind, then by age."""

    promised: dt.datetime
    rank: int
    pk: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as the list knows it before it is read."""

    bucket: Bucket
    key: Key
    since: dt.datetime


@dataclass(slots=True)
class Found:
    """
    One page of keys, whether there is more, and how many wait in each bucket.

    `unweighed` says that more are in review than were looked at for what can be decided.
    """

    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unweighed: bool = False


def survey(
    user: User, wanted: Wanted, *, size: int, after: Key | None, before: Key | None
) -> Found:
    """The first `size` rows behind `after`, or the last in front of `before`."""
    now = timezone.now()
    others = Others.than(user)
    standing = {bucket: _standing(bucket, others, now) for bucket in BUCKETS}
    few = _few(user, wanted) if wanted.narrows and size else None
    page = _Page(user, wanted, standing, size, after, before, few)
    found = Found(counts=dict.fromkeys(BY_CODE, 0))
    parts = [*_counting(standing), *page.parts()]
    told = dict.fromkeys(statements.asked(parts, types=TYPES))
    for code, number, moment, bucket in told:  # each once, by whatever way it came
        if code == COUNT:
            found.counts[bucket] += number
            continue
        if code == IN_REVIEW:
            found.unweighed = number > WEIGHED
        if code == WAITING:
            found.counts[bucket] += 1
        if code in (page.weighed, ROW):
            entry = page.entry(bucket, number, statements.moment(moment))
            found.entries += [entry] if entry else []
    backwards = before is not None
    found.entries.sort(key=lambda entry: entry.key, reverse=backwards)
    del found.entries[size:]
    if backwards:
        found.entries.reverse()
    return found


COUNT, IN_REVIEW, WAITING, ROW = "count", "in review", "waiting", "row"
"""What a line of the statement tells: numbers, a version that is ready, a row."""
TYPES = "bigint timestamptz text"


@dataclass(frozen=True, slots=True)
class _Page:
    """Which keys of each bucket a page can hold."""

    user: User
    wanted: Wanted
    standing: dict[Bucket, QuerySet[Any]]
    size: int
    after: Key | None
    before: Key | None
    few: tuple[int, ...] | None = None

    @property
    def weighed(self) -> str:
        """The lines that tell of a version to decide: those counted, or those found."""
        return "" if not self.size else ROW if self.wanted.narrows else WAITING

    def parts(self) -> Iterator[Part]:
        buckets = self.wanted.buckets if self.size else ()
        for bucket in buckets:
            if not bucket.weighed:
                ordered = self._beyond(bucket, self._rows(bucket))
                inner = ordered.values_list("id", bucket.moment)[: self.size]
                yield Part(ROW, f"k.id, k.{bucket.moment}, '{bucket.code}'", inner)
        weighed = [bucket for bucket in buckets if bucket.weighed]
        if weighed and self.wanted.narrows:
            yield _ready(ROW, self._rows(weighed[0]))
            yield _ready(ROW, self._newly_reported(weighed[0]))

    def entry(self, code: str, pk: int, moment: dt.datetime) -> Entry | None:
        """The row that the statement told of; None when it stands on another page."""
        bucket = BY_CODE[code]
        key = Key(bucket.promised(moment), RANK[code], pk)
        is_here = (
            bucket in self.wanted.buckets
            and (self.after is None or key > self.after)
            and (self.before is None or key < self.before)
        )
        return Entry(bucket, key, moment) if is_here else None

    def _rows(self, bucket: Bucket) -> QuerySet[Any]:
        rows, model = self.standing[bucket], bucket.model
        if not self.wanted.narrows:
            return rows
        if bucket.weighed and self.few is None:
            longest = rows.order_by("review_started_at", "pk").values("pk")[:WEIGHED]
            rows = Version.objects.filter(pk__in=longest)
        if model is Assignment:
            return self._asked(rows)
        if self.few is None or model is not Version:
            return rows.filter(narrowed(self.wanted, self.user, model))
        return rows.filter(pk__in=self.few)

    def _newly_reported(self, bucket: Bucket) -> QuerySet[Version]:
        rows = self.standing[bucket].filter(pk__in=_newly_reported())
        if self.few is not None:
            return rows.filter(pk__in=self.few)
        return rows.filter(narrowed(self.wanted, self.user, Version))

    def _asked(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        """
        Of these the assignments to versions that fit.

        Among many, each row is asked of its version as its turn comes: PostgreSQL would
        join them, and for that go through all versions there are.
        """
        if self.wanted.reviewer:
            rows = rows.filter(reviewer__in=self.wanted.people("reviewer"))
        if self.few is not None:
            return rows.filter(version__in=self.few)
        fitting = Version.objects.filter(narrowed(self.wanted, self.user, Version))
        it = fitting.filter(pk=OuterRef("version")).order_by().values(fits=Value(1))
        return rows.alias(fits=Subquery(it[:1])).filter(fits=1)

    def _beyond(self, bucket: Bucket, rows: QuerySet[Any]) -> QuerySet[Any]:
        key, name = self.before or self.after, bucket.moment
        sign, way = ("lt", "-") if self.before else ("gt", "")
        rows = rows.order_by(f"{way}{name}", f"{way}pk")
        if key is None:
            return rows
        bound, rank = key.promised - bucket.allowed, RANK[bucket.code]
        further = Q(**{f"{name}__{sign}": bound})
        is_later = rank < key.rank if self.before else rank > key.rank
        if is_later:
            further |= Q(**{name: bound})
        elif rank == key.rank:
            further |= Q(**{name: bound, f"pk__{sign}": key.pk})
        return rows.filter(further, **{f"{name}__{sign}e": bound})


def _counting(standing: dict[Bucket, QuerySet[Any]]) -> Iterator[Part]:
    """How many wait in each bucket, whatever is looked for."""
    for bucket, rows in standing.items():
        if not bucket.weighed:
            few = rows.order_by().values_list("id")[: COUNTED + 1]
            yield Part(COUNT, f"COUNT(*), NULL, '{bucket.code}'", few)
    in_review = standing[TO_DECIDE]
    some = in_review.order_by().values_list("id")[: WEIGHED + 1]
    yield Part(IN_REVIEW, f"COUNT(*), NULL, '{TO_DECIDE.code}'", some)
    yield _ready(WAITING, in_review)
    yield _ready(WAITING, in_review.filter(pk__in=_newly_reported()))


def _ready(code: str, rows: QuerySet[Version]) -> Part:
    """
    The versions that can be decided, each in the bucket in which it waits.

    With them stand those for which nobody is asked any longer, which no clock moves.
    """
    bucket = f"CASE WHEN k.advised = 1 THEN '{APPROVALS.code}' ELSE '{TO_DECIDE.code}'"
    ready = "k.advised = 1 OR k.reported >= k.needed OR k.awaited = 0"
    return Part(code, f"k.id, k.settled, {bucket} END", _weighed(rows), ready)


def _newly_reported() -> QuerySet[Assignment, Any]:
    """The versions of the newest reports, in review or not, read along their index."""
    reports = Assignment.objects.filter(state=AssignmentState.REPORTED)
    return reports.order_by("-ended_at", "-pk").values("version")[:NEWEST]


def _few(user: User, wanted: Wanted) -> tuple[int, ...] | None:
    """
    What is looked for among the versions with the desk; None where it is many.

    Few are read by their keys. Many stand so close in every bucket that its rows are
    looked through in their order.
    """
    with_desk = Version.objects.filter(state__in=WITH_THE_DESK)
    found = with_desk.filter(narrowed(wanted, user, Version))
    keys = tuple(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def _standing(bucket: Bucket, others: Others, now: dt.datetime) -> QuerySet[Any]:
    rows = bucket.model._default_manager.filter(bucket.where(now))  # noqa: SLF001
    return rows.filter(others.of(bucket.model))


def _weighed(rows: QuerySet[Version]) -> QuerySet[Version, Any]:
    """The versions longest in review, with what tells whether they can be decided."""
    reports = Assignment.objects.filter(
        version=OuterRef("pk"), state=AssignmentState.REPORTED
    ).order_by()
    by_version = reports.values("version")
    still_asked = Assignment.objects.filter(version=OuterRef("pk"), state__in=ASKED)
    # Not by EXISTS, for which PostgreSQL reads what is asked of every version.
    any_asked = still_asked.order_by().values(there_is=Value(1))[:1]
    needed = [
        When(article__tier=tier, then=quorum.reviewers)
        for tier, quorum in QUORUM.items()
    ]
    return (
        rows.order_by("review_started_at", "pk")
        .annotate(
            reported=Coalesce(Subquery(by_version.values(n=Count("pk"))), 0),
            settled=Coalesce(
                Subquery(by_version.values(last=Max("ended_at"))),
                F("review_started_at"),
            ),
            needed=Case(*needed, default=1, output_field=IntegerField()),
            advised=_flag(_standing_advice()),
            awaited=Coalesce(Subquery(any_asked), 0),
        )
        .values_list("id", "reported", "settled", "needed", "advised", "awaited")
    )[:WEIGHED]


def _flag(found: QuerySet[Any]) -> Case:
    """A number, which tells of both databases the same, whether there is any."""
    return Case(
        When(Exists(found), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _standing_advice() -> QuerySet[Recommendation]:
    """
    The newest advice on a version, if it is to approve and still stands.

    It fell with a report that came after it, and with a reviewer asked again.
    """
    of_it = Assignment.objects.filter(version=OuterRef("version"))
    asked_again = of_it.filter(
        reopens__isnull=False, invited_at__gt=OuterRef("made_at")
    )
    reported = of_it.filter(
        state=AssignmentState.REPORTED, ended_at__gt=OuterRef("made_at")
    )
    newer = Recommendation.objects.filter(
        version=OuterRef("version"), pk__gt=OuterRef("pk")
    )
    return Recommendation.objects.filter(
        ~Exists(newer),
        ~Exists(asked_again),
        ~Exists(reported),
        version=OuterRef("pk"),
        advice=Advice.APPROVE,
    )


@dataclass(frozen=True, slots=True)
class Others:
    """
    What of the desk is not `user`'s own, for one look at it.

    `own` are the articles that they wrote or were ever asked to review. Of nearly
    everybody on a desk these are few, and a list leaves the database no plan to get
    wrong; None means that they are too many to be named.
    """

    user: User
    own: tuple[int, ...] | None

    @classmethod
    def than(cls, user: User) -> Others:
        found = _wrote(user).order_by().union(_judged(user).order_by())[: FEW + 1]
        own = tuple(found)
        return cls(user, own if len(own) <= FEW else None)

    def of(self, model: type[Model]) -> Q:
        """
        Leave out what is about the articles of their own.

        What is owed about somebody's account is for whoever watches over the roles.
        """
        if model is Question:
            return Q()
        is_effect = model is Outbox
        article = "event__article" if is_effect else f"{TO_VERSION[model]}article"
        found = Q()
        for own in self._own():
            found &= ~Q(**{f"{article}__in": own})
        if is_effect and not roles.oversees(self.user):
            found &= Q(event__account=None)
        return found

    def _own(self) -> Iterable[Any]:
        if self.own is None:
            return _wrote(self.user), _judged(self.user)
        return [self.own] if self.own else []


def _wrote(user: User) -> QuerySet[Authorship, int]:
    return Authorship.objects.filter(user=user).values_list("article", flat=True)


def _judged(user: User) -> QuerySet[Assignment, int]:
    asked = Assignment.objects.filter(reviewer=user)
    return asked.values_list("version__article", flat=True)


def narrowed(wanted: Wanted, user: User, model: type[Model]) -> Q:
    """Which rows of a kind somebody looks for."""
    if model is Question:
        return _asked_for(wanted)
    to = TO_VERSION[model]
    found = _of_people(wanted, user, model)
    for word in wanted.words.split():
        found &= Q(**{f"{to}question__icontains": word})
    if wanted.days is not None:
        since = timezone.now() - dt.timedelta(days=wanted.days)
        found &= Q(**{f"{to}submitted_at__lte": since})
    facts = {"tier": wanted.tier, "specialty": wanted.specialty}
    if known := {name: value for name, value in facts.items() if value}:
        found &= _article(to, **known)
    if wanted.topic:
        topics = Topic.objects.filter(name__icontains=wanted.topic)
        about = Article.topics.through.objects.filter(topic__in=topics)
        found &= Q(**{f"{to}article__in": about.values("article")})
    return found


def _asked_for(wanted: Wanted) -> Q:
    """A question of readers is about no text: whatever is looked for in one, it lacks."""
    if replace(wanted, words="", days=None).narrows:
        return Q(pk__in=[])
    found = Q()
    for word in wanted.words.split():
        found &= Q(words__icontains=word)
    if wanted.days is not None:
        since = timezone.now() - dt.timedelta(days=wanted.days)
        found &= Q(received_at__lte=since)
    return found


def _of_people(wanted: Wanted, user: User, model: type[Model]) -> Q:
    to, found = TO_VERSION[model], Q()
    if wanted.mine:
        found &= _article(to, editor=user)
    if wanted.editor:
        found &= _article(to, editor__in=wanted.people("editor"))
    if wanted.author:
        wrote = Authorship.objects.filter(user__in=wanted.people("author"))
        found &= Q(**{f"{to}article__in": wrote.values("article")})
    if wanted.reviewer and model is Assignment:
        found &= Q(reviewer__in=wanted.people("reviewer"))
    elif wanted.reviewer:
        asked = Assignment.objects.filter(reviewer__in=wanted.people("reviewer"))
        version = to.removesuffix("__") or "pk"
        found &= Q(**{f"{version}__in": asked.values("version")})
    return found


def _article(to: str, **facts: Any) -> Q:
    """Looked up for each row, so that rows are still read in the order of the list."""
    return Q(Exists(Article.objects.filter(pk=OuterRef(f"{to}article"), **facts)))


def named(wanted: Wanted) -> Wanted:
    """The same, with whom its names mean; the first hundred of them."""
    names = {role: getattr(wanted, role) for role in ROLES}
    said = {role: name for role, name in names.items() if name}
    if not said:
        return wanted
    either = Q()
    for name in said.values():
        either |= Q(name__icontains=name)
    people = User.objects.filter(either).order_by("pk").values_list("pk", "name")
    if len(said) == 1:
        people = people[:MOST_NAMED]
    meant = {
        role: tuple(pk for pk, full in people if name.casefold() in full.casefold())
        for role, name in said.items()
    }
    return replace(wanted, meant={r: keys[:MOST_NAMED] for r, keys in meant.items()})


ROLES = ("editor", "reviewer", "author")
MOST_NAMED = 100


def in_state(
    user: User, wanted: Wanted, *, size: int, after: int | None, before: int | None
) -> list[Version]:
    """Versions in one state, the newest first; a filter looks through the newest."""
    theirs = Others.than(user).of(Version)
    rows = Version.objects.filter(theirs, state=wanted.state)
    if wanted.narrows:
        newest = rows.order_by("-pk").values("pk")[:LISTED]
        rows = Version.objects.filter(pk__in=newest)
        rows = rows.filter(narrowed(wanted, user, Version))
    if before is not None:
        found = list(detailed(rows.filter(pk__gt=before)).order_by("pk")[:size])
        return found[::-1]
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(detailed(rows).order_by("-pk")[:size])


def detailed(rows: QuerySet[Version]) -> QuerySet[Version]:
    """Versions with their editor, how many were asked and stand by, and what blocks."""
    found = Assignment.objects.filter(version=OuterRef("pk")).order_by()
    reported = found.filter(state=AssignmentState.REPORTED)
    standing = found.filter(state__in=(*ASKED, AssignmentState.REPORTED))
    return (
        rows.select_related("article__editor")
        .defer("key_answer", "response", "responsibility")
        .annotate(
            asked=_number(standing),
            reported=_number(reported),
            blocking=_number(_blocking()),
            editor_gone=editor_gone("article__"),
            stands_by=_number(_alternates(OuterRef("pk"))),
        )
    )


ASKED = (AssignmentState.INVITED, AssignmentState.ACCEPTED)


def _blocking() -> QuerySet[Comment]:
    return items.blocking().filter(version=OuterRef("pk")).order_by()


def _alternates(version: OuterRef) -> QuerySet[Alternate]:
    return Alternate.objects.filter(version=version).order_by()


def _able() -> QuerySet[Assignment]:
    """Beside an assignment, all of its version that are in favour or may still be."""
    in_favour = Q(state=AssignmentState.REPORTED, report__vote__in=IN_FAVOUR)
    of_it = Assignment.objects.filter(version=OuterRef("version")).order_by()
    return of_it.filter(in_favour | Q(state__in=ASKED))


def _number(found: QuerySet[Any]) -> Coalesce:
    counted = found.values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def versions(keys: Iterable[int]) -> dict[int, Version]:
    return {row.pk: row for row in detailed(Version.objects.filter(pk__in=list(keys)))}


def assignments(keys: Iterable[int]) -> dict[int, Assignment]:
    rows = Assignment.objects.filter(pk__in=list(keys))
    named = _alternates(OuterRef("version"))
    rows = rows.select_related("version__article__editor", "reviewer")
    rows = rows.annotate(stands_by=_number(named), able=_number(_able()))
    unread = ("key_answer", "response", "responsibility")
    rows = rows.defer(*(f"version__{name}" for name in unread))
    return {row.pk: row for row in rows}


def effects(keys: Iterable[int]) -> dict[int, Outbox]:
    rows = Outbox.objects.filter(pk__in=list(keys))
    rows = rows.select_related("event__version__article__editor", "recipient")
    return {row.pk: row for row in rows}


def notices(keys: Iterable[int]) -> dict[int, Notice]:
    rows = Notice.objects.filter(pk__in=list(keys)).select_related("proposed_by")
    return {row.pk: row for row in rows.select_related("version__article__editor")}


def reader_reports(keys: Iterable[int]) -> dict[int, ReaderReport]:
    rows = ReaderReport.objects.filter(pk__in=list(keys))
    return {row.pk: row for row in rows.select_related("version__article__editor")}


def questions(keys: Iterable[int]) -> dict[int, Question]:
    """Each with how often it was asked again."""
    rows = Question.objects.filter(pk__in=list(keys))
    return {row.pk: row for row in rows.annotate(again=Count("others"))}
