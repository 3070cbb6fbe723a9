"""No passage is shown that is not proven: its text, its approval, what is said of it."""

from __future__ import annotations

import datetime as dt
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import pytest

from articles.asking import answering
from articles.asking.answering import Answer
from articles.models import (
    Page,
    Passage,
    Rendition,
    SearchEntry,
    Version,
    Work,
)
from articles.reading import learning
from editorial import serving
from editorial.models import Event
from editorial.views import asked
from tests import make, tampering, traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db

ASKED = "Does aspirin help?"
ANSWER = 'Aspirin helps.<cite data-ref="trial"></cite>'


@pytest.fixture
def version() -> Version:
    found = make.published(question=ASKED, key_answer=ANSWER)
    learning.learn_new()
    return found


def answers(client: Client) -> int:
    response = client.get("/ask/", {"q": ASKED})
    assert response.status_code == 200
    return response.content.count(b"<blockquote")


def told() -> list[Any]:
    found = Event.objects.filter(kind="page_withheld").order_by("pk")
    return [traces.said(event)["facts"] for event in found]


def test_what_is_as_it_was_signed_is_quoted(version: Version, client: Client) -> None:
    assert (answers(client), told()) == (1, [])


def _text(version: Version) -> None:
    body = "<p>Aspirin harms everybody.</p>"
    Rendition.objects.filter(version=version).update(body=body)


def _hash(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(sha256="0" * 64)


def _passages(_: Version) -> None:
    Passage.objects.update(html="<p>Aspirin harms everybody.</p>")


def _sources(_: Version) -> None:
    Passage.objects.update(sources=[[1, "trial", "Guideline", "Nobody. <b>Lies</b>."]])


def _day(_: Version) -> None:
    SearchEntry.objects.update(reviewed_on=dt.date(2031, 1, 1))


def _question(_: Version) -> None:
    SearchEntry.objects.update(question="Does aspirin help everybody?")


def _path(_: Version) -> None:
    SearchEntry.objects.update(path="//elsewhere.example/")


@pytest.mark.parametrize(
    ("damage", "heard"),
    [
        (_text, "damaged_text"),
        (_hash, ""),
        (_passages, "damaged_quote"),
        (_sources, "damaged_quote"),
        (_day, "damaged_quote"),
        (_question, "damaged_quote"),
        (_path, "damaged_quote"),
    ],
)
def test_what_was_changed_is_not_quoted_and_the_desk_hears_once(
    damage: Callable[[Version], None], heard: str, version: Version, client: Client
) -> None:
    """A hash that no approval names may be of a text that went just now."""
    with tampering.unguarded():
        damage(version)

    found = answers(client), answers(client)

    assert found == (0, 0)
    assert [list(facts) for facts in told()] == ([[heard]] if heard else [])


def test_what_a_new_edition_is_about_to_cut_anew_is_left_out_in_silence(
    version: Version, client: Client
) -> None:
    _passages(version)
    Page.objects.filter(article=version.article).update(edition="of yesterday")

    assert (answers(client), told()) == (0, [])


def test_what_went_in_between_is_left_out_in_silence(version: Version) -> None:
    rows = list(Passage.objects.select_related("entry"))
    make.held(version)

    assert serving.proven_quotes(rows) == ([], [], [])


@pytest.mark.parametrize("count", [1, 3])
def test_no_passage_more_costs_a_question_more(
    count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make.published(question=ASKED, key_answer=ANSWER)
    learning.learn_new()
    rows = list(Passage.objects.select_related("entry"))[:3]

    with django_assert_num_queries(4):
        serving.proven_quotes(rows)


def test_who_asks_too_much_is_told_so_and_helped_first(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"ask": "1/m/ip"}
    cry = {"q": "my chest hurts"}

    first, second = client.get("/ask/", cry), client.get("/ask/", cry)

    assert (first.status_code, second.status_code) == (200, 429)
    assert asked.TOO_MANY in second.content.decode()
    assert b"get help first" in second.content
    assert second["Retry-After"] == "60"
    assert second["Cache-Control"] == "private, no-store"
    assert client.get("/ask/").status_code == 200  # the page itself can be opened


def test_no_more_are_answered_at_once_than_it_can_bear(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []

    def answer(_: str, *, about: int | None) -> Answer:
        response = client.get("/ask/", {"q": ASKED})
        statuses.append(response.status_code)
        return Answer()

    monkeypatch.setattr(answering, "answer", answer)

    first = client.get("/ask/", {"q": ASKED})
    again = client.get("/ask/", {"q": ASKED})

    assert (first.status_code, again.status_code) == (200, 200)
    assert len(statuses) == 2 * asked.AT_ONCE
    assert sorted(statuses) == [200] * (2 * asked.AT_ONCE - 2) + [503] * 2


def test_who_is_turned_away_is_told_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = BoundedSemaphore(1)
    monkeypatch.setattr(asked, "FREE", only)
    with only:
        response = client.get("/ask/", {"q": "my chest hurts"})

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert asked.BUSY in response.content.decode()
    assert b"get help first" in response.content


def test_a_question_that_fails_makes_room_for_the_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str, *, about: int | None) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(answering, "answer", broken)
    for _ in range(asked.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError):
            client.get("/ask/", {"q": ASKED})


def test_a_retracted_work_is_called_so_and_no_passage_rests_on_it_alone(
    client: Client,
) -> None:
    both = 'Aspirin helps.<cite data-ref="trial review"></cite>'
    version = make.published(question=ASKED, key_answer=both)
    learning.learn_new()
    works = Work.objects.filter(citations__version=version).order_by("pk")
    first, second = works

    before = client.get("/ask/", {"q": ASKED}).content.decode()
    Work.objects.filter(pk=first.pk).update(retracted_on=dt.date(2026, 1, 1))
    one = client.get("/ask/", {"q": ASKED}).content.decode()
    Work.objects.filter(pk=second.pk).update(retracted_on=dt.date(2026, 1, 1))

    said = "This work was retracted. Do not rely on it."
    assert (before.count(said), one.count(said)) == (0, 1)
    assert (answers(client), told()) == (0, [])
