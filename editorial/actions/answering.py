"""
What authors answer in a draft: reviewers' comments, the editor's requests, findings.

Typing is no deed: as with the draft itself, the history keeps it and the ledger sees
the whole when it is submitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles import characters
from articles.canonical import sha256_hex
from articles.models import FindingAnswer, Version
from editorial import ledger, linting
from editorial.errors import MovedOn, Refused
from reviews import items
from reviews.models import Comment
from reviews.states import AnswerKind

if TYPE_CHECKING:
    from editorial.models import User

ANSWER_LENGTH = 5_000
RESPONSE_LENGTH = 20_000
LETTER = "Response to the reviewers"


def answer_comment(
    version_id: int,
    *,
    by: User,
    comment_id: int,
    answer: str,
    text: str = "",
    seen: str | None = None,
) -> Comment:
    """
    Say of one item that it is done, or why it is not.

    `seen` is the stamp of the answer that the form was drawn with.
    """
    text = _bounded(text, ANSWER_LENGTH)
    _require_whole(answer, text)
    with ledger.drafting(version_id, by=by, seen=None) as version:
        comment = items.of(version).filter(pk=comment_id).first()
        if comment is None:
            message = "There is nothing to answer: it is closed, or not of this draft."
            raise Refused(message)
        same = (comment.answer, comment.answer_text) == (answer, text)
        _require_current(comment, seen, mine=same and comment.answered_by_id == by.pk)
        comment.answer, comment.answer_text = answer, text
        comment.answered_by, comment.answered_at = by, timezone.now()
        ledger.attribute(comment, by=by)
        comment.save()
    return comment


def respond(
    version_id: int, *, by: User, text: str, seen: str | None = None
) -> Version:
    """
    Write the letter to the reviewers; `seen` is the `letter_stamp` of the form's own.

    The draft's revision stays, so that a text being written beside it is not stale.
    """
    text = _bounded(text, RESPONSE_LENGTH)
    with ledger.drafting(version_id, by=by, seen=None) as version:
        if version.number == 1:
            message = (
                "Nobody has reviewed an earlier version; there is nobody to answer."
            )
            raise Refused(message)
        if seen is not None and seen != letter_stamp(version):
            raise _written_meanwhile(version, mine=version.response == text)
        version.response = text
        ledger.attribute(version, by=by, reason=LETTER)
        Version.objects.filter(pk=version.pk).update(response=text)
        Version.history.bulk_history_create([version], update=True)
    return version


def answer_finding(
    version_id: int, *, by: User, finding_id: str, reason: str, seen: str | None = None
) -> FindingAnswer:
    """Say why something that was found may stay as it is."""
    reason = _bounded(reason, ANSWER_LENGTH)
    if not reason:
        message = "Give the reason; reviewers read it."
        raise Refused(message)
    with (
        linting.ahead(version_id, by=by),
        ledger.drafting(version_id, by=by, seen=None) as version,
    ):
        found = _answerable(version, finding_id)
        answer = found.answer or FindingAnswer(version=version, finding=finding_id)
        mine = (answer.reason, answer.answered_by_id) == (reason, by.pk)
        _require_current(answer, seen, mine=mine)
        answer.code, answer.reason = found.finding.code, reason
        answer.answered_by, answer.answered_at = by, timezone.now()
        ledger.attribute(answer, by=by)
        answer.save()
    return answer


def take_back_answer(
    version_id: int, *, by: User, finding_id: str, seen: str | None = None
) -> None:
    """Leave a finding without a reason again."""
    with ledger.drafting(version_id, by=by, seen=None) as version:
        answers = FindingAnswer.objects.filter(version=version, finding=finding_id)
        answer = answers.select_related("answered_by").first()
        if answer is None:
            message = "There is no answer to take back."
            raise Refused(message)
        _require_current(answer, seen, mine=False)
        ledger.attribute(answer, by=by)
        answer.delete()


def stamp(row: Comment | FindingAnswer | None) -> str:
    """What tells one answer from the next; empty while there is none."""
    at = row.answered_at if row and row.answered_by_id else None
    return at.isoformat() if at else ""


def letter_stamp(version: Version) -> str:
    """What tells one letter from the next."""
    return sha256_hex(version.response.encode())[:16]


def _answerable(version: Version, finding_id: str) -> linting.Found:
    found = next((f for f in linting.of(version) if f.finding.id == finding_id), None)
    if found is None:
        message = "That is no longer found in the text; look at the findings again."
        raise Refused(message)
    if not found.finding.is_answerable:
        message = f"{found.finding.code} cannot be answered; mend the text."
        raise Refused(message)
    return found


def _bounded(text: str, length: int) -> str:
    text = characters.visible(text).strip()
    if len(text) > length:
        message = f"Keep it within {length:,} characters."
        raise Refused(message)
    return text


def _require_whole(answer: str, text: str) -> None:
    if answer not in AnswerKind.values:
        message = "Say whether it is done or not done."
        raise Refused(message)
    if answer == AnswerKind.NOT_DONE and not text:
        message = "Say why it is not done; the reviewers read it."
        raise Refused(message)


def _require_current(
    row: Comment | FindingAnswer, seen: str | None, *, mine: bool
) -> None:
    if seen is None or seen == stamp(row):
        return
    who = str(row.answered_by) if row.answered_by_id else "A co-author"
    raise MovedOn("Answered meanwhile", who=who, when=row.answered_at, mine=mine)


def _written_meanwhile(version: Version, *, mine: bool) -> MovedOn:
    letters = Version.history.filter(id=version.pk, history_change_reason=LETTER)
    return ledger.saved_meanwhile(
        letters.order_by("-history_id"),
        "The letter was changed meanwhile",
        mine=mine,
        nobody="A co-author",
    )
