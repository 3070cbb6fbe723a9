"""What reviewers do: accept, decline, step back, report and sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from articles.models import Version
from editorial import ledger, proof, roles, shopfront, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews import checklist, panel, signing
from reviews.models import Assignment, Comment, Disclosure, Report
from reviews.states import REMARKS, Meaning, Vote
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.models import User

STATEMENT = "I reviewed the text with this hash and stand by my report."
TEXT_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of a report; `passage` quotes the text it is about."""

    kind: str
    text: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reviewer found: checklist answers by code, vote, remarks, a note."""

    checklist: dict[str, str]
    vote: str
    remarks: str = ""
    note_to_editor: str = ""
    comments: tuple[Remark, ...] = ()


def accept(
    assignment_id: int,
    *,
    by: User,
    has_conflict: bool | None,
    statement: str = "",
    seen: int | None = None,
) -> Assignment:
    """Accept an invitation, with a statement about conflicts of interest."""
    if has_conflict is None:
        message = "Say whether you have a conflict of interest; “none” is an answer."
        raise Refused(message)
    if has_conflict and not statement.strip():
        message = "Name the conflict of interest."
        raise Refused(message)
    noted = Noted()
    with taking(
        workflow.ACCEPT, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        days = QUORUM[assignment.version.article.tier].review_days
        assignment.accept(due_at=timezone.now() + dt.timedelta(days=days))
        disclosure = Disclosure.objects.create(
            assignment=assignment,
            has_conflict=has_conflict,
            statement=statement.strip() if has_conflict else "",
        )
        noted.rows.append(disclosure)
    return assignment


def decline(
    assignment_id: int, *, by: User, reason: str, seen: int | None = None
) -> Assignment:
    """Decline an invitation."""
    with taking(
        workflow.DECLINE, assignment_id, by=by, reason=reason, seen=seen
    ) as assignment:
        assignment.decline(reason=reason)
    return assignment


def recuse(
    assignment_id: int, *, by: User, reason: str, seen: int | None = None
) -> Assignment:
    """Step back after accepting."""
    with taking(
        workflow.RECUSE, assignment_id, by=by, reason=reason, seen=seen
    ) as assignment:
        assignment.recuse(reason=reason)
    return assignment


def report(
    assignment_id: int,
    *,
    by: User,
    findings: Findings,
    proven: proof.Proof,
    seen: int | None = None,
) -> Report:
    """Hand in a review, signed under the hash of the version it is about."""
    proof.require(proven, by)
    _check(findings)
    noted = Noted()
    with taking(
        workflow.REPORT, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        assignment.conclude()
        filed = _file(assignment, findings)
        signer = signing.Signer(by.pk, by.printed_name, roles.REVIEWER)
        signature = signing.sign(
            assignment.version,
            signer=signer,
            meaning=Meaning.REVIEW,
            statement=STATEMENT,
            policy="",
        )
        noted.rows.append(filed)
        noted.facts |= {"vote": filed.vote, "signature": signature.value}
        noted.rows += _comment(assignment.version, findings.comments, by=by)
        _touch(assignment.version, noted=noted)
    return filed


def let_go(version: Version, *, by: User, noted: Noted) -> None:
    """End the open assignments of a version that leaves review."""
    for assignment in panel.still_open(version):
        assignment.withdraw(reason="The version left review.")
        ledger.attribute(assignment, by=by)
        assignment.save()
        noted.rows.append(assignment)


def _check(findings: Findings) -> None:
    if objection := checklist.objection(findings.checklist, _words(findings)):
        raise Refused(objection)
    if findings.vote not in Vote.values:
        message = "Choose your vote."
        raise Refused(message)
    if findings.vote in (Vote.CHANGES, Vote.REJECT) and not _words(findings):
        message = "Say what must change, in the remarks or in a comment."
        raise Refused(message)
    passages = "".join(c.passage for c in findings.comments)
    for text in (findings.note_to_editor, _words(findings), passages):
        if len(text) > TEXT_LENGTH:
            message = f"Keep remarks within {TEXT_LENGTH:,} characters."
            raise Refused(message)
    if any(c.kind not in REMARKS for c in findings.comments):
        message = "A comment is a question, a suggestion or blocking."
        raise Refused(message)


def _words(findings: Findings) -> str:
    return "\n".join([findings.remarks, *(c.text for c in findings.comments)]).strip()


def _file(assignment: Assignment, findings: Findings) -> Report:
    return Report.objects.create(
        assignment=assignment,
        checklist={
            line.code: findings.checklist[line.code] for line in checklist.ITEMS
        },
        vote=findings.vote,
        remarks=findings.remarks.strip(),
        note_to_editor=findings.note_to_editor.strip(),
        sha256=assignment.version.sha256,
    )


def _comment(
    version: Version, remarks: tuple[Remark, ...], *, by: User
) -> Iterator[Comment]:
    for remark in remarks:
        if not remark.text.strip():
            continue
        comment = Comment(
            version=version,
            author=by,
            kind=remark.kind,
            text=remark.text.strip(),
            passage=remark.passage.strip(),
        )
        ledger.attribute(comment, by=by)
        comment.save()
        yield comment


def _touch(version: Version, *, noted: Noted) -> None:
    """Count the version on, so that a decision drawn before this report is stale."""
    Version.objects.filter(pk=version.pk).update(revision=F("revision") + 1)
    version.revision += 1
    shopfront.refresh(version, noted=noted)
