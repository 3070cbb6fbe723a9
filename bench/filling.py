"""
A large house for the desk's measurements, written in bulk.

Every row keeps the constraints of its table; the guards against changing the past
step aside while it is written, and are back before anything is measured.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from articles.models import Article, Authorship, Topic, Version
from articles.states import Standing, VersionState
from articles.vocabulary import Specialty, Tier
from editorial import database, roles
from editorial.models import Chain, Event, Notification, Outbox, User
from editorial.people import BUILT_IN
from reviews.models import Assignment, Report
from reviews.states import AssignmentState, Vote
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measures import Measure

BATCH = 500
EDITORS = 8
A_PERSON_PER = 50
REVIEWERS = 3
AGAIN = 2
"""Of ten versions with the desk, the one that answers a return."""
NOW = timezone.now()
DAY = dt.timedelta(days=1)

S, A = VersionState, AssignmentState
WITH_DESK = (
    *(S.SUBMITTED, S.SUBMITTED, S.SUBMITTED, S.SUBMITTED, S.UNDER_REVIEW),
    *(S.UNDER_REVIEW, S.UNDER_REVIEW, S.UNDER_REVIEW, S.UNDER_REVIEW, S.UNDER_REVIEW),
)
OVER = (*(S.APPROVED,) * 6, S.RETURNED, S.RETURNED, S.REJECTED, S.WITHDRAWN)
PANELS = (
    (A.INVITED, A.ACCEPTED, A.DECLINED),
    (A.REPORTED, A.REPORTED, A.REPORTED),
    (A.REPORTED, A.ACCEPTED, A.INVITED),
    (A.ACCEPTED, A.ACCEPTED, A.REPORTED),
)
VOTES = (Vote.APPROVE, Vote.APPROVE, Vote.MINOR, Vote.CHANGES)
WORDS = ("aspirin", "warfarin", "insulin", "folate", "morphine", "heparin", "zinc")


@dataclass(slots=True)
class House:
    """Who works in it; `editor` is the one for whom so many versions wait."""

    measure: Measure
    editor: User
    chief: User
    auditor: User
    editors: list[User]
    reviewers: list[User]
    authors: list[User]


def fill(measure: Measure) -> House:
    """Write that many versions, three assignments each."""
    count = measure.count
    house = _people(measure, max(count // A_PERSON_PER, 4))
    database.drop(connection)
    articles = _articles(count, house)
    versions = _versions(articles, house)
    _assignments(versions, house)
    _mail(versions, house)
    database.install(connection)
    if connection.vendor == "postgresql":  # as its own housekeeper does in time
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return house


def found(measure: Measure) -> House:
    """The house that was filled before, by the order in which its people came."""

    def people(role: str) -> list[User]:
        found = User.objects.filter(groups__name=role).order_by("pk")
        return list(found.exclude(email__in=BUILT_IN))

    first, *others = people(roles.EDITOR)
    [chief], [auditor] = people(roles.CHIEF_EDITOR), people(roles.AUDITOR)
    reviewers, authors = people(roles.REVIEWER), people(roles.AUTHOR)
    return House(measure, first, chief, auditor, others, reviewers, authors)


def _people(measure: Measure, count: int) -> House:
    return House(
        measure=measure,
        editor=make.editor(name="Ada Quill"),
        chief=make.chief(),
        auditor=make.user(roles.AUDITOR),
        editors=[make.editor() for _ in range(EDITORS)],
        reviewers=_many(count, "reviewer", make.reviewer()),
        authors=_many(count, "author", make.author()),
    )


def _many(count: int, name: str, first: User) -> list[User]:
    """People by the hundred: like the first, whose groups they share."""
    more = [
        User(email=f"{name}{n}@example.org", name=f"{name} {n}")
        for n in range(count - 1)
    ]
    User.objects.bulk_create(more, batch_size=BATCH)
    belongs = User.groups.through
    belongs.objects.bulk_create(
        belongs(user_id=person.pk, group_id=group.pk)
        for group in first.groups.all()
        for person in more
    )
    return [first, *more]


def _articles(count: int, house: House) -> list[Article]:
    every, measure = house.measure.open_every, house.measure
    names = range(measure.topics)
    topics = [Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in names]
    fields = Specialty.values[: measure.specialties]
    Topic.objects.bulk_create(topics)
    articles = [
        Article(
            slug=f"article-{n}",
            tier=(Tier.A, Tier.B, Tier.C)[n // every % 3],
            specialty=fields[n // every % len(fields)],
            editor=_editor(n, house),
            standing=Standing.UNPUBLISHED,
        )
        for n in range(count)
    ]
    Article.objects.bulk_create(articles, batch_size=BATCH)
    about = Article.topics.through
    about.objects.bulk_create(
        (
            about(article_id=article.pk, topic_id=topics[n // every % len(topics)].pk)
            for n, article in enumerate(articles)
        ),
        batch_size=BATCH,
    )
    _authorships(articles, house)
    return articles


def _authorships(articles: list[Article], house: House) -> None:
    Authorship.objects.bulk_create(
        (
            Authorship(article=article, user=house.authors[n % len(house.authors)])
            for n, article in enumerate(articles)
        ),
        batch_size=BATCH,
    )


def _editor(n: int, house: House) -> User | None:
    """Every other version that is with the desk waits for the one editor."""
    turn, place = divmod(n, house.measure.open_every)
    if place:
        return house.editors[n % EDITORS]
    if turn % 2 == 0:
        return house.editor
    return None if turn % 10 == 1 else house.editors[turn % EDITORS]


def _versions(articles: list[Article], house: House) -> list[Version]:
    versions = [_version(n, row, house) for n, row in enumerate(articles)]
    Version.objects.bulk_create(versions, batch_size=BATCH)
    return versions


def _version(n: int, article: Article, house: House) -> Version:
    turn, place = divmod(n, house.measure.open_every)
    is_open = place == 0
    state = WITH_DESK[turn % 10] if is_open else OVER[n % 10]
    age = turn % 40 * DAY + n * dt.timedelta(seconds=7)
    submitted = NOW - age - (0 if is_open else 30) * DAY
    started = None if state == S.SUBMITTED else submitted + DAY
    author = house.authors[n % len(house.authors)]
    return Version(
        article=article,
        number=2 if state == S.SUBMITTED and turn % 10 == AGAIN else 1,
        state=state,
        question=f"Does {WORDS[turn % len(WORDS)]} help in condition {n}?",
        headline="It does, in the people who were studied",
        key_answer="Offer it.",
        canonical_form="imprimatur-text/1",
        sha256=f"{n:064x}",
        byline=[{"name": author.name, "credentials": "MD"}],
        submitted_by=author,
        submitted_at=submitted,
        review_started_at=started,
        decided_at=None if is_open else submitted + (5 + n % 20) * DAY,
    )


def _assignments(versions: list[Version], house: House) -> None:
    batch: list[Assignment] = []
    for n, version in enumerate(versions):
        batch += _panel(n, version, house)
        if len(batch) >= BATCH * REVIEWERS:
            _asked(batch)
            batch = []
    _asked(batch)


def _panel(n: int, version: Version, house: House) -> Iterator[Assignment]:
    """Three people; what is over has reports, what was only submitted had a panel."""
    states = PANELS[n // house.measure.open_every % len(PANELS)]
    if version.state == S.SUBMITTED:
        states = (A.WITHDRAWN, A.DECLINED, A.EXPIRED)
    elif version.state != S.UNDER_REVIEW:
        states = (A.REPORTED, A.REPORTED, A.DECLINED)
    for place, state in enumerate(states):
        yield _assignment(n * REVIEWERS + place, version, state, house)


def _assignment(
    n: int, version: Version, state: AssignmentState, house: House
) -> Assignment:
    by = version.article.editor or house.chief
    started = version.review_started_at or NOW - 60 * DAY
    is_over = state not in (A.INVITED, A.ACCEPTED)
    was_accepted = state in (A.ACCEPTED, A.REPORTED)
    due = NOW + (n % 28 - 14) * DAY + n * dt.timedelta(seconds=1)
    return Assignment(
        version=version,
        reviewer=house.reviewers[n % len(house.reviewers)],
        invited_by=by,
        state=state,
        in_specialty=n % 2 == 0,
        invited_at=started,
        respond_by=NOW + (n % 6 - 3) * DAY + n * dt.timedelta(seconds=1),
        accepted_at=started + DAY if was_accepted else None,
        due_at=(started + 14 * DAY if is_over else due) if was_accepted else None,
        ended_at=started + (4 + n % 14) * DAY if is_over else None,
    )


def _asked(batch: list[Assignment]) -> None:
    Assignment.objects.bulk_create(batch, batch_size=BATCH)
    reports = [
        Report(
            assignment=row,
            checklist={},
            vote=VOTES[row.pk % len(VOTES)],
            sha256=row.version.sha256,
            submitted_at=row.ended_at or NOW,
        )
        for row in batch
        if row.state == A.REPORTED
    ]
    Report.objects.bulk_create(reports, batch_size=BATCH)


def _mail(versions: list[Version], house: House) -> None:
    """A notice of each version that is with the desk; of some, the mail is held."""
    events = list(_events(versions[:: house.measure.open_every], house))
    Event.objects.bulk_create(events, batch_size=BATCH)
    Notification.objects.bulk_create(
        (
            Notification(recipient=house.editor, event=event, text="News", path="/")
            for event in events[::2]
        ),
        batch_size=BATCH,
    )
    owed = (_effect(n, event, house) for n, event in enumerate(events))
    Outbox.objects.bulk_create(owed, batch_size=BATCH)


def _events(versions: list[Version], house: House) -> Iterator[Event]:
    chains = [
        Chain(name=f"article:{v.article_id}", article=v.article, head_seq=1)
        for v in versions
    ]
    Chain.objects.bulk_create(chains, batch_size=BATCH)
    for chain, version in zip(chains, versions, strict=True):
        given: dict[str, Any] = {"payload": "{}", "prev": "", "hash": version.sha256}
        yield Event(
            chain=chain,
            seq=1,
            kind=Event.Kind.SUBMITTED,
            actor=house.chief,
            article=version.article,
            version=version,
            at=version.submitted_at or NOW,
            **given,
        )


def _effect(n: int, event: Event, house: House) -> Outbox:
    every = house.measure.held_every
    is_held = n % every == 0
    return Outbox(
        dedupe_key=f"mail:{n}",
        topic=Outbox.Topic.PUBLISH if n % (2 * every) else Outbox.Topic.MAIL,
        status=Outbox.Status.PARKED if is_held else Outbox.Status.DONE,
        event=event,
        recipient=house.editors[n % EDITORS],
        available_at=event.at,
    )
