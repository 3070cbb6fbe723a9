"""After a deed on the glossary the pages that use its words are built again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.glossary import TermText
from articles.models import Page, Version
from editorial import trust
from editorial.actions import defining, publishing, spreading
from editorial.models import Chain, Event
from tests import make, traces
from tests.editorial.actions.test_defining import approved, proposed

pytestmark = pytest.mark.django_db

BLEEDING = TermText("bleeding", "Losing blood.")
REST = '<p>Rest.<cite data-ref="trial"></cite><cite data-ref="review"></cite></p>'


def resting() -> Version:
    return make.published(renditions={"clinician": REST})


def explains(version: Version, audience: str = "") -> bool:
    tail = f"for/{audience}/" if audience else ""
    page = Page.objects.get(path=f"/articles/{version.article.slug}/{tail}")
    return b'class="term"' in bytes(page.body)


def swept() -> tuple[int, int]:
    """How many articles were marked, and how many built again."""
    return spreading.spread(), publishing.rebuild_stale()


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    at = timezone.now() + dt.timedelta(minutes=minutes)
    monkeypatch.setattr(spreading.timezone, "now", lambda: at)


def test_a_term_reaches_the_pages_that_use_it_and_no_others() -> None:
    using, other = make.published(), resting()
    approved(BLEEDING)
    before = Event.objects.filter(article=other.article_id).count()
    assert not explains(using)

    assert swept() == (1, 1)

    assert explains(using)
    assert not explains(other)
    assert Event.objects.filter(article=other.article_id).count() == before
    assert (
        traces.said(Event.objects.get(article=using.article_id, kind="pages_rebuilt"))[
            "facts"
        ]["glossary"]
        == 2
    )
    assert swept() == (0, 0)
    assert traces.problems() == []


def test_the_deed_itself_builds_nothing() -> None:
    using = make.published()
    row = proposed(BLEEDING)
    pages = list(Page.objects.values_list("sha256", "edition", "built_at"))

    defining.approve_term(row.pk, by=make.chief())

    assert list(Page.objects.values_list("sha256", "edition", "built_at")) == pages
    assert not explains(using)


def test_a_new_publication_has_what_was_approved_at_once() -> None:
    approved(BLEEDING)

    using = make.published()

    assert explains(using)
    assert swept() == (0, 0)


def test_what_is_taken_out_or_said_otherwise_follows_too() -> None:
    row = approved(BLEEDING)
    using = make.published()
    other = TermText("bleeding", "Losing much blood.")
    new = defining.propose(by=make.author(), text=other, instead_of=row.pk)
    assert swept() == (0, 0)

    defining.approve_term(new.pk, by=make.chief())
    assert swept() == (1, 1)
    page = Page.objects.get(path=f"/articles/{using.article.slug}/")
    assert b"Losing much blood." in bytes(page.body)

    defining.end_term(new.pk, by=make.editor(), reason="Everybody knows.")
    assert swept() == (1, 1)
    assert not explains(using)
    assert traces.problems() == []


def test_a_spelling_that_was_given_up_is_looked_for_as_well() -> None:
    row = approved(TermText("haemorrhage", "Losing blood.", ("bleeding",)))
    using = make.published()
    fewer = TermText("haemorrhage", "Losing blood.")
    new = defining.propose(by=make.author(), text=fewer, instead_of=row.pk)

    defining.approve_term(new.pk, by=make.chief())

    assert swept() == (1, 1)
    assert not explains(using)


@pytest.mark.parametrize("words", ["bleed", "Bleeding", "leeding", "watch bleeding"])
def test_near_misses_build_nothing_again(words: str) -> None:
    make.published()
    approved(TermText(words, "x"))

    assert swept() == (0, 0)


def test_a_preview_follows() -> None:
    version = make.under_review(tier="B")
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for.")
    approved(BLEEDING)

    assert swept() == (1, 1)
    assert explains(make.again(version))


def test_whoever_published_with_the_glossary_from_before_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its pages were read before the approval, and written after the first look."""
    version = make.approved()
    ready = publishing.Ready({}, trust.house())
    approved(BLEEDING)
    assert swept() == (0, 0)
    publishing.publish(version.article_id, by=make.chief(), ready=ready)
    assert not explains(make.again(version))

    assert swept() == (1, 1)
    assert explains(make.again(version))

    later(monkeypatch, 11)
    assert swept() == (0, 0)
    chain = Chain.objects.get(name="glossary")
    assert chain.spread_seq == chain.head_seq == 2


def test_until_then_every_sweep_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    approved(BLEEDING)
    later(monkeypatch, 9)

    spreading.spread()
    assert Chain.objects.get(name="glossary").spread_seq < 2

    later(monkeypatch, 11)
    spreading.spread()
    with CaptureQueriesContext(connection) as asked:
        spreading.spread()
    assert len(asked) == 1


def test_only_so_many_articles_are_marked_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        make.published()
    approved(BLEEDING)
    later(monkeypatch, 11)

    assert [spreading.spread(most=2) for _ in range(3)] == [2, 1, 0]
    assert publishing.rebuild_stale() == 3


def test_many_deeds_are_followed_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spreading, "MOST_DEEDS", 2)
    using = make.published()
    for n in range(4):
        approved(TermText(f"nothing {n}", "x"))
    approved(BLEEDING)
    later(monkeypatch, 11)

    assert [swept() for _ in range(3)] == [(0, 0), (0, 0), (1, 1)]
    assert explains(using)
