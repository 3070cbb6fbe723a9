"""
How the house is doing: how long each stage takes, who comes in time, who agrees.

Every figure is made of the newest rows, no more of them than `SAMPLE`, so that a large
library costs no more than a small one; each says of how many it was made.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.models import Version
from editorial import statements
from editorial.desk_lists import Others
from editorial.models import Publication
from editorial.statements import Part, moment
from reviews.agreement import alpha
from reviews.models import Assignment
from reviews.states import IN_FAVOUR, AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from editorial.models import User

SAMPLE = 500
AT_A_GLANCE = 100
SMALL = 20
"""Fewer than this say little; the page warns of it."""
DAY = 86_400
NINE_TENTHS = 0.9

UNANSWERED = (AssignmentState.INVITED, AssignmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many days a stage takes: half of the versions this long, nine tenths that."""

    label: str
    median: float | None
    ninetieth: float | None
    count: int

    @property
    def is_small(self) -> bool:
        return self.count < SMALL


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; no share of nothing."""

    label: str
    part: int
    count: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.count) if self.count else None

    @property
    def is_small(self) -> bool:
        return self.count < SMALL


@dataclass(frozen=True, slots=True)
class Figures:
    """`alpha` is Krippendorff's, of votes in favour or not; none if all are alike."""

    stages: list[Stage]
    shares: list[Share]
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Glance:
    """Three figures of the newest rows, for the top of the desk."""

    first_decision: Stage
    in_time: Share
    accepted: Share


def percentile(values: Sequence[float], part: float) -> float | None:
    """The smallest value that at least `part` of them do not exceed."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(part * len(values)), 1) - 1]


def stage(label: str, pairs: Iterable[tuple[dt.datetime, dt.datetime]]) -> Stage:
    days = [(end - start).total_seconds() / DAY for start, end in pairs]
    middle = statistics.median(days) if days else None
    return Stage(label, middle, percentile(days, NINE_TENTHS), len(days))


def measured(user: User, since: dt.datetime | None) -> Figures:
    """The figures since a moment, without what `user` wrote or reviewed."""
    others = Others.than(user)
    decided = _decided(others, since)
    in_time, sides = _of_reports(others, since)
    return Figures(
        [
            stage("Submitted to review", ((s, r) for s, r, _ in decided if r)),
            stage("Submitted to first decision", ((s, d) for s, _, d in decided)),
            stage("Submitted to publication", _published(others, since)),
        ],
        [_accepted(others, since), in_time, agreement(sides)],
        alpha(sides),
    )


def _decided(others: Others, since: dt.datetime | None) -> list[Any]:
    rows = _first_decisions(others)
    if since:
        rows = rows.filter(decided_at__gte=since)
    return list(
        rows.values_list("submitted_at", "review_started_at", "decided_at")[:SAMPLE]
    )


def _first_decisions(others: Others) -> QuerySet[Version]:
    found = Version.objects.filter(
        others.of(Version),
        number=1,
        decided_at__isnull=False,
    )
    return found.order_by("-decided_at")


def _published(others: Others, since: dt.datetime | None) -> list[Any]:
    rows = Publication.objects.filter(others.of(Publication))
    if since:
        rows = rows.filter(published_at__gte=since)
    newest = rows.order_by("-published_at")[:SAMPLE]
    return list(newest.values_list("version__submitted_at", "published_at"))


def _accepted(others: Others, since: dt.datetime | None) -> Share:
    rows = _answered(others)
    if since:
        rows = rows.filter(invited_at__gte=since)
    answers = list(rows.values_list("accepted_at", flat=True)[:SAMPLE])
    return _taken(answers)


def _answered(others: Others) -> QuerySet[Assignment]:
    """Excluded by what they are not, so that they are read by their day."""
    found = Assignment.objects.filter(others.of(Assignment))
    return found.exclude(state__in=UNANSWERED).order_by("-invited_at")


def _taken(answers: Sequence[object]) -> Share:
    taken = sum(answer is not None for answer in answers)
    return Share("Invitations accepted", taken, len(answers))


def _of_reports(
    others: Others, since: dt.datetime | None
) -> tuple[Share, list[list[bool]]]:
    """Reports in time; and of each version, whether its reports are in favour."""
    rows = _reported(others)
    if since:
        rows = rows.filter(ended_at__gte=since)
    named = ("due_at", "ended_at", "version", "report__vote")
    found = list(rows.values_list(*named)[:SAMPLE])
    in_time = _in_time([(due, ended) for due, ended, _, _ in found])
    return in_time, sides([(version, vote) for _, _, version, vote in found])


def _reported(others: Others) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(
        others.of(Assignment), state=AssignmentState.REPORTED
    )
    return found.order_by("-ended_at")


def _in_time(pairs: Sequence[tuple[Any, Any]]) -> Share:
    promised = [(due, ended) for due, ended in pairs if due and ended]
    kept = sum(ended <= due for due, ended in promised)
    return Share("Reviews in time", kept, len(promised))


def sides(votes: Iterable[tuple[int, str]]) -> list[list[bool]]:
    """Of each version, which of its reports are in favour."""
    by_version: dict[int, list[bool]] = {}
    for version, vote in votes:
        by_version.setdefault(version, []).append(vote in IN_FAVOUR)
    return list(by_version.values())


def agreement(found: Iterable[Sequence[bool]]) -> Share:
    """
    Pairs of reports on the same version that are both in favour, or both not.

    It is the plain share, not corrected for what chance alone would make agree.
    """
    pairs = [
        one == other
        for reports in found
        for one, other in itertools.combinations(reports, 2)
    ]
    return Share("Pairs of reviewers who agree", sum(pairs), len(pairs))


def glance(user: User) -> Glance:
    """Three figures of the newest hundred rows each, by one statement."""
    few, others = slice(AT_A_GLANCE), Others.than(user)
    decided = _first_decisions(others).values_list("submitted_at", "decided_at")[few]
    reported = _reported(others).values_list("due_at", "ended_at")[few]
    answered = _answered(others).values_list("invited_at", "accepted_at")[few]
    parts = [
        Part("decided", "k.submitted_at, k.decided_at", decided),
        Part("reported", "k.due_at, k.ended_at", reported),
        Part("answered", "k.invited_at, k.accepted_at", answered),
    ]
    found: dict[str, list[Any]] = {part.code: [] for part in parts}
    for code, start, end in statements.asked(parts, types="timestamptz timestamptz"):
        found[code].append((start and moment(start), end and moment(end)))
    return Glance(
        stage("Submitted to first decision", found["decided"]),
        _in_time(found["reported"]),
        _taken([taken for _, taken in found["answered"]]),
    )
