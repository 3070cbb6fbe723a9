"""The panel of a version: everybody who was asked, with what they reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from articles.listed import hang, listed
from articles.models import Article
from articles.prepared import Prepared
from reviews import declarations
from reviews.models import Assignment, CitationCheck
from reviews.states import IN_FAVOUR, OPEN, STANDING, AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import Version


def of(version: Version) -> Sequence[Assignment]:
    """The version's assignments with their reports; read once for a version."""
    known = version.__dict__
    if "panel" not in known:
        known["panel"] = [_with(version, a) for a in ASKED(version.pk)]
    panel: list[Assignment] = known["panel"]
    return panel


def _asked(version: int) -> QuerySet[Assignment]:
    return _told(Assignment.objects.filter(version=version))


def _told(asked: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each with what they `declared` last, and whether they ever were in charge."""
    latest = declarations.of(OuterRef("reviewer"))
    in_charge = Article.history.filter(
        id=OuterRef("version__article"), editor=OuterRef("reviewer")
    )
    asked = asked.order_by("pk").annotate(
        declared=Subquery(latest.values("answers")[:1]),
        was_in_charge=Exists(in_charge),
    )
    whole = asked.select_related("report", "disclosure", "reviewer__board_member")
    return with_checks(whole)


CHECK = ("id", "key", "claim", "verdict", "locator", "note")


def with_checks(asked: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each with the sentences that its reviewer held against their sources."""
    checks = CitationCheck.objects.filter(assignment=OuterRef("pk"))
    return asked.annotate(checks_told=listed(checks, *CHECK))


def hang_checks(assignment: Assignment) -> None:
    lines = assignment.__dict__["checks_told"]
    hang(assignment, "citation_checks", CHECK, lines, back="assignment")


ASKED = Prepared(_asked, count=1)


def read(versions: Iterable[Version]) -> None:
    """The panels of many versions by one query, without the reports' own words."""
    by_version = {version.pk: version for version in versions}
    for version in by_version.values():
        begin(version)
    rows = _told(Assignment.objects.filter(version__in=by_version))
    for row in rows.defer(*WRITTEN) if by_version else ():
        version = by_version[row.version_id]
        version.__dict__["panel"].append(_with(version, row))


WRITTEN = ("report__checklist", "report__remarks", "report__note_to_editor")


def begin(version: Version) -> None:
    """A version that only now goes to review has asked nobody yet."""
    version.__dict__["panel"] = []


def forget(version: Version) -> None:
    """Let it be read anew: somebody is asked again."""
    version.__dict__.pop("panel", None)


def _with(version: Version, assignment: Assignment) -> Assignment:
    """The assignment, which knows its version and its checks without asking."""
    assignment.version = version
    hang_checks(assignment)
    return assignment


def is_in_favour(assignment: Assignment, version: Version) -> bool:
    """Whether it is a report for the version as it is, under this very hash."""
    if assignment.state != AssignmentState.REPORTED:
        return False
    report = assignment.report
    return report.sha256 == version.sha256 and report.vote in IN_FAVOUR


def is_from(assignment: Assignment, specialty: str) -> bool:
    """Whether the reviewer is of the specialty as the board knows them today."""
    member = getattr(assignment.reviewer, "board_member", None)
    return member is not None and specialty in member.specialties


def handlers(version: Version) -> set[int | None]:
    """Who is or was in charge, and whoever asked somebody to review the version."""
    asked = of(version)
    before = (a.reviewer_id for a in asked if a.__dict__.get("was_in_charge"))
    return {version.article.editor_id, *(a.invited_by_id for a in asked), *before}


def in_favour(version: Version) -> list[Assignment]:
    """The reports for the version as it is, by people who do not handle it."""
    handled_by = handlers(version)
    return [
        a
        for a in of(version)
        if is_in_favour(a, version) and a.reviewer_id not in handled_by
    ]


def is_split(version: Version) -> bool:
    """Whether of those who have reported some are in favour and some are not."""
    reported = [a for a in of(version) if a.state == AssignmentState.REPORTED]
    return len({a.report.vote in IN_FAVOUR for a in reported}) > 1


def still_open(version: Version) -> list[Assignment]:
    return [a for a in of(version) if a.state in OPEN]


def asked(version: Version) -> set[int]:
    """The reviewers who are asked, reading or done; they are not asked again."""
    return {a.reviewer_id for a in of(version) if a.state in STANDING}
