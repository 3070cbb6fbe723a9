"""
The thread under a comment: the reviewer who wrote it, and the desk.

Who wrote one in an earlier round, and reads what became of it, can end it as settled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from editorial import ledger, reports, workflow
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from reviews import items
from reviews.models import Reply

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.models import Assignment, Comment

TEXT_LENGTH = 5_000
SETTLED = "Settled, says the reviewer who wrote it."
TOLD = "Settled. The comment is closed; the desk reads that you closed it."


def reply(
    assignment_id: int, *, by: User, comment_id: int, text: str, seen: int | None = None
) -> Reply:
    """Answer a comment of a signed review while its version is under review."""
    noted = Noted()
    with taking(
        workflow.REPLY, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        comment = _open(assignment, comment_id)
        if not 0 < len(text.strip()) <= TEXT_LENGTH:
            message = f"Write an answer of at most {TEXT_LENGTH:,} characters."
            raise Refused(message)
        written = Reply.objects.create(comment=comment, author=by, text=text.strip())
        noted.facts["comment"] = comment.pk
        noted.rows.append(written)
    return written


def settle(
    assignment_id: int, *, by: User, comment_id: int, seen: int | None = None
) -> Comment:
    """
    Close one's own comment of an earlier round, as long as the text is under review.

    Who signed already may too: the report stays as it was, and this is a deed of its own.

    A decision that was drawn before is stale: its letter may still ask for it. The
    version stays as it was for everybody else, so that nothing tells its authors.
    """
    noted = Noted()
    with taking(
        workflow.SETTLE, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        comment = _carried(assignment, comment_id)
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.resolution = SETTLED
        ledger.attribute(comment, by=by)
        comment.save()
        noted.facts["comment"] = comment.pk
        noted.rows.append(comment)
    return comment


def _carried(assignment: Assignment, comment_id: int) -> Comment:
    own = items.carried(assignment).select_related("resolved_by")
    comment = own.filter(pk=comment_id).first()
    if comment is None:
        message = "That is no comment of yours from an earlier round."
        raise Refused(message)
    if comment.resolved_at:
        raise MovedOn(
            "Comment resolved",
            who=str(comment.resolved_by),
            when=comment.resolved_at,
            mine=comment.resolved_by_id == assignment.reviewer_id,
        )
    return comment


def _open(assignment: Assignment, comment_id: int) -> Comment:
    found = reports.comments(assignment, assignment.report).filter(resolved_at=None)
    comment = found.filter(pk=comment_id).first()
    if comment is None:
        message = "That comment is closed already, or belongs to another review."
        raise Refused(message)
    return comment
