"""The thread under a comment: the reviewer who wrote it, and the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial import reports, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews.models import Reply

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.models import Assignment, Comment

TEXT_LENGTH = 5_000


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


def _open(assignment: Assignment, comment_id: int) -> Comment:
    found = reports.comments(assignment, assignment.report).filter(resolved_at=None)
    comment = found.filter(pk=comment_id).first()
    if comment is None:
        message = "That comment is closed already, or belongs to another review."
        raise Refused(message)
    return comment
