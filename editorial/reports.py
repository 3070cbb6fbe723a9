"""What a reviewer hands in: what it is made of, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, Q, Subquery

from articles import freezing
from reviews import anchors, checklist, coverage
from reviews.anchors import Selector
from reviews.models import Comment, Report
from reviews.models.reports import LOCATOR_LENGTH
from reviews.states import IN_FAVOUR, REMARKS, CommentKind, Verdict, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from articles.models import Version
    from reviews.coverage import Claim, Coverage
    from reviews.models import Assignment, CitationCheck

TEXT_LENGTH = 20_000
MOST_COMMENTS = 300
TO_SETTLE = (
    "What you signed before and is mended now you can call settled beside your comment, "
    "before you sign this review or after."
)


def put_instead(replacement: str) -> str:
    """What a suggestion says that says nothing but its replacement."""
    return f"Put “{replacement.strip()}” there instead."


@dataclass(frozen=True, slots=True)
class Remark:
    """
    A comment of a report; `passage` quotes the text it is about.

    `part`, `prefix`, `suffix` and `start` say where in the text that is; `replacement`
    is what a suggestion would put there, `criterion` the line of the checklist failed.
    """

    kind: str
    text: str
    passage: str = ""
    part: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    replacement: str = ""
    criterion: str = ""

    @property
    def words(self) -> str:
        """What is said, in words of the house where the reviewer used none."""
        return self.text.strip() or put_instead(self.replacement)

    @property
    def selector(self) -> Selector:
        return Selector(self.passage, self.prefix, self.suffix, self.start)


@dataclass(frozen=True, slots=True)
class Check:
    """What a cited work says of one claim, and where in the work."""

    key: str
    claim: str
    verdict: str
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reviewer found: checklist answers by code, vote, remarks, a note."""

    checklist: dict[str, str]
    vote: str
    remarks: str = ""
    note_to_editor: str = ""
    comments: tuple[Remark, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def words(self) -> str:
        return "\n".join([self.remarks, *(c.text for c in self.comments)]).strip()


def passed_over(
    vote: str, *, blocking: int, failed: Sequence[str], earlier: int = 0
) -> str:
    """
    What of their own a vote in favour passes over, in a sentence; empty for none.

    `earlier` are the blocking comments of reports before, which are still open.
    """
    if vote not in IN_FAVOUR or not (blocking or failed or earlier):
        return ""
    own = [f"{_blocking(blocking)} of your own"] if blocking else []
    own += (
        [f"{_blocking(earlier)} that you signed before, still open"] if earlier else []
    )
    lines = " and ".join(f"“{line}”" for line in failed)
    own += [f"your “No” to {lines}"] if failed else []
    said = f"You vote “{Vote(vote).label}” over {' and '.join(own)}."
    return f"{said} {TO_SETTLE}" if earlier else said


def _blocking(comments: int) -> str:
    return f"{comments} blocking comment{'' if comments == 1 else 's'}"


def asked(version: Version, claims: Sequence[Claim]) -> str:
    """How many claims the tier asks for, in words; empty where there is no tier."""
    tier = str(version.article.tier)
    return f"tier {tier} asks for {coverage.least(tier, claims)}" if tier else ""


def objection(findings: Findings) -> str | None:
    """Why these findings cannot be signed, whatever the text; None if they can."""
    return (
        checklist.objection(findings.checklist)
        or _without_a_vote(findings)
        or _too_long(findings)
        or _strange(findings)
    )


def _without_a_vote(findings: Findings) -> str | None:
    if findings.vote not in Vote.values:
        return "Choose your vote."
    return unexplained(findings)


def unexplained(findings: Findings) -> str | None:
    """Why this vote needs words; None where it has them or needs none."""
    if findings.vote in (Vote.CHANGES, Vote.REJECT) and not findings.words:
        return "Say what must change, in the remarks or in a comment."
    return None


def _too_long(findings: Findings) -> str | None:
    comments, checks = findings.comments, findings.checks
    quoted = "".join(c.passage + c.replacement for c in comments)
    texts = (findings.note_to_editor, findings.words, quoted)
    if any(len(text) > TEXT_LENGTH for text in texts):
        return f"Keep remarks within {TEXT_LENGTH:,} characters."
    if sum(len(check.note) for check in checks) > TEXT_LENGTH:
        return f"Keep all notes on claims within {TEXT_LENGTH:,} characters together."
    if len(comments) > MOST_COMMENTS:
        return f"Keep to {MOST_COMMENTS} comments."
    if any(len(check.locator) > LOCATOR_LENGTH for check in checks):
        return f"Keep each place in a work within {LOCATOR_LENGTH} characters."
    return None


def _strange(findings: Findings) -> str | None:
    if any(c.kind not in REMARKS for c in findings.comments):
        return "A comment is a question, a suggestion or blocking."
    replacing = (c for c in findings.comments if c.replacement)
    if any(c.kind != CommentKind.SUGGESTION for c in replacing):
        return "Only a suggestion puts other words in place of a passage."
    known = {"", *(item.code for item in checklist.ITEMS)}
    if any(c.criterion not in known for c in findings.comments):
        return "A comment names a line that the checklist does not have."
    if any(check.verdict not in Verdict.values for check in findings.checks):
        return "Say of each work whether it supports the claim."
    return None


def about(version: Version, findings: Findings) -> str | None:
    """Why these findings cannot be signed about this text; None if they can."""
    if missing := _unshown(findings.checklist, findings.comments):
        return next(iter(missing.values()))
    if not findings.checks:
        return None
    names = [(check.key, check.claim) for check in findings.checks]
    if len(set(names)) < len(names):
        return "A claim is checked twice against the same work."
    if set(names) - {claim.name for claim in claims(version)}:
        return "A claim that was checked does not stand in this text."
    return None


def unshown(
    version: Version, answers: Mapping[str, str], remarks: Iterable[Remark]
) -> dict[str, str]:
    """What is asked of each line that fails at no passage of this text, by its code."""
    failed = [r for r in remarks if answers.get(r.criterion) == "no"]
    return _unshown(answers, anchored(version, failed))


def _unshown(answers: Mapping[str, str], remarks: Iterable[Remark]) -> dict[str, str]:
    shown = {remark.criterion for remark in remarks if remark.start is not None}
    return checklist.unshown(answers, shown)


def anchored(version: Version, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """
    The remarks that say something, each at its passage in the text.

    Words that do not stand in the text stay as they were quoted, without a place.
    """
    said = [remark for remark in remarks if remark.text.strip() or remark.replacement]
    texts = parts(version) if any(remark.passage for remark in said) else {}
    return tuple(_anchored(remark, texts) for remark in said)


def _anchored(remark: Remark, texts: Mapping[str, str]) -> Remark:
    found = anchors.find(remark.selector, texts, remark.part)
    if found is None:
        quoted = remark.passage.strip()
        return replace(
            remark, passage=quoted, part="", prefix="", suffix="", start=None
        )
    made = anchors.select(texts[found.part], found.span.start, found.span.end)
    return replace(
        remark,
        passage=made.exact,
        part=found.part,
        prefix=made.prefix,
        suffix=made.suffix,
        start=made.start,
    )


def comments(assignment: Assignment, report: Report) -> QuerySet[Comment]:
    """Those of one report; who is asked again writes further ones of the same text."""
    found = Comment.objects.filter(
        version=assignment.version_id,
        author=assignment.reviewer_id,
        carried_from=None,
        kind__in=REMARKS,
        created_at__gte=report.submitted_at,
    )
    later = Report.objects.filter(
        assignment__version=assignment.version_id,
        assignment__reviewer=assignment.reviewer_id,
        submitted_at__gt=report.submitted_at,
    )
    before = Q(
        created_at__lt=Subquery(
            later.order_by("submitted_at").values("submitted_at")[:1]
        )
    )
    return found.filter(before | ~Exists(later)).order_by("pk")


def parts(version: Version) -> dict[str, str]:
    """The plain text of each part of the version, in which comments are anchored."""
    return anchors.parts(version.key_answer, *_bodies(version))


def claims(version: Version) -> list[Claim]:
    return coverage.claims(version.key_answer, *_bodies(version))


def weigh(version: Version, checks: Iterable[CitationCheck]) -> Coverage:
    """What these checks amount to; a work that nobody could open is not checked."""
    opened = {(c.key, c.claim) for c in checks if c.verdict != Verdict.NOT_ACCESSIBLE}
    return coverage.of(str(version.article.tier), claims(version), opened)


def _bodies(version: Version) -> tuple[dict[str, str], str]:
    freezing.read_renditions(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    return bodies, str(version.audience)
