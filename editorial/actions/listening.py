"""What readers say is wrong: taken down without an account, closed by the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.models import Version
from editorial import workflow
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from editorial.models import ReaderReport

if TYPE_CHECKING:
    from editorial.models import User

STILL_OPEN = "It is open. Close it as one about a person, and its words are deleted."
EMPTY = "Its words are deleted already."


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader wrote: where, what, and an address if they left one."""

    text: str
    where: str = ""
    email: str = ""


def hear(version: Version, said: Said) -> ReaderReport:
    """Keep it for the desk; the same words sent twice, or at once, are kept once."""
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)  # one at a time
        return _heard(version, said)


def _heard(version: Version, said: Said) -> ReaderReport:
    waiting = ReaderReport.objects.filter(version=version, closed_at=None)
    same = waiting.filter(text=said.text, where=said.where, email=said.email)
    return same.first() or ReaderReport.objects.create(
        article_id=version.article_id,
        version=version,
        text=said.text,
        where=said.where,
        email=said.email,
    )


def close_reader_report(
    report_id: int, *, by: User, disposition: str, reason: str, seen: int | None = None
) -> ReaderReport:
    """
    Say what became of a report, for the record; the reader's address is deleted.

    So are the words of one that is about a person.

    Raises MovedOn when somebody closed it before.
    """
    report = ReaderReport.objects.get(pk=report_id)
    noted = Noted(facts={"report": report.pk, "disposition": disposition})
    with taking(
        workflow.CLOSE_READER_REPORT,
        report.article_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ):
        report = _still_open(report_id, by=by)
        report.disposition, report.reason = disposition, reason
        report.closed_by, report.closed_at = by, timezone.now()
        report.email = ""
        if disposition == ReaderReport.Disposition.PERSONAL:
            report.text = report.where = ""
        report.save()
        noted.rows.append(report)
        noted.version = report.version
    return report


def empty_reader_report(
    report_id: int, *, by: User, reason: str, seen: int | None = None
) -> ReaderReport:
    """
    Delete the words of a closed report, as when somebody sees later whom they are about.

    Refused while it is open, and once there are none.
    """
    report = ReaderReport.objects.get(pk=report_id)
    noted = Noted(facts={"report": report.pk})
    with taking(
        workflow.EMPTY_READER_REPORT,
        report.article_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ):
        report = _closed_with_words(report_id)
        report.text = report.where = ""
        report.save()
        noted.rows.append(report)
        noted.version = report.version
    return report


def _closed_with_words(report_id: int) -> ReaderReport:
    related = "version__article"
    report = ReaderReport.objects.select_related(related).get(pk=report_id)
    if report.closed_at is None:
        raise Refused(STILL_OPEN)
    if not report.has_words:
        raise Refused(EMPTY)
    return report


def _still_open(report_id: int, *, by: User) -> ReaderReport:
    related = ("version__article", "closed_by")
    report = ReaderReport.objects.select_related(*related).get(pk=report_id)
    if report.closed_by is None:
        return report
    mine = report.closed_by_id == by.pk
    who, when = report.closed_by.printed_name, report.closed_at
    raise MovedOn("Closed already", who=who, when=when, mine=mine)
