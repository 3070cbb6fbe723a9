"""What an article said on a day: the text, the notice on top, and days without any."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine

from articles.models import Page
from editorial.models import Event
from tests import make
from tests.editorial import published
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

pytestmark = pytest.mark.django_db
FIRST = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)
OLD_TEXT = (
    "Version 1 was public from 2 Mar 2026 to 5 Mar 2026. Read the text of today, or"
    " what changed since then"
)
NEW_TEXT = (
    "Version 2, public since 5 Mar 2026, is the text of today also. Read it as it is"
    " today"
)
BOTH = "Until some time on that day it was version 1"
TOO_EARLY = "The article was first public on 2 Mar 2026. Before that day there was no text of it."
TODAY = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)


def public_since_2_march() -> Version:
    with time_machine.travel(FIRST):
        return make.published()


def revised_on_5_march() -> Version:
    first = public_since_2_march()
    with time_machine.travel(SECOND):
        return published.revised(first)


def address(version: Version, day: str) -> str:
    return f"/articles/{version.article.slug}/@{day}/"


@pytest.mark.parametrize(
    ("day", "number", "said"),
    [
        ("2026-03-03", "1", f"{OLD_TEXT}."),
        ("2026-03-05", "2", f"{NEW_TEXT}. {BOTH}."),
        ("2026-03-07", "2", f"{NEW_TEXT}."),
    ],
)
def test_the_text_of_a_day_says_on_top_that_it_is(
    day: str, number: str, said: str, client: Client
) -> None:
    version = revised_on_5_march()

    with time_machine.travel(TODAY):
        page = client.get(address(version, day))

    (article,) = found(page, "//article")
    notice = article[0]
    assert (page.status_code, article.get("data-version")) == (200, number)
    assert " ".join(notice.text_content().split()) == (
        f"This is what the page said on {int(day[-2:])} Mar 2026 {said}"
    )
    assert notice.get("data-as-of") == day
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-01", TOO_EARLY),
        ("2026-03-10", "That day is still to come."),
        ("9999-12-31", "That day is still to come."),
        ("2026-02-30", "“2026-02-30” is not a day; write one as 2026-03-03."),
        ("yesterday", "“yesterday” is not a day; write one as 2026-03-03."),
    ],
)
def test_a_day_without_a_text_says_why(day: str, said: str, client: Client) -> None:
    version = public_since_2_march()

    with time_machine.travel(TODAY):
        page = client.get(address(version, day))

    assert page.status_code == 404
    assert found(page, "//main/p")[0].text_content() == said


def test_what_was_never_public_has_no_days(client: Client) -> None:
    assert client.get(address(make.submitted(), "2026-03-03")).status_code == 404


def test_the_page_costs_few_queries_and_is_not_sent_twice(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = revised_on_5_march()
    path = address(version, "2026-03-03")

    with time_machine.travel(TODAY):
        with django_assert_num_queries(3):  # what was public, the page, the record
            first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_damaged_text_is_withheld(client: Client) -> None:
    version = public_since_2_march()
    page = Page.objects.filter(path__endswith="/versions/1/")
    page.update(body=bytes(page.get().body).replace(b"Offer it", b"Drop it"))

    with time_machine.travel(TODAY):
        answer = client.get(address(version, "2026-03-03"))

    assert (answer.status_code, "Drop it" in text(answer)) == (503, False)
    assert Event.objects.filter(kind=Event.Kind.PAGE_WITHHELD).count() == 1


@pytest.mark.parametrize(
    ("given", "leads_to"),
    [("2026-03-03", "@2026-03-03/"), ("", "versions/"), ("../../x", "versions/")],
)
def test_the_form_on_the_versions_page_leads_there(
    given: str, leads_to: str, client: Client
) -> None:
    version = make.published()
    slug = f"/articles/{version.article.slug}/"
    (form,) = found(client.get(f"{slug}versions/"), "//main//form")
    assert (form.get("action"), list(form.fields)) == (f"{slug}@/", ["day"])

    answer = client.get(form.get("action"), {"day": given})

    assert answer.headers["Location"] == f"{slug}{leads_to}"
