"""Stored pages follow the design: another edition is built again, and recorded."""

import pytest

from articles.models import Page
from articles.reading import edition
from editorial.actions import publishing
from editorial.models import Event
from tests import make, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_edition(monkeypatch):
    monkeypatch.setattr(edition, "current", lambda: "f" * 64)


def test_pages_of_todays_edition_are_left_alone():
    make.published()
    before = Event.objects.count()

    assert publishing.rebuild_stale() == 0
    assert Event.objects.count() == before


def test_pages_of_an_earlier_edition_are_built_again_and_recorded(next_edition):
    version = make.published()
    Page.objects.update(edition="0" * 64)

    assert publishing.rebuild_stale() == 1

    assert set(Page.objects.values_list("edition", flat=True)) == {"f" * 64}
    last = Event.objects.filter(article=version.article_id).order_by("-seq").first()
    assert (last.kind, last.actor.name) == ("pages_rebuilt", "The system")
    assert traces.problems() == []
    assert publishing.rebuild_stale() == 0


def test_a_preview_is_built_again_as_a_preview(next_edition):
    version = make.under_review(tier="B")
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for.")
    Page.objects.update(edition="0" * 64)

    assert publishing.rebuild_stale() == 1

    page = Page.objects.get(path=f"/articles/{version.article.slug}/")
    assert b"data-caution" in bytes(page.body)
    assert traces.problems() == []


def test_only_so_many_articles_are_built_again_at_a_time(next_edition):
    for _ in range(3):
        make.published()
    Page.objects.update(edition="0" * 64)

    assert [publishing.rebuild_stale(limit=2) for _ in range(3)] == [2, 1, 0]


def test_what_cannot_be_built_again_stops_nobody(next_edition, monkeypatch, caplog):
    broken = [make.published().article_id for _ in range(2)]
    whole = make.published().article_id
    Page.objects.update(edition="0" * 64)
    real = publishing.rebuild

    def rebuild(pk, *, by):
        if pk in broken:
            raise ZeroDivisionError
        return real(pk, by=by)

    monkeypatch.setattr(publishing, "rebuild", rebuild)
    publishing.rebuild_stale(limit=2)
    publishing.rebuild_stale(limit=2)

    mended = Page.objects.filter(edition="f" * 64).values_list("article", flat=True)
    assert set(mended) == {whole}
    assert caplog.messages[0] == f"The pages of article {broken[0]} were not rebuilt"
