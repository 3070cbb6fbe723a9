"""What a draft must answer: comments carried into it, and requests of the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, Q

from articles.states import SIGNED_OFF
from reviews.models import Comment
from reviews.states import MUST_BE_ANSWERED, CommentKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Version
    from reviews.models import Assignment

ITEM = Q(carried_from__isnull=False) | Q(kind=CommentKind.REQUEST)


def of(version: Version) -> QuerySet[Comment]:
    """The items that are still open, oldest first."""
    found = Comment.objects.filter(ITEM, version=version, resolved_at=None)
    return found.order_by("pk")


def carried(assignment: Assignment) -> QuerySet[Comment]:
    """What the reviewer said of versions before, as it stands under this one."""
    return Comment.objects.filter(
        version=assignment.version_id,
        author=assignment.reviewer_id,
        carried_from__isnull=False,
    )


def blocking() -> QuerySet[Comment]:
    """The open comments, of whichever version, that stand in the way of approval."""
    return Comment.objects.filter(kind=CommentKind.BLOCKING, resolved_at=None)


def outstanding(article_id: int) -> list[Comment]:
    """
    What no version has settled: of each comment its newest copy, if it is open.

    An editor's request is settled by the approval of the version that answers it; what
    a reviewer said stays open until somebody closes it.
    """
    newest: dict[int, Comment] = {}
    first: dict[int | None, int] = {}
    found = Comment.objects.filter(version__article=article_id)
    in_approved = ExpressionWrapper(Q(version__state__in=SIGNED_OFF), BooleanField())
    for comment in found.annotate(in_approved=in_approved).order_by("pk"):
        root = first.get(comment.carried_from_id, comment.pk)
        first[comment.pk] = root
        newest[root] = comment
    return [comment for comment in newest.values() if not _is_settled(comment)]


def _is_settled(comment: Comment) -> bool:
    """Whether it was closed, or was asked by an editor, answered and then approved."""
    if comment.resolved_at is not None:
        return True
    is_request = comment.kind == CommentKind.REQUEST
    return is_request and bool(comment.answer and comment.__dict__["in_approved"])


def unanswered(version: Version) -> QuerySet[Comment]:
    """Those that must be answered and are not."""
    waiting = of(version).filter(kind__in=MUST_BE_ANSWERED, required=True)
    return waiting.filter(answer="")


def must_be_answered(comment: Comment) -> bool:
    """Whether its authors cannot pass over it; of a request its editor says so."""
    return comment.kind in MUST_BE_ANSWERED and comment.required
