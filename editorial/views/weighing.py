"""
What there is to weigh before a decision, for the desk and the auditor alone.

Everything is told from the panel as it stands: who counts and why not, on what the
reviewers differ, how far they agree, what of the claims was checked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.lint import Weight
from articles.vocabulary import Specialty
from editorial import impartiality, letters, linting, rounds, rules, workflow
from reviews import agreement, checklist, panel
from reviews.models import Comment
from reviews.states import (
    IN_FAVOUR,
    AnswerKind,
    AssignmentState,
    CommentKind,
    Verdict,
    Vote,
)
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.models import Version
    from reviews.agreement import Agreement
    from reviews.coverage import Coverage
    from reviews.models import Assignment, CitationCheck, Recommendation

WAITING = {
    AssignmentState.INVITED: "has not answered yet",
    AssignmentState.ACCEPTED: "is reading",
    AssignmentState.DECLINED: "declined",
    AssignmentState.EXPIRED: "did not answer in time",
    AssignmentState.RECUSED: "stepped back",
    AssignmentState.WITHDRAWN: "was let go",
    AssignmentState.REOPENED: "earlier report, taken up again",
}
ANY = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One of the panel: what they said, and whether it counts, with the reason."""

    pk: int
    who: str
    state: str
    counts: bool
    why: str
    vote: str
    specialties: str
    conflict: str
    remarks: str
    note: str
    submitted_at: dt.datetime | None
    is_late: bool
    is_earlier: bool
    may_be_reopened: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which reviewers gave different answers, with each one's."""

    question: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """All that is weighed of one version."""

    version: Version
    judged: list[Judged]
    missing: list[str]
    blocked: str | None
    blocking: list[tuple[Comment, str]]
    in_favour: int
    needed: int
    specialty: str
    from_specialty: list[str]
    differences: list[Difference]
    agreement: Agreement | None
    coverage: Coverage | None
    repeated: int
    doubted: list[CitationCheck]
    open_items: list[tuple[str, int]]
    answered: list[Comment]
    findings: list[tuple[str, int, int]]
    retracted: list[str]
    advised: list[Recommendation]
    advice: Recommendation | None
    is_split: bool

    @property
    def answers(self) -> list[tuple[str, int]]:
        """How many were done, and how many not, in the words of the house."""
        said = Counter(comment.answer for comment in self.answered)
        labels = {**dict(AnswerKind.choices), ANY: "without an answer"}
        return [
            (label.lower(), said[kind]) for kind, label in labels.items() if said[kind]
        ]

    @property
    def late(self) -> list[Judged]:
        return [one for one in self.judged if one.is_late]

    @property
    def earlier(self) -> list[Judged]:
        return [one for one in self.judged if one.is_earlier]

    @property
    def others(self) -> list[Judged]:
        return [j for j in self.judged if not (j.is_late or j.is_earlier)]


def scale(version: Version) -> Scale:
    """Read it all, in as many queries whatever the number of reviewers."""
    quorum = QUORUM.get(version.article.tier)
    asked, for_it = panel.of(version), impartiality.in_favour(version)
    specialty = version.article.specialty
    reported = [a for a in asked if a.state == AssignmentState.REPORTED]
    comments = _comments(version)  # before the rules, which then know what is open
    open_items = _open_items(version)
    checks = [check for a in reported for check in a.citation_checks.all()]
    return Scale(
        version=version,
        judged=judged(version),
        missing=missing(version),
        blocked=rules.nothing_blocks(version),
        blocking=[
            (comment, _since(comment, reported)) for comment in _blocking(version)
        ],
        in_favour=len(for_it),
        needed=quorum.reviewers if quorum else 0,
        specialty=_specialty(version),
        from_specialty=[
            a.reviewer.printed_name for a in for_it if panel.is_from(a, specialty)
        ],
        differences=differences(reported),
        agreement=agreement.of([_answers(a) for a in reported]),
        coverage=_coverage(version),
        repeated=_repeated(version, reported),
        doubted=[c for c in checks if c.verdict != Verdict.SUPPORTS],
        open_items=open_items,
        answered=_answered(comments),
        findings=_findings(version),
        retracted=[c.key for c in version.citations.all() if c.work.retracted_on],
        advised=letters.advised(version),
        advice=letters.standing(version),
        is_split=panel.is_split(version),
    )


def _blocking(version: Version) -> list[Comment]:
    return [c for c in letters.said(version) if c.kind == CommentKind.BLOCKING]


def _since(comment: Comment, reported: Iterable[Assignment]) -> str:
    """The vote in favour that whoever wrote the comment has given after it, if any."""
    votes = (
        str(Vote(a.report.vote).label)
        for a in reported
        if a.reviewer_id == comment.author_id
        and a.report.vote in IN_FAVOUR
        and a.report.submitted_at > comment.created_at
    )
    return next(votes, "")


def missing(version: Version) -> list[str]:
    """Everything that stands in the way of an approval, not only the first."""
    rules = workflow.APPROVE.rules
    return [said for rule in rules if (said := rule(version))]


def differences(reported: Iterable[Assignment]) -> list[Difference]:
    """Votes first, then the lines of the checklist, where they are not all the same."""
    known = [(a.reviewer.printed_name, a.report) for a in reported]
    votes = [(who, str(Vote(report.vote).label)) for who, report in known]
    lines = [
        (item.text, [(who, _line(r.checklist, item.code)) for who, r in known])
        for item in checklist.ITEMS
    ]
    return [
        Difference(question, tuple(answers))
        for question, answers in [("Vote", votes), *lines]
        if len({answer for _, answer in answers}) > 1
    ]


def _line(answers: dict[str, str], code: str) -> str:
    return checklist.ANSWERS.get(answers.get(code, ""), "Not asked")


def _answers(assignment: Assignment) -> list[str]:
    return [assignment.report.checklist.get(i.code, ANY) for i in checklist.ITEMS]


def judged(version: Version) -> list[Judged]:
    """Everybody who was asked, in the order of asking."""
    handlers = panel.handlers(version)
    return [_one(version, asked, handlers) for asked in panel.of(version)]


def _one(version: Version, asked: Assignment, handlers: set[int | None]) -> Judged:
    report = getattr(asked, "report", None)
    declared = getattr(asked, "disclosure", None)
    why = why_not(version, asked, handlers)
    member = getattr(asked.reviewer, "board_member", None)
    return Judged(
        pk=asked.pk,
        who=asked.reviewer.printed_name,
        state=str(asked.state),
        counts=why is None,
        why=why or "counts",
        vote=str(report.get_vote_display()) if report else "",
        specialties=", ".join(member.specialty_names) if member else "",
        conflict=declared.statement if declared and declared.has_conflict else "",
        remarks=report.remarks if report else "",
        note=report.note_to_editor if report else "",
        submitted_at=report.submitted_at if report else None,
        is_late=bool(report and report.late),
        is_earlier=asked.state == AssignmentState.REOPENED,
        may_be_reopened=asked.state == AssignmentState.REPORTED,
    )


def why_not(
    version: Version, asked: Assignment, handlers: set[int | None]
) -> str | None:
    """Why a reviewer's word counts for no approval; None where it does."""
    if asked.state != AssignmentState.REPORTED:
        late = hasattr(asked, "report") and asked.report.late
        return "came late" if late else WAITING[asked.state]
    if asked.report.vote not in IN_FAVOUR:
        return "is not in favour"
    if asked.report.sha256 != version.sha256:
        return "is about other bytes"
    if asked.reviewer_id in handlers:
        return "handles the version"
    if found := impartiality.interest_of(asked):
        return f"has an interest in {' and '.join(found)}"
    return None


def _specialty(version: Version) -> str:
    specialty = version.article.specialty
    return str(Specialty(specialty).label) if specialty else ""


def _coverage(version: Version) -> Coverage | None:
    """Without claims there is nothing."""
    covered = impartiality.covered(version)
    return covered if covered.total else None


def _repeated(version: Version, reported: Iterable[Assignment]) -> int:
    """How many answers about claims are those of the same reviewer's round before."""
    said = {a.reviewer_id: a.citation_checks.all() for a in reported}
    before = rounds.checked_before(version, said) if any(said.values()) else {}
    return sum(known.repeated(said[who]) for who, known in before.items())


def _comments(version: Version) -> list[Comment]:
    """Everything said of it, read once for all who ask what of it is open."""
    rows = list(Comment.objects.filter(version=version).order_by("pk"))
    version.__dict__["said"] = [row for row in rows if row.resolved_at is None]
    return rows


def _answered(comments: Iterable[Comment]) -> list[Comment]:
    """What came with the draft to be answered, in the order of the letter."""
    asked = [c for c in comments if c.carried_from_id or c.answer]
    return sorted(asked, key=lambda c: (c.number is None, c.number or 0, c.pk))


def _open_items(version: Version) -> list[tuple[str, int]]:
    return sorted(Counter(CommentKind(kind).label for kind in _open(version)).items())


def _open(version: Version) -> list[str]:
    """The kinds of the open comments; the rules need not count the blocking again."""
    kinds = [comment.kind for comment in letters.said(version)]
    version.__dict__["blocking"] = kinds.count(CommentKind.BLOCKING)
    return kinds


def _findings(version: Version) -> list[tuple[str, int, int]]:
    """Of each weight how many findings there are, and how many have no answer."""
    found = linting.of(version)
    return [
        (weight.name.capitalize(), len(of_it), sum(f.is_open for f in of_it))
        for weight in Weight
        if (of_it := [f for f in found if f.finding.weight is weight])
    ]
