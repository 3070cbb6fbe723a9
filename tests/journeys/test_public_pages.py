"""Every page that needs no account, in every standing: axe has nothing to say of any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models import Article, Page
from articles.reading import page, status
from articles.reading.built import HTML
from articles.states import Standing
from editorial import replies
from editorial.actions import questions
from tests.articles.reading import samples
from tests.journeys import axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page as Tab
    from playwright.sync_api import Route

    from articles.reading.facts import Trust
    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
MISTAKES = "?q=clots&topic=nothing&audience=nobody&standing=unsure&since=yesterday"
MOST = "x" * 201
NOTED = [s for s in Standing if status.notice(s)]
PATH = "/articles/after-naltrexone/"
ERRORS = ("400", "403", "403_csrf", "404", "429", "500", "503")


def lists() -> Iterator[str]:
    topic = Article.objects.get(versions__state="superseded").topics.first()
    assert topic
    yield from ("/", "/articles/", topic.get_absolute_url())
    yield from ("/search/", "/search/?q=clots", "/search/?q=clotz", "/search/?q=xyzzy")
    yield from ("/search/?q=the&standing=any", f"/search/{MISTAKES}")
    yield f"/search/?q={MOST}"
    yield from ("/ask/", "/ask/?q=how+are+clots+prevented", "/ask/?q=volcanoes")
    yield from ("/ask/?q=i+took+an+overdose", f"/ask/?q={MOST}")
    yield from ("/ask/send/?q=volcanoes", "/ask/send/?q=i+took+an+overdose")
    yield from ("/ask/sent/", f"/ask/confirm/{left_an_address()}/")
    yield from (
        "/editorial-policy/",
        "/editorial-policy/1/",
        "/medical-advisory-board/",
        "/glossary/",
    )
    yield from ("/accounts/login/", "/accounts/password/reset/")
    yield from (
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-spent/",
    )


def left_an_address() -> str:
    question = questions.ask("Is coffee bad?", address="reader@example.org")
    return replies.token(question.asker)


def of_articles() -> Iterator[str]:
    twice = Article.objects.get(versions__state="superseded")
    preview = Article.objects.filter(standing="preview").order_by("pk")[0]
    stored = Page.objects.filter(article__in=(twice, preview))
    html = stored.filter(content_type__startswith="text/html").exclude(
        path__endswith="/for/clinician/"  # the same bytes as the article
    )
    yield from html.order_by("path").values_list("path", flat=True)
    path = twice.get_absolute_url()
    yield from (f"{path}versions/1..2/", f"{path}@{timezone.now().date()}/")
    yield from (f"{path}related/", f"{path}report-error/")
    yield f"{path}report-error/thanks/"


def nowhere() -> Iterator[str]:
    path = Article.objects.get(versions__state="superseded").get_absolute_url()
    yield "/ask/confirm/nothing/"
    yield from ("/nothing/", f"{path}@1999-12-31/", f"{path}@never/")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("some", [lists, of_articles])
def test_everybody_can_read_what_is_public(browsers: Browsing, some: Any) -> None:
    tab = browsers.open()

    assert [line for path in some() for line in wrong_at(tab, path, 200)] == []


@pytest.mark.usefixtures("library")
def test_everybody_can_read_that_nothing_is_there(browsers: Browsing) -> None:
    tab = browsers.open()

    assert [line for path in nowhere() for line in wrong_at(tab, path, 404)] == []


def wrong_at(tab: Tab, path: str, status: int) -> list[str]:
    answer = tab.goto(path)
    found = [] if answer and answer.status == status else [f"{path}: {answer}"]
    return found + axe.everywhere(tab)


def test_everybody_can_read_what_the_editors_say_of_an_article(
    browsers: Browsing,
) -> None:
    """Its page in each standing; and whatever else it has, once it is retracted."""
    digest = samples.text().sha256
    trusts = [samples.trust(digest, standing=standing) for standing in NOTED]
    pages = {
        f"/{trust.standing}{path}": body
        for trust in trusts
        for path, body in built(trust).items()
        if path == PATH or trust.standing == Standing.RETRACTED
    }

    assert shown(browsers, pages) == []
    for trust in trusts:
        [body] = [b for p, b in pages.items() if p == f"/{trust.standing}{PATH}"]
        assert f'data-notice="{trust.standing}"' in body


@pytest.mark.parametrize("code", ["submitted", "under-review"])
def test_everybody_can_read_that_nobody_approved_a_text(
    browsers: Browsing, code: str
) -> None:
    digest = samples.text().sha256
    pages = built(samples.pending(digest, review_status=code))

    assert shown(browsers, pages) == []
    assert ["data-caution" in body for body in pages.values()] == [True] * len(pages)


def built(trust: Trust) -> dict[str, str]:
    """Every page of the sample text and of the one before it, by their paths."""
    text = samples.text()
    earlier = samples.text(number=1, question="What comes after naltrexone?")
    known = {text.number: text, earlier.number: earlier}
    history = [replace(v, sha256=known[v.number].sha256) for v in trust.history]
    kept = replace(trust, history=tuple(history))
    pages = page.build(text, kept, earlier=[earlier] if history else [])
    return {p.path: p.body.decode() for p in pages if p.content_type == HTML}


def test_everybody_can_read_what_went_wrong(browsers: Browsing) -> None:
    pages = {f"/{name}/": render_to_string(f"{name}.html") for name in ERRORS}

    assert shown(browsers, pages) == []


def shown(browsers: Browsing, pages: dict[str, str]) -> list[str]:
    """What is wrong with pages that are shown as if they stood at these paths."""
    tab = browsers.open()

    def give(route: Route) -> None:
        path = route.request.url.removeprefix(browsers.url)
        route.fulfill(body=pages[path], content_type=HTML)

    for path in pages:
        tab.route(f"{browsers.url}{path}", give)
    return [line for path in pages for line in wrong_at(tab, path, 200)]
