"""What readers report: kept once, closed once, and on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Version
from editorial.actions import listening
from editorial.actions.listening import Said
from editorial.errors import MovedOn, Refused
from editorial.models import Event, ReaderReport
from tests import make, traces

pytestmark = pytest.mark.django_db
SAID = Said("The dose is wrong.", "What to do", "reader@example.org")


def heard(version: Version | None = None) -> ReaderReport:
    return listening.hear(version or make.published(), SAID)


def now(report: ReaderReport) -> ReaderReport:
    return ReaderReport.objects.get(pk=report.pk)


def test_what_a_reader_says_waits_for_the_desk() -> None:
    version = make.published()

    report = now(heard(version))

    assert (report.article_id, report.version) == (version.article_id, version)
    assert Said(report.text, report.where, report.email) == SAID
    assert (report.closed_at, report.closed_by, report.disposition) == (None, None, "")


def test_the_same_words_sent_twice_are_kept_once() -> None:
    version = make.published()

    assert heard(version) == heard(version)
    assert ReaderReport.objects.count() == 1


def test_closing_is_on_record_and_deletes_the_address() -> None:
    report, editor = heard(), make.editor()

    with traces.one_event():
        listening.close_reader_report(
            report.pk, by=editor, disposition="no_error", reason="The trial used it."
        )

    closed = now(report)
    assert (closed.disposition, closed.reason) == ("no_error", "The trial used it.")
    assert (closed.closed_by, closed.email, closed.text) == (editor, "", SAID.text)
    event = traces.last()
    assert (event.kind, event.version) == (
        Event.Kind.READER_REPORT_CLOSED,
        report.version,
    )
    facts = {"report": report.pk, "disposition": "no_error"}
    assert traces.said(event)["facts"] == facts
    assert SAID.email not in event.payload
    assert traces.problems() == []


def test_the_words_about_a_person_are_deleted() -> None:
    report = heard()

    listening.close_reader_report(
        report.pk, by=make.editor(), disposition="personal", reason="It names somebody."
    )

    assert (now(report).text, now(report).where) == ("", "")
    assert SAID.text not in traces.last().payload


def test_a_report_is_closed_once_and_the_second_is_told_by_whom() -> None:
    report, first = heard(), make.editor()
    listening.close_reader_report(
        report.pk, by=first, disposition="correct", reason="Yes."
    )

    with traces.nothing_left(MovedOn) as caught:
        listening.close_reader_report(
            report.pk, by=make.chief(), disposition="no_error", reason="No."
        )

    told: Any = caught.value
    assert (told.who, told.mine) == (first.printed_name, False)
    assert told.when == now(report).closed_at


def test_nobody_closes_what_is_said_of_their_own_text() -> None:
    report = heard()
    author = report.article.authorships.get().user

    with traces.nothing_left(PermissionDenied):
        listening.close_reader_report(
            report.pk, by=author, disposition="no_error", reason="It is mine."
        )


def test_closing_needs_a_reason() -> None:
    report, editor = heard(), make.editor()

    with traces.nothing_left(Refused, "needs a reason"):
        listening.close_reader_report(
            report.pk, by=editor, disposition="no_error", reason=" "
        )


def closed() -> ReaderReport:
    return listening.close_reader_report(
        heard().pk, by=make.editor(), disposition="no_error", reason="The trial did."
    )


def test_the_words_of_a_closed_report_can_be_deleted_and_the_record_holds() -> None:
    report, editor = closed(), make.editor()

    with traces.one_event():
        listening.empty_reader_report(
            report.pk, by=editor, reason="It says who is ill."
        )

    left = now(report)
    assert (left.text, left.where) == ("", "")
    assert (left.disposition, left.reason) == ("no_error", "The trial did.")
    event = traces.last()
    assert (event.kind, event.actor, event.version) == (
        *("reader_report_emptied", editor),
        report.version,
    )
    assert traces.said(event)["facts"] == {"report": report.pk}
    assert SAID.text not in event.payload
    assert traces.problems() == []


def test_words_are_deleted_once() -> None:
    report = closed()
    listening.empty_reader_report(report.pk, by=make.editor(), reason="Ill.")

    with traces.nothing_left(Refused, "deleted already"):
        listening.empty_reader_report(report.pk, by=make.chief(), reason="Ill.")


def test_the_words_of_an_open_report_wait_for_it_to_be_closed() -> None:
    report = heard()

    with traces.nothing_left(Refused, "Close it as one about a person"):
        listening.empty_reader_report(report.pk, by=make.editor(), reason="Ill.")


def test_nobody_deletes_what_is_said_of_their_own_text() -> None:
    report = closed()
    author = report.article.authorships.get().user

    with traces.nothing_left(PermissionDenied):
        listening.empty_reader_report(report.pk, by=author, reason="It is mine.")


def test_deleting_needs_a_reason() -> None:
    report = closed()

    with traces.nothing_left(Refused, "needs a reason"):
        listening.empty_reader_report(report.pk, by=make.editor(), reason=" ")
