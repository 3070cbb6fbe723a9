"""PDFs come after the deed, belong to the bytes they were made of, and to none else."""

from __future__ import annotations

import datetime as dt
import io
import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from articles.canonical import sha256_hex
from articles.models import Article, Page, Printout
from articles.reading import pango, press
from articles.states import Standing
from editorial import people, printouts, serving, tasks
from editorial.actions import publishing
from editorial.models import Event
from reviews import signing
from tests import make, tampering, traces
from tests.editorial.published import AFTER, BEFORE, revised

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pdfs_are_made(settings: Any) -> None:
    settings.PDF = True


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A press that costs nothing; what was printed, in its order."""
    printed: list[str] = []

    def print_it(_document: str, *, style: str, base: str) -> bytes:
        printed.append(base)
        return f"%PDF of {base}".encode()

    monkeypatch.setattr(press, "pdf", print_it)
    return printed


def page_of(version: Version) -> Page:
    return Page.objects.get(path=version.article.get_absolute_url())


def printout_of(version: Version) -> Printout | None:
    page = serving.proven(version.article.get_absolute_url())
    return printouts.proven(page) if page else None


def owed() -> list[str]:
    due = Page.objects.filter(pdf_due_at__isnull=False).order_by("path")
    return list(due.values_list("path", flat=True))


def words(printout: Printout | None) -> str:
    assert printout is not None
    pdf = PdfReader(io.BytesIO(bytes(printout.body)))
    return " ".join(" ".join(p.extract_text() for p in pdf.pages).split())


def test_the_sweep_after_a_publication_makes_its_pdf() -> None:
    version = make.published()
    assert (printout_of(version), owed()) == (None, [page_of(version).path])

    tasks.sweep()

    printout = printout_of(version)
    assert BEFORE in words(printout)
    assert printout is not None
    assert printout.made_of == page_of(version).sha256
    assert printout.sha256 == sha256_hex(bytes(printout.body))
    assert owed() == []
    assert traces.problems() == []


def test_whoever_publishes_asks_no_more_and_prints_nothing(
    settings: Any, by_hand: list[str]
) -> None:
    asked = []
    for settings.PDF in (False, True):
        version = make.approved()
        with CaptureQueriesContext(connection) as queries:
            publishing.publish(version.article_id, by=make.chief())
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert (owed(), by_hand) == ([page_of(version).path], [])


def test_a_preview_has_none(by_hand: list[str]) -> None:
    version = make.under_review()
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")

    tasks.sweep()

    assert (owed(), by_hand, Printout.objects.count()) == ([], [], 0)


def test_a_new_version_hides_the_pdf_before_it_shows_itself() -> None:
    first = make.published()
    tasks.sweep()
    with traces.undone():
        second = revised(first)
        assert printout_of(second) is None
    assert BEFORE in words(printout_of(first))

    second = revised(first)
    assert printout_of(second) is None
    tasks.sweep()

    said = words(printout_of(second))
    assert (AFTER in said, BEFORE in said) == (True, False)
    assert Printout.objects.count() == 1


def test_pages_that_are_taken_down_take_the_pdf_along(by_hand: list[str]) -> None:
    version = make.published()
    tasks.sweep()

    Page.objects.filter(article=version.article_id).delete()
    assert (printout_of(version), printouts.in_sight().count()) == (None, 0)
    tasks.publish_due()

    assert Printout.objects.count() == 0


def test_to_take_pages_down_asks_nothing_of_their_pdfs(by_hand: list[str]) -> None:
    version = make.published()
    tasks.sweep()

    with CaptureQueriesContext(connection) as queries:
        Page.objects.filter(article=version.article_id).delete()

    assert len(queries) == 1


def test_a_page_that_may_not_be_shown_shows_no_pdf(by_hand: list[str]) -> None:
    version = make.published()
    tasks.sweep()
    with tampering.unguarded():
        held = Article.objects.filter(pk=version.article_id)
        held.update(standing=Standing.UNPUBLISHED)

    with pytest.raises(serving.DamagedError):
        printout_of(version)


def test_a_page_built_again_to_the_same_bytes_keeps_its_pdf_until_the_next(
    by_hand: list[str],
) -> None:
    version = make.published()
    tasks.sweep()
    before = printout_of(version)

    publishing.rebuild(version.article_id, by=people.system())
    between = printout_of(version)
    tasks.sweep()

    assert before == between is not None
    assert (len(by_hand), owed(), Printout.objects.count()) == (2, [], 1)


def test_what_is_damaged_is_not_printed(
    by_hand: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    page = page_of(make.published())
    tampering.by_update(page, "body", b"<article data-standing='published'>forged")

    with caplog.at_level(logging.ERROR, logger=printouts.__name__):
        made = printouts.make_due()

    assert (made, by_hand, Printout.objects.count()) == (0, [], 0)
    assert caplog.messages == [f"No PDF was made of {page.path}"]


def test_one_that_cannot_be_printed_waits_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = make.published(), make.published()
    bad = page_of(first)

    def jam(_document: str, *, style: str, base: str) -> bytes:
        if base.endswith(f"{bad.article.slug}.pdf"):
            raise ValueError("The press is jammed")
        return b"%PDF"

    monkeypatch.setattr(press, "pdf", jam)
    with caplog.at_level(logging.ERROR, logger=printouts.__name__):
        made = printouts.make_due()

    assert (made, owed()) == (1, [bad.path])
    assert printout_of(second) is not None
    due = page_of(first).pdf_due_at
    assert due is not None
    assert due > timezone.now() + printouts.PAUSE - dt.timedelta(minutes=1)
    assert (printouts.make_due(), printouts.waiting()) == (0, 1)


def test_a_task_that_takes_too_long_ends(
    by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.published()

    def too_long(_document: str, *, style: str, base: str) -> bytes:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(press, "pdf", too_long)

    with pytest.raises(SoftTimeLimitExceeded):
        printouts.make_due()


def test_past_its_time_a_sweep_begins_no_further_one(by_hand: list[str]) -> None:
    make.published()

    assert (printouts.make_due(until=monotonic()), by_hand) == (0, [])
    assert printouts.make_due() == 1


def test_those_of_the_newest_deed_come_first(by_hand: list[str]) -> None:
    pages = [page_of(make.published()) for _ in range(3)]
    for page, minutes in zip(pages, (2, 3, 1), strict=True):
        since = timezone.now() - dt.timedelta(minutes=minutes)
        tampering.by_update(page, "pdf_due_at", since)

    printouts.make_due()

    slugs = [pages[n].article.slug for n in (2, 0, 1)]
    assert by_hand == [f"http://localhost:8000/articles/{slug}.pdf" for slug in slugs]


def test_what_no_deed_built_again_waits_for_what_deeds_did(by_hand: list[str]) -> None:
    first, second = make.published(), make.published()
    for version in (first, second):
        publishing.rebuild(version.article_id, by=people.system())
    third = make.published()

    assert printouts.make_due() == 3

    slugs = [version.article.slug for version in (third, second, first)]
    assert by_hand == [f"http://localhost:8000/articles/{slug}.pdf" for slug in slugs]


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, while a page is being printed."""
    waiting = [happens]

    def print_it(_document: str, *, style: str, base: str) -> bytes:
        while waiting:
            waiting.pop()()
        return b"%PDF of what it was"

    monkeypatch.setattr(press, "pdf", print_it)


def test_what_was_built_anew_while_it_was_printed_is_printed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make.published()
    meanwhile(monkeypatch, lambda: revised(first))

    made = printouts.make_due()

    page = page_of(first)
    assert (made, owed()) == (1, [])
    assert Printout.objects.get(page=page).made_of == page.sha256


def test_what_was_taken_down_while_it_was_printed_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_of(make.published())
    meanwhile(monkeypatch, page.delete)

    assert (printouts.make_due(), Printout.objects.count()) == (0, 0)


def test_two_sweeps_do_not_print_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.published()
    others: list[int] = []
    meanwhile(monkeypatch, lambda: others.append(printouts.make_due()))

    assert (printouts.make_due(), others) == (1, [0])


def test_in_a_house_that_makes_none_nothing_is_owed(
    by_hand: list[str], settings: Any
) -> None:
    settings.PDF = False
    version = make.published()

    tasks.sweep()

    assert (owed(), by_hand, printout_of(version)) == ([], [], None)
    assert b".pdf" not in bytes(page_of(version).body)


def test_what_is_owed_waits_for_a_machine_that_can_make_it(
    by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pango, "missing", lambda: ("Pango",))
    version = make.published()

    tasks.sweep()

    assert (owed(), by_hand) == ([page_of(version).path], [])


def forged(printout: Printout) -> None:
    """Other bytes with the right hash, and a signature by nobody we know."""
    tampering.by_update(printout, "body", b"%PDF Take twice as much.")
    tampering.by_update(printout, "sha256", sha256_hex(b"%PDF Take twice as much."))


def moved(printout: Printout) -> None:
    """The PDF of another article, under this one."""
    other = make.published()
    printouts.make_due()
    theirs = Printout.objects.get(page=page_of(other))
    for column in ("body", "sha256", "value"):
        tampering.by_update(printout, column, getattr(theirs, column))


DAMAGES: dict[str, Callable[[Printout], object]] = {
    "other bytes": lambda row: tampering.by_update(
        row, "body", tampering.flipped(row, "body")
    ),
    "another hash": lambda row: tampering.by_update(row, "sha256", "0" * 64),
    "another signature": lambda row: tampering.by_update(row, "value", "0" * 128),
    "another key": lambda row: tampering.by_update(row, "public_key", "0" * 64),
    "bytes and hash together": forged,
    "the PDF of another article": moved,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_pdf_that_was_changed_is_damaged_and_found(
    name: str, by_hand: list[str]
) -> None:
    version = make.published()
    tasks.sweep()
    printout = Printout.objects.get()

    DAMAGES[name](printout)

    with pytest.raises(printouts.DamagedError) as caught:
        printout_of(version)
    assert caught.value.printout.path == f"/articles/{version.article.slug}.pdf"
    broken = [problem.row for problem in traces.problems()]
    assert broken == [f"page {page_of(version).path}"]


def test_the_pdf_of_an_earlier_page_is_not_passed_off_as_todays(
    by_hand: list[str],
) -> None:
    first = make.published()
    tasks.sweep()
    revised(first)

    printout = Printout.objects.get()
    tampering.by_update(printout, "made_of", page_of(first).sha256)

    with pytest.raises(printouts.DamagedError):
        printout_of(first)


def test_the_house_signs_what_belongs_where(by_hand: list[str]) -> None:
    version = make.published()
    tasks.sweep()

    printout = Printout.objects.get()
    statement = (
        f'{{"form":"imprimatur-pdf/1","made_of":"{page_of(version).sha256}",'
        f'"path":"/articles/{version.article.slug}.pdf","sha256":"{printout.sha256}"}}'
    ).encode()
    assert signing.verifies(statement, value=printout.value, key=printout.public_key)


def test_nothing_is_recorded_of_it(by_hand: list[str]) -> None:
    make.published()
    before = Event.objects.count()

    tasks.sweep()

    assert Event.objects.count() == before


def test_what_waits_is_found_by_its_index() -> None:
    due = Page.objects.filter(pdf_due_at__lte=timezone.now()).order_by(
        "-pdf_due_at", "-pk"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "pages_to_print" in due.values_list("pk", "path", "pdf_due_at").explain()
