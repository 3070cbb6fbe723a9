"""
What a further round is to a reviewer: what they read before, and what became of it.

They are told of their own reports and comments alone, and of nobody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery

from editorial import queries
from reviews.models import Assignment, Comment, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
