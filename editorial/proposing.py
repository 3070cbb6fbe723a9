"""
Whom to ask: the board ranked for one version, each with its reasons, and how many.

The order is the same for the same facts. How many to ask follows from the share of
invitations that were accepted: enough that the quorum fills nine times in ten.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from math import comb
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q, Subquery
from django.utils import timezone

from articles.vocabulary import Specialty
from editorial import matching, relations
from reviews import panel
from reviews.models import Assignment
from reviews.states import AssignmentState
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import Topic, Version
    from editorial.models import BoardMember

REMEMBERED_DAYS = 365
MOST_REMEMBERED = 40
"""The past of so many of the fittest is looked up; it orders those alike else."""

WANTED = 0.9
MOST_ASKED = 12
FEWEST_ANSWERS = 10
ASSUMED_RATE = 2 / 3
"""Until so many invitations were answered, two of three are taken to be accepted."""

A = AssignmentState


@dataclass(frozen=True, slots=True)
class Past:
    """
    What somebody did with the invitations of the last year.

    `last_version` is the last of the article's that they reviewed, `last_reviewed` the
    last that anybody did.
    """

    answered: int = 0
    accepted: int = 0
    reported: int = 0
    on_time: int = 0
    on_topic: int = 0
    last_version: int | None = None
    last_reviewed: int | None = None

    @property
    def was_in_the_last_round(self) -> bool:
        return self.last_version is not None and self.last_version == self.last_reviewed

    @property
    def timeliness(self) -> float:
        return self.on_time / self.reported if self.reported else 0.5

    @property
    def acceptance(self) -> float:
        return self.accepted / self.answered if self.answered else 0.5


@dataclass(slots=True)
class Proposal:
    """A board member, why they fit, or the one reason why they cannot be asked."""

    member: BoardMember
    unfit: str | None = None
    matches: bool = False
    topics: list[str] = field(default_factory=list)
    past: Past = Past()

    @property
    def load(self) -> int:
        return int(self.member.__dict__["load"])

    @property
    def reasons(self) -> list[str]:
        specialties = ", ".join(self.member.specialty_names) or "No specialty"
        said = [f"{specialties}, matches" if self.matches else specialties]
        if self.topics:
            said.append(f"works on {' and '.join(self.topics)}")
        if self.past.last_version:
            said.append(f"reviewed version {self.past.last_version}")
        said.append(f"{self.load} of {self.member.load_cap} open reviews")
        return said + self._record()

    def _record(self) -> list[str]:
        past, said = self.past, []
        if past.on_topic:
            said.append(f"{past.on_topic} reviewed on these topics")
        if past.reported:
            said.append(f"{past.on_time} of {past.reported} reviews in time")
        if past.answered:
            said.append(f"accepted {past.accepted} of {past.answered} invitations")
        return said

    def place(self, *, remembering: bool) -> tuple[Any, ...]:
        """What is compared, the fittest lowest."""
        cap = self.member.load_cap or 1
        name = (self.member.user.name, self.member.pk)
        fit = (not self.matches, not self.topics)
        if not remembering:
            return (*fit, self.load / cap, *name)
        past = self.past
        known = (past.last_version is None, -past.on_topic)
        return (
            *(*fit, *known, self.load / cap),
            *(-past.timeliness, -past.acceptance, *name),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How many to ask for a quorum, at which rate of acceptance, and how likely."""

    tier: str
    needed: int
    ask: int
    chance: float
    rate: float
    is_assumed: bool

    @property
    def percent(self) -> int:
        return round(self.chance * 100)

    @property
    def rate_percent(self) -> int:
        return round(self.rate * 100)


@dataclass(frozen=True, slots=True)
class Board:
    """The board before one version: who fits, who does not, and how many to ask."""

    fit: list[Proposal]
    left_out: list[Proposal]
    plans: list[Plan]

    @property
    def of_the_last_round(self) -> list[int]:
        """The fit who signed a review in the round before; they know what was asked."""
        return [p.member.user_id for p in self.fit if p.past.was_in_the_last_round]

    def plan_for(self, tier: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.tier == tier), None)


def board(version: Version) -> Board:
    """Everybody who serves and is not asked yet, the fittest first; read once."""
    known = version.__dict__
    if "board" not in known:
        known["board"] = _board(version)
    found: Board = known["board"]
    return found


def _board(version: Version) -> Board:
    members = list(relations.serving(version))
    topics = list(version.article.topics.all())
    proposals = [_weigh(member, version, topics) for member in members]
    fit = _ranked([p for p in proposals if p.unfit is None], version, topics)
    left_out = [p for p in proposals if p.unfit is not None]
    return Board(fit, left_out, plans(version, [p.past for p in fit]))


def _weigh(member: BoardMember, version: Version, topics: list[Topic]) -> Proposal:
    fields = {matching.fold(str(Specialty(s).label)) for s in member.specialties}
    return Proposal(
        member,
        unfit=relations.unfit(member, version, by=None),
        matches=version.article.specialty in member.specialties,
        topics=sorted(t.name for t in topics if matching.fold(t.name) in fields),
    )


def _ranked(
    fit: list[Proposal], version: Version, topics: list[Topic]
) -> list[Proposal]:
    fit = sorted(fit, key=lambda p: p.place(remembering=False))
    first, others = fit[:MOST_REMEMBERED], fit[MOST_REMEMBERED:]
    known = _pasts(version, [p.member.user_id for p in first], topics)
    for proposal in first:
        proposal.past = known.get(proposal.member.user_id, Past())
    return sorted(first, key=lambda p: p.place(remembering=True)) + others


def _pasts(
    version: Version, reviewers: list[int], topics: list[Topic]
) -> dict[int, Past]:
    """What these people did with what they were asked in the last year."""
    since = timezone.now() - dt.timedelta(days=REMEMBERED_DAYS)
    reported = Q(state=A.REPORTED)
    asked = Assignment.objects.filter(reviewer__in=reviewers, invited_at__gte=since)
    on_topic = Q(version__article__topics__in=topics)
    counted = (
        asked.order_by()
        .values("reviewer")
        .annotate(
            accepted=_number(Q(accepted_at__isnull=False)),
            answered=_number(
                Q(accepted_at__isnull=False) | Q(state=A.DECLINED) | _silent()
            ),
            reported=_number(reported),
            on_time=_number(reported & Q(ended_at__lte=F("due_at"))),
            on_topic=_number(reported & on_topic),
            last_version=Max(
                "version__number",
                filter=reported & Q(version__article=version.article_id),
            ),
            last_reviewed=Subquery(_last_reviewed(version)),
        )
    )
    rows: Iterable[Any] = counted
    return {row.pop("reviewer"): Past(**row) for row in rows}


def _last_reviewed(version: Version) -> QuerySet[Assignment, Any]:
    """The number of the newest version of the article that anybody reviewed."""
    reported = Assignment.objects.filter(
        version__article=version.article_id, state=A.REPORTED
    )
    return reported.order_by("-version__number").values("version__number")[:1]


def _number(of: Q) -> Count:
    return Count("pk", filter=of, distinct=True)


def _silent() -> Q:
    return Q(state=A.EXPIRED, accepted_at=None)


def plans(version: Version, pasts: Iterable[Past]) -> list[Plan]:
    """For each tier how many to ask, beside those who have been."""
    known = list(pasts)
    answered = sum(past.answered for past in known)
    is_assumed = answered < FEWEST_ANSWERS
    accepted = sum(past.accepted for past in known)
    rate = ASSUMED_RATE if is_assumed else accepted / answered
    asked = [a.state for a in panel.of(version)]
    here = asked.count(A.ACCEPTED) + asked.count(A.REPORTED)
    waiting = asked.count(A.INVITED)
    return [
        _plan(tier, quorum.reviewers - here, waiting, rate, is_assumed=is_assumed)
        for tier, quorum in QUORUM.items()
    ]


def _plan(
    tier: str, needed: int, waiting: int, rate: float, *, is_assumed: bool
) -> Plan:
    k = how_many(needed, rate)
    ask = max(k - waiting, 0)
    chance = likelihood(ask + waiting, needed, rate)
    return Plan(tier, needed, ask, chance, rate, is_assumed)


def how_many(needed: int, rate: float) -> int:
    """The fewest to ask so that enough accept with the wanted probability."""
    if needed <= 0:
        return 0
    enough = (
        k for k in range(needed, MOST_ASKED) if likelihood(k, needed, rate) >= WANTED
    )
    return next(enough, MOST_ASKED)


def likelihood(asked: int, needed: int, rate: float) -> float:
    """The probability that at least `needed` of `asked` accept, each by itself."""
    return sum(
        comb(asked, n) * rate**n * (1 - rate) ** (asked - n)
        for n in range(max(needed, 0), asked + 1)
    )
