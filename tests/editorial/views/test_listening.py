"""Reporting an error without an account, and what the desk sees of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial import workflow
from editorial.actions import authoring, listening
from editorial.actions.listening import Said
from editorial.models import ReaderReport
from tests import make
from tests.editorial import published
from tests.editorial.views.test_desk import MOST_QUERIES
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db
WRONG = "The dose in the second sentence is ten times too high."


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def address(version: Version) -> str:
    return f"/articles/{version.article.slug}/report-error/"


def sent(client: Client, version: Version, **fields: Any) -> Any:
    return client.post(address(version), {"text": WRONG} | fields)


def test_a_report_without_an_account_reaches_the_desk(client: Client) -> None:
    version = make.published()

    answer = sent(client, version, where="What to do", email="reader@example.org")

    assert answer.headers["Location"] == f"{address(version)}thanks/"
    report = ReaderReport.objects.get()
    assert report.version == version
    assert (report.text, report.where) == (WRONG, "What to do")
    assert report.email == "reader@example.org"
    assert "Your report is with the editors." in text(client.get(answer["Location"]))


def test_the_form_asks_for_no_health_data_and_is_kept_by_nobody(client: Client) -> None:
    page = client.get(address(make.published()))

    assert "Nothing about yourself or a patient, please" in text(page)
    assert page["Cache-Control"] == "private, no-store"
    assert found(page, "//meta[@name='robots']/@content") == ["noindex"]
    assert [i.get("name") for i in found(page, "//main//form//*[@name]")] == [
        *("csrfmiddlewaretoken", "text", "where", "email", "number", "website"),
    ]


@pytest.mark.parametrize(
    ("number", "about"), [("1", 1), ("2", 2), ("3", 2), ("", 2), ("x", 2)]
)
def test_a_report_is_about_the_version_that_was_read(
    number: str, about: int, client: Client
) -> None:
    first = make.published()
    (drawn,) = found(client.get(address(first)), "//input[@name='number']/@value")
    published.revised(first)

    sent(client, first, number=number)

    assert drawn == "1"
    assert ReaderReport.objects.get().version.number == about


def test_a_report_is_about_no_version_that_was_never_public(client: Client) -> None:
    author = make.author()
    first = make.published(by=author)
    draft = authoring.revise(first.pk, by=author)

    sent(client, first, number=str(draft.number))

    assert ReaderReport.objects.get().version == first


def test_a_form_of_another_house_is_refused() -> None:
    version = make.published()

    answer = sent(Client(enforce_csrf_checks=True), version)

    assert answer.status_code == 403
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize("field", ["text", "where"])
@pytest.mark.parametrize(
    "words",
    [
        "Date of birth: 3.4.1961, it was wrong.",
        "MRN 1234567 had a reaction.",
        "SSN 078\u201005\u20101120 had a reaction.",
        "Write to josiah@example.org about it.",
        "My name is Josiah and it harmed me.",
        "I live at 12 Bread Street and it harmed me.",
    ],
)
def test_what_tells_who_a_patient_is_is_not_stored(
    words: str, field: str, client: Client
) -> None:
    version = make.published()

    answer = sent(client, version, **{field: words})

    (complaint,) = complaints(answer)
    assert complaint.endswith("Nothing has been stored.")
    assert words in answer.content.decode()  # for their sender alone, to change
    assert not ReaderReport.objects.exists()


def test_a_wrong_telephone_number_can_be_reported(client: Client) -> None:
    sent(
        client, make.published(), text="The helpline is 0800 764 766, not 0800 764 767."
    )

    assert ReaderReport.objects.get().text.startswith("The helpline is 0800 764 766")


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(
    client: Client,
) -> None:
    answer = sent(client, make.published(), website="https://example.org")

    assert answer.status_code == 302
    assert not ReaderReport.objects.exists()


def test_nothing_and_no_address_are_told_at_their_fields(client: Client) -> None:
    answer = sent(client, make.published(), text=" ", email="me")

    assert complaints(answer) == [
        "Say what is wrong.",
        "Give an address such as name@example.org.",
    ]


def test_one_place_reports_so_often_and_no_more(client: Client) -> None:
    version = make.published()
    for number in range(5):
        assert sent(client, version, where=str(number)).status_code == 302

    answer = sent(client, version, where="once more")

    assert answer.status_code == 429
    assert "Keep your words, and send them again later:" in text(answer)
    assert WRONG in text(answer)
    assert ReaderReport.objects.count() == 5


def test_nothing_is_kept_of_where_a_report_came_from(client: Client) -> None:
    somewhere = "203.0.113.7"

    client.post(address(make.published()), {"text": WRONG}, REMOTE_ADDR=somewhere)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = cursor.fetchall()
    assert len(kept) == 3  # by the hour, by the day, and of the article
    assert somewhere not in str(kept)


def test_only_what_is_public_has_errors_to_report(client: Client) -> None:
    pending = make.submitted()

    assert client.get(address(pending)).status_code == 404
    assert sent(client, pending).status_code == 404
    assert client.get(f"{address(pending)}thanks/").status_code == 404


def heard(version: Version | None = None) -> ReaderReport:
    said = Said(WRONG, email="reader@example.org")
    return listening.hear(version or make.published(), said)


def test_the_desk_lists_what_readers_report(visit: Visit) -> None:
    report = heard()

    page = visit(make.editor()).get("/desk/?bucket=readers")

    (row,) = found(page, "//section[@aria-labelledby='waiting']//tbody/tr")
    assert report.version.question in row.text_content()
    assert report.email not in page.content.decode()
    assert f"A reader: {WRONG}" in row.text_content()
    (link,) = row.xpath(".//td[@class='act']/a")
    assert link.get("href") == report.get_absolute_url()
    assert "What readers report 1" in text(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(count: int, visit: Visit) -> None:
    for _ in range(count):
        heard()
        make.submitted()
    editor = visit(make.editor())
    editor.get("/desk/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        editor.get("/desk/")

    assert len(asked) <= MOST_QUERIES


def test_an_editor_closes_it_with_a_reason(visit: Visit) -> None:
    page, editor = heard().get_absolute_url(), visit(make.editor())

    answer = editor.send(
        page, page, disposition="correct", reason="Version 2 says it right."
    )

    assert answer.headers["Location"] == "/desk/"
    closed = ReaderReport.objects.get()
    assert (closed.disposition, closed.email) == ("correct", "")
    shown = editor.get(page)
    assert notices(shown) == ["Closed. What became of it is on record."]
    assert "It is right: the text is being corrected. Version 2 says it right." in (
        text(shown)
    )
    [further] = found(shown, "//main//form[@method='post']/@action")
    assert further == f"{page}empty/"


def test_who_may_close_it_sees_whom_to_ask_back(visit: Visit) -> None:
    author = make.user("author", "editor")
    report = heard(make.published(by=author))

    theirs = visit(make.editor()).get(report.get_absolute_url())
    of_their_own = visit(author).get(report.get_absolute_url())

    assert found(theirs, "//main//a/@href[starts-with(., 'mailto:')]") == [
        f"mailto:{report.email}"
    ]
    assert of_their_own.status_code == 200
    assert report.email not in of_their_own.content.decode()


def closed(by: User) -> ReaderReport:
    return listening.close_reader_report(
        heard().pk, by=by, disposition="no_error", reason="The trial used it."
    )


def test_the_words_of_a_closed_report_are_deleted_by_whoever_may_close(
    visit: Visit,
) -> None:
    page = closed(make.editor()).get_absolute_url()
    chief = visit(make.chief())
    assert WRONG in text(chief.get(page))

    answer = chief.send(page, f"{page}empty/", reason="It says who is ill.")

    assert answer.headers["Location"] == page
    shown = chief.get(page)
    assert notices(shown) == ["Deleted. That they were is on record."]
    assert "Its words were deleted." in text(shown)
    assert WRONG not in text(shown)
    assert found(shown, "//main//form[@method='post']") == []


def test_why_they_are_deleted_is_asked_and_nobody_else_may(visit: Visit) -> None:
    report = closed(make.editor())
    page, seen = report.get_absolute_url(), make.article(report.version).revision
    again = {"reason": "Again.", "seen": seen}
    editor = visit(make.editor())

    unsaid = editor.send(page, f"{page}empty/")
    auditor = visit(make.user("auditor"))
    denied = auditor.post(f"{page}empty/", **again)

    assert complaints(unsaid) == ["Give a reason; it goes into the record."]
    assert WRONG in text(unsaid)
    assert found(auditor.get(page), "//main//form[@method='post']") == []
    assert denied.status_code == 403
    assert auditor.get(f"{page}empty/").status_code == 405


def test_what_may_be_done_to_a_report_is_asked_of_its_own_step(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = closed(make.editor()).get_absolute_url()
    never = replace(workflow.EMPTY_READER_REPORT, policy=lambda *_: False)
    monkeypatch.setattr(workflow, "EMPTY_READER_REPORT", never)

    shown = visit(make.editor()).get(page)

    assert found(shown, "//main//form[@method='post']") == []


def test_words_are_not_deleted_of_a_report_that_is_open(visit: Visit) -> None:
    report = heard()
    page, seen = report.get_absolute_url(), make.article(report.version).revision

    answer = visit(make.editor()).post(f"{page}empty/", reason="Ill.", seen=seen)

    assert complaints(answer) == [listening.STILL_OPEN]
    assert ReaderReport.objects.get().text == WRONG


def test_what_is_missing_is_said(visit: Visit) -> None:
    page = heard().get_absolute_url()

    answer = visit(make.editor()).send(page, page)

    assert complaints(answer) == [
        "Say what became of it.",
        "Give a reason; it goes into the record.",
    ]


def test_who_comes_second_is_told_who_was_first(visit: Visit) -> None:
    report, first = heard(), make.editor()
    page, second = report.get_absolute_url(), visit(make.chief())
    seen = make.article(report.version).revision
    listening.close_reader_report(
        report.pk, by=first, disposition="correct", reason="Yes."
    )

    sent = {"disposition": "no_error", "reason": "No.", "seen": seen}
    answer = second.post(page, **sent)

    assert answer.status_code == 409
    assert first.printed_name in text(answer)


def test_an_auditor_reads_it_and_closes_nothing(visit: Visit) -> None:
    report = heard()
    auditor = visit(make.user("auditor"))

    page = auditor.get(report.get_absolute_url())

    assert WRONG in text(page)
    assert found(page, "//main//form[@method='post']") == []
    assert report.email not in page.content.decode()  # the editors alone see it
    answer = auditor.post(report.get_absolute_url(), disposition="correct", reason="I")
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_nobody_else_reads_what_readers_report(role: str, visit: Visit) -> None:
    person = getattr(make, role)()

    assert visit(person).get(heard().get_absolute_url()).status_code == 404
