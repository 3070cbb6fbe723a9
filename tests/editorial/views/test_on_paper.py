"""The PDF of an article, asked for: sent, not yet there, or never."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from articles.models import Article, Page, Printout
from articles.reading import pango
from articles.states import Standing
from editorial import printouts, tasks
from editorial.actions import publishing, withholding
from editorial.models import Event
from tests import make, tampering, traces
from tests.editorial.published import revised

if TYPE_CHECKING:
    from articles.models import Version

pytestmark = pytest.mark.django_db
NOT_YET = b"The PDF of this article is not made yet"


@pytest.fixture(autouse=True)
def _pdfs_are_made(settings: Any) -> None:
    settings.PDF = True


def address(version: Version) -> str:
    return reverse("article.pdf", args=[version.article.slug])


@pytest.fixture
def version() -> Version:
    """A public article whose PDF is there."""
    found = make.published()
    tasks.sweep()
    return found


def test_the_page_leads_to_the_pdf(version: Version, client: Client) -> None:
    page = html.fromstring(client.get(version.article.get_absolute_url()).content)

    (link,) = page.xpath("//aside//a[text()='PDF']/@href")
    assert link == address(version) == f"/articles/{version.article.slug}.pdf"
    (meta,) = page.xpath("//meta[@name='citation_pdf_url']/@content")
    (alternate,) = page.xpath("//link[@type='application/pdf']/@href")
    assert meta == alternate == f"http://localhost:8000{link}"
    assert client.get(link).status_code == 200


def test_it_is_sent_as_it_was_made(version: Version, client: Client) -> None:
    printout = Printout.objects.get()

    answer = client.get(address(version))

    assert (answer.status_code, answer.content) == (200, bytes(printout.body))
    assert answer.content.startswith(b"%PDF-1.7")
    said = {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(answer.content)),
        "ETag": f'"{printout.sha256}"',
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Surrogate-Key": f"article-{version.article.slug}",
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: answer.headers[name] for name in said} == said
    assert not answer.cookies


def test_who_has_it_gets_no_bytes(version: Version, client: Client) -> None:
    first = client.get(address(version))

    again = client.get(address(version), headers={"If-None-Match": first["ETag"]})
    head = client.head(address(version))

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_it_is_asked_for_by_reading_alone(version: Version, client: Client) -> None:
    assert client.post(address(version)).status_code == 405


def test_until_it_is_made_readers_are_asked_to_come_back(client: Client) -> None:
    version = make.published()

    answer = client.get(address(version))

    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert NOT_YET in answer.content
    assert answer["Cache-Control"] == "private, no-store"
    tasks.sweep()
    assert client.get(address(version)).status_code == 200


def test_a_new_version_ends_the_old_pdf_at_once(
    version: Version, client: Client
) -> None:
    before = client.get(address(version))

    revised(version)
    between = client.get(address(version), headers={"If-None-Match": before["ETag"]})
    tasks.sweep()
    after = client.get(address(version))

    assert (before.status_code, between.status_code, after.status_code) == (
        *(200, 503),
        200,
    )
    assert before["ETag"] != after["ETag"]


def test_nothing_public_has_no_pdf(client: Client) -> None:
    shown = make.under_review()
    publishing.show_preview(shown.article_id, by=make.editor(), reason="Asked for")
    tasks.sweep()

    found = [
        client.get(path).status_code
        for path in (address(shown), address(make.draft()), "/articles/nothing.pdf")
    ]

    assert client.get(shown.article.get_absolute_url()).status_code == 200
    assert found == [404, 404, 404]


def test_in_a_house_that_makes_none_there_is_none(
    client: Client, settings: Any
) -> None:
    settings.PDF = False
    version = make.published()

    page = client.get(version.article.get_absolute_url())

    assert (page.status_code, b".pdf" in page.content) == (200, False)
    assert client.get(address(version)).status_code == 404


def test_a_page_is_the_same_on_a_machine_that_cannot_make_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pango, "missing", lambda: ("Pango",))
    version = make.published()

    page = client.get(version.article.get_absolute_url())

    assert address(version).encode() in page.content
    assert client.get(address(version)).status_code == 503


def test_what_another_machine_made_is_sent_all_the_same(
    version: Version, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pango, "missing", lambda: ("Pango",))

    assert client.get(address(version)).status_code == 200


def test_a_damaged_page_sends_no_pdf_and_the_desk_is_told(
    version: Version, client: Client
) -> None:
    page = Page.objects.get(path=version.article.get_absolute_url())
    tampering.by_update(page, "body", b"forged")

    answer = client.get(address(version))

    assert (answer.status_code, b"%PDF" in answer.content) == (503, False)
    assert traces.said()["facts"] == {"withheld": page.path}


def test_an_article_that_is_out_of_sight_sends_no_pdf(
    version: Version, client: Client
) -> None:
    with tampering.unguarded():
        gone = Article.objects.filter(pk=version.article_id)
        gone.update(standing=Standing.UNPUBLISHED)

    assert client.get(address(version)).status_code == 503


def test_a_damaged_pdf_is_not_sent_the_desk_is_told_and_it_is_made_again(
    version: Version, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    whole = client.get(address(version)).content
    tampering.by_update(Printout.objects.get(), "body", b"%PDF forged")

    with caplog.at_level(logging.ERROR, logger=withholding.__name__):
        answers = [client.get(address(version)) for _ in range(2)]

    assert [(a.status_code, b"forged" in a.content) for a in answers] == [
        (503, False)
    ] * 2
    assert b"is not what was built" in answers[0].content
    told = Event.objects.filter(kind=Event.Kind.PAGE_WITHHELD)
    made_at = Printout.objects.get().built_at.isoformat()
    assert [traces.said(event)["facts"] for event in told] == [
        {"withheld": address(version), "made_at": made_at}
    ]
    said = f"The stored page {address(version)} is not the page that was built."
    assert [
        r.getMessage() for r in caplog.records if r.name == withholding.__name__
    ] == [said]
    assert printouts.make_due() == 1
    assert client.get(address(version)).content == whole


def test_a_pdf_that_is_damaged_again_is_told_again(
    version: Version, client: Client
) -> None:
    for _ in range(2):
        tampering.by_update(Printout.objects.get(), "body", b"%PDF forged")
        for _ in range(2):
            assert client.get(address(version)).status_code == 503
        assert printouts.make_due() == 1

    assert Event.objects.filter(kind=Event.Kind.PAGE_WITHHELD).count() == 2
    assert client.get(address(version)).status_code == 200


def test_where_none_is_owed_nobody_is_asked_to_come_back(client: Client) -> None:
    version = make.published()
    Page.objects.update(pdf_due_at=None)

    answer = client.get(address(version))

    assert (answer.status_code, "Retry-After" in answer) == (503, False)
    assert b"none is about to be" in answer.content
