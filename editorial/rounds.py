"""
What a further round is to a reviewer: what they read before, and what became of it.

They are told of their own reports and comments alone, and of nobody else's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, OuterRef, Q, Subquery

from articles.models import Citation
from editorial import queries
from reviews.models import Assignment, CitationCheck, Comment, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import Version
    from editorial.reports import Check

    Checked = Check | CitationCheck


def annotated(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """These assignments, each with what `told` and `reviewed_before` say of it."""
    own = Comment.objects.filter(
        version=OuterRef("version"),
        author=OuterRef("reviewer"),
        carried_from__isnull=False,
    ).order_by()
    answered = Count("pk", filter=~Q(answer=""))
    counted = own.values("version").annotate(n=answered)
    return found.annotate(
        round=queries.round_of_assignment(),
        reviewed_before=_reviewed_before(),
        answered_since=Subquery(counted.values("n")),
    )


def _reviewed_before() -> Subquery:
    """The number of the version that this reviewer signed a review of last."""
    signed = Report.objects.filter(
        assignment__reviewer=OuterRef("reviewer"),
        assignment__version__article=OuterRef("version__article"),
        assignment__version__number__lt=OuterRef("version__number"),
        late=False,
    )
    newest = signed.annotate(number=F("assignment__version__number"))
    return Subquery(newest.order_by("-number").values("number")[:1])


def reviewed_before(assignment: Assignment) -> int | None:
    """The number of the version before that they reviewed, if any."""
    number: int | None = assignment.__dict__["reviewed_before"]
    return number


def told(assignment: Assignment) -> str:
    """In a sentence, such as “Round 2; you reviewed version 1.”; nothing in the first."""
    if assignment.__dict__["round"] == 1:
        return ""
    said = [f"Round {assignment.__dict__['round']}"]
    if number := reviewed_before(assignment):
        said.append(f"you reviewed version {number}")
    if count := assignment.__dict__["answered_since"]:
        one = "1 of your comments was answered"
        said.append(one if count == 1 else f"{count} of your comments were answered")
    return f"{'; '.join(said)}."


class Former(NamedTuple):
    """What a reviewer said of a claim before."""

    verdict: str
    locator: str
    note: str


@dataclass(frozen=True, slots=True)
class Before:
    """
    What a reviewer said of claims in their review of the version with this number.

    Only of those whose work the later version cites by the same key, with the same
    record, and which nobody retracted; by key and sentence, as claims are named.
    """

    number: int
    said: dict[tuple[str, str], Former] = field(default_factory=dict)

    def repeats(self, check: Checked) -> bool:
        """Whether a check says again what was said before of the same claim."""
        said = self.said.get((check.key, check.claim))
        return said == Former(check.verdict, check.locator, check.note)

    def repeated(self, checks: Iterable[Checked]) -> int:
        return sum(self.repeats(check) for check in checks)


def checked_before(version: Version, reviewers: Iterable[int]) -> dict[int, Before]:
    """What each reviewer said of claims in the last version that they reviewed."""
    if version.number == 1:
        return {}
    found: dict[int, Before] = {}
    for check in _checks_before(version, reviewers):
        known = check.__dict__
        before = found.setdefault(known["reviewer"], Before(known["number"]))
        if _cites_the_same(known):
            said = Former(check.verdict, check.locator, check.note)
            before.said[check.key, check.claim] = said
    return found


def _cites_the_same(known: dict[str, object]) -> bool:
    was, now = ((known[f"work_{at}"], known[f"csl_{at}"]) for at in ("was", "now"))
    return now[0] is not None and was == now


def _checks_before(
    version: Version, reviewers: Iterable[int]
) -> QuerySet[CitationCheck]:
    newest = Report.objects.filter(
        assignment__reviewer=OuterRef("assignment__reviewer"),
        assignment__version__article=version.article_id,
        assignment__version__number__lt=version.number,
        late=False,
    ).order_by("-assignment__version__number", "-pk")
    cited = Citation.objects.filter(key=OuterRef("key"))
    was = cited.filter(version=OuterRef("assignment__version"))
    now = cited.filter(version=version, work__retracted_on=None)
    return CitationCheck.objects.filter(
        assignment__reviewer__in=list(reviewers),
        assignment__report=Subquery(newest.values("pk")[:1]),
    ).annotate(
        reviewer=F("assignment__reviewer"),
        number=F("assignment__version__number"),
        work_was=Subquery(was.values("work")),
        work_now=Subquery(now.values("work")),
        csl_was=Subquery(was.values("csl")),
        csl_now=Subquery(now.values("csl")),
    )
