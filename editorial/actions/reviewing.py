"""What reviewers do: accept, decline, step back, report and sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, astuple, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Version
from editorial import (
    impartiality,
    ledger,
    matching,
    proof,
    reports,
    roles,
    rounds,
    shopfront,
    workflow,
)
from editorial.actions import interests as interests_of
from editorial.actions import inviting, jotting
from editorial.errors import Conflicted, MovedOn, Refused
from editorial.ledger import Noted, taking
from reviews import checklist, interests, panel, signing
from reviews.models import Assignment, CitationCheck, Comment, Disclosure, Report
from reviews.states import AssignmentState, CommentKind, Meaning
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.actions.jotting import Window
    from editorial.models import User
    from editorial.reports import Check, Findings, Remark
    from reviews.interests import Answers
    from reviews.models import Signature

STATEMENT = "I reviewed the text with this hash and stand by my report."
CHECKED = ("key", "claim", "verdict", "locator", "note")


def accept(
    assignment_id: int,
    *,
    by: User,
    answers: Answers,
    declare: bool = False,
    seen: int | None = None,
) -> Assignment:
    """
    Accept an invitation, having answered for each line of interests.

    With `declare` the answers are a general declaration as well. Whoever names what
    the text is about cannot accept; that they named it is kept, and the editor told.
    """
    interests_of.require(answers, interests.LINES)
    said, noted = interests.clean(answers), Noted()
    try:
        with taking(
            workflow.ACCEPT, assignment_id, by=by, seen=seen, noted=noted
        ) as assignment:
            _require_declared(assignment, said, by=by, declare=declare)
            _require_free(assignment, said)
            days = QUORUM[assignment.version.article.tier].review_days
            assignment.accept(due_at=timezone.now() + dt.timedelta(days=days))
            noted.rows.append(_disclose(assignment, said))
    except Conflicted as conflict:
        _keep(conflict, assignment_id, said, by=by)
        raise
    return assignment


def _require_declared(
    assignment: Assignment, said: Answers, *, by: User, declare: bool
) -> None:
    if declare:
        interests_of.record(by=by, answers=said)
    elif objection := impartiality.who_acts_has_declared(assignment):
        raise Refused(objection)


def _require_free(assignment: Assignment, said: Answers) -> None:
    declared = assignment.__dict__["asker_declared"]
    if found := matching.found(assignment.version, said, declared):
        raise Conflicted(found)


def _keep(conflict: Conflicted, assignment_id: int, said: Answers, *, by: User) -> None:
    """The acceptance never happened; what was declared with it did."""
    noted = Noted(facts={"touches": conflict.names})
    with taking(
        workflow.DECLARE_CONFLICT, assignment_id, by=by, noted=noted
    ) as assignment:
        noted.rows.append(_disclose(assignment, said, also=conflict.names))


def _disclose(
    assignment: Assignment, said: Answers, *, also: list[str] | None = None
) -> Disclosure:
    named = f"The text is about {', '.join(also or ()).rstrip('.')}." if also else ""
    return Disclosure.objects.create(
        assignment=assignment,
        has_conflict=bool(also) or interests.has_any(said),
        statement=f"{interests.statement(said)} {named}".strip(),
        answers=said,
    )


def decline(
    assignment_id: int,
    *,
    by: User,
    reason: str,
    suggested: str = "",
    seen: int | None = None,
) -> Assignment:
    """Decline an invitation, perhaps naming somebody who could review instead."""
    noted = Noted()
    with taking(
        workflow.DECLINE, assignment_id, by=by, reason=reason, seen=seen, noted=noted
    ) as assignment:
        assignment.decline(reason=reason)
        assignment.suggested = suggested.strip()
        inviting.step_in(assignment, noted=noted)
    return assignment


def recuse(
    assignment_id: int, *, by: User, reason: str, seen: int | None = None
) -> Assignment:
    """Step back after accepting."""
    noted = Noted()
    with taking(
        workflow.RECUSE, assignment_id, by=by, reason=reason, seen=seen, noted=noted
    ) as assignment:
        assignment.recuse(reason=reason)
        inviting.step_in(assignment, noted=noted)
    return assignment


def report(
    assignment_id: int,
    *,
    by: User,
    findings: Findings,
    proven: proof.Proof,
    seen: int | None = None,
    window: Window | None = None,
) -> Report:
    """
    Hand in a review, signed under the hash of the version it is about.

    Nothing is signed from a `window` after another one has saved other words. The same
    review handed in again is the report that was signed, not another one.
    """
    proof.require(proven, by)
    if objection := reports.objection(findings):
        raise Refused(objection)
    try:
        return _report(
            assignment_id, by=by, findings=findings, seen=seen, window=window
        )
    except MovedOn as error:
        signed = _signed(assignment_id, findings, by=by) if error.mine else None
        if signed is None:
            error.mine = False  # what it says is not what was signed
            raise
        return signed


def _report(
    assignment_id: int,
    *,
    by: User,
    findings: Findings,
    seen: int | None,
    window: Window | None,
) -> Report:
    noted, read = Noted(), _read(assignment_id, findings)
    remarks = reports.anchored(read, findings.comments)
    findings = replace(findings, comments=remarks)
    objection = reports.about(read, findings)
    with taking(
        workflow.REPORT, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        if read.pk and assignment.version.sha256 != read.sha256:
            raise ledger.moved_on(workflow.REPORT, assignment, by=by)
        if window:
            jotting.hold(assignment, window)
        if objection:
            raise Refused(objection)
        assignment.conclude()
        filed = _file(assignment, findings)
        signature = _sign(assignment, by=by)
        noted.rows.append(filed)
        noted.facts |= {"vote": filed.vote, "signature": signature.value}
        if findings.checks:
            noted.facts |= _claims(assignment, findings.checks)
        noted.rows += _comment(assignment.version, remarks, by=by)
        noted.rows += _check(assignment, findings.checks)
        _touch(assignment.version, noted=noted)
    return filed


def _claims(assignment: Assignment, checks: tuple[Check, ...]) -> dict[str, int]:
    """How many claims were checked, and how many with the words of the round before."""
    own = assignment.reviewer_id
    before = rounds.checked_before(assignment.version, [own]).get(own)
    repeated = before.repeated(checks) if before else 0
    facts = {"claims_checked": len(checks)}
    return facts | ({"claims_as_before": repeated} if repeated else {})


def _read(assignment_id: int, findings: Findings) -> Version:
    """
    The text that a report is about, read before anybody is kept waiting.

    To find the places of many comments takes a while, and the text is sealed. A report
    that speaks of no place in it needs none of it.
    """
    if not findings.comments and not findings.checks:
        return Version()
    asked = Assignment.objects.select_related("version")
    return asked.get(pk=assignment_id).version


def report_late(
    assignment_id: int, *, by: User, findings: Findings, seen: int | None = None
) -> Report:
    """
    Keep a review that nobody awaits any longer.

    The version has left review meanwhile, or the reviewer was replaced. It is not
    signed: a signature says that a decision could rest on it, and the public counts
    them. Its comments are kept in its remarks, because nothing that nobody weighed
    becomes an item for the authors.
    """
    if objection := reports.objection(findings):
        raise Refused(objection)
    noted = Noted()
    with taking(
        workflow.REPORT_LATE, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        filed = _file(assignment, _in_prose(findings), late=True)
        noted.rows.append(filed)
        noted.facts["vote"] = filed.vote
    return filed


def _in_prose(findings: Findings) -> Findings:
    comments = (c for c in findings.comments if c.text.strip() or c.replacement)
    said = [_quoted(remark) for remark in comments]
    return replace(findings, remarks="\n\n".join([findings.remarks.strip(), *said]))


def _quoted(remark: Remark) -> str:
    kind = str(CommentKind(remark.kind).label)
    about = f", on “{remark.passage.strip()}”" if remark.passage.strip() else ""
    return f"{kind}{about}: {remark.words}"


def _sign(assignment: Assignment, *, by: User) -> Signature:
    return signing.sign(
        assignment.version,
        signer=signing.Signer(by.pk, by.printed_name, roles.REVIEWER),
        meaning=Meaning.REVIEW,
        statement=STATEMENT,
        policy="",
        number=assignment.__dict__["reported_before"] + 1,
    )


def _signed(assignment_id: int, findings: Findings, *, by: User) -> Report | None:
    """The report that says exactly this, if it is signed and stands."""
    filed = Report.objects.filter(
        assignment=assignment_id,
        assignment__reviewer=by,
        assignment__state=AssignmentState.REPORTED,
    )
    report = filed.select_related("assignment__version").first()
    if report is None:
        return None
    version = report.assignment.version
    written = reports.comments(report.assignment, report)
    kept = [(c.kind, c.text, c.passage, c.replacement) for c in written.order_by("pk")]
    remarks = reports.anchored(version, findings.comments)
    sent = [(r.kind, r.words, r.passage, r.replacement) for r in remarks]
    checked = report.assignment.citation_checks.values_list(*CHECKED)
    same = _said(report) == _said(_filing(report.assignment, findings))
    checks = {astuple(check) for check in findings.checks}
    return report if same and kept == sent and set(checked) == checks else None


def _said(report: Report) -> tuple[object, ...]:
    return report.checklist, report.vote, report.remarks, report.note_to_editor


def let_go(version: Version, *, by: User, noted: Noted) -> None:
    """End the open assignments of a version that leaves review."""
    for assignment in panel.still_open(version):
        assignment.withdraw(reason="The version left review.")
        ledger.attribute(assignment, by=by)
        assignment.save()
        noted.rows.append(assignment)


def _file(assignment: Assignment, findings: Findings, *, late: bool = False) -> Report:
    filed = _filing(assignment, findings, late=late)
    filed.save(force_insert=True)
    return filed


def _filing(
    assignment: Assignment, findings: Findings, *, late: bool = False
) -> Report:
    return Report(
        assignment=assignment,
        checklist={
            line.code: findings.checklist[line.code] for line in checklist.ITEMS
        },
        vote=findings.vote,
        remarks=findings.remarks.strip(),
        note_to_editor=findings.note_to_editor.strip(),
        sha256=assignment.version.sha256,
        late=late,
    )


def _comment(
    version: Version, remarks: tuple[Remark, ...], *, by: User
) -> Iterator[Comment]:
    for remark in remarks:
        fields = asdict(remark) | {"text": remark.words}
        comment = Comment(version=version, author=by, **fields)
        ledger.attribute(comment, by=by)
        comment.save()
        yield comment


def _check(assignment: Assignment, checks: tuple[Check, ...]) -> list[CitationCheck]:
    rows = (CitationCheck(assignment=assignment, **asdict(check)) for check in checks)
    return CitationCheck.objects.bulk_create(rows)


def _touch(version: Version, *, noted: Noted) -> None:
    """Count the version on, so that a decision drawn before this report is stale."""
    version.count_on()
    shopfront.refresh(version, noted=noted)
