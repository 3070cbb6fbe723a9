"""What a process has in memory is what the database has, whoever changed it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.asking import kept, meaning, nearest
from articles.models import SearchEntry
from articles.search import index
from tests.articles.asking.samples import answered, in_renditions, quotable
from tests.articles.search import samples

pytestmark = pytest.mark.django_db


def entry_like(entry: SearchEntry) -> SearchEntry:
    found = SearchEntry.objects.get(pk=entry.pk)
    found.pk, found.learned, found.vector = None, False, None
    return found


def learn(entry: SearchEntry, question: str) -> None:
    kept.keep({entry.pk: quotable(question)})


def near(text: str, count: int = 10) -> list[int]:
    return nearest.MEMORY.held().saying(meaning.vector(text), count)


def test_articles_come_nearest_first() -> None:
    heart = answered("What is heart failure?", "The heart pumps too little blood.")
    lungs = answered("What is asthma?", "The airways of the lungs are narrow.")

    assert near("trouble with my lungs and airways") == [
        lungs.article_id,
        heart.article_id,
    ]


def test_an_article_comes_once_whatever_its_renditions() -> None:
    bodies = {"clinician": ("Airways are narrow.",), "patient": ("You wheeze.",)}
    asthma, _ = in_renditions("What is asthma?", bodies)
    heart = answered("What is heart failure?", "The heart pumps too little blood.")

    assert near("asthma", 2) == [asthma.article_id, heart.article_id]


def test_an_empty_library_has_nothing_near() -> None:
    assert near("asthma") == []
    assert not nearest.MEMORY.held().middle([1]).any()


def test_what_was_taken_down_is_gone_from_memory_with_the_next_question() -> None:
    asthma = answered("What is asthma?", "The airways are narrow.")
    heart = answered("What is heart failure?", "The heart is weak.")
    before = near("asthma")

    index.take_out(asthma.article_id)

    assert (before, near("asthma")) == (
        [asthma.article_id, heart.article_id],
        [heart.article_id],
    )


def test_a_new_text_of_an_article_takes_the_place_of_the_old_once_it_is_learned() -> (
    None
):
    old = answered("What is asthma?", "The airways are narrow.")
    near("asthma")
    index.put(old.article_id, [entry_like(old)])
    before = near("asthma")

    learn(SearchEntry.objects.get(), "What is heart failure?")

    assert (before, near("heart failure")) == ([], [old.article_id])
    [vector] = nearest.MEMORY.held().asks
    assert vector == pytest.approx(meaning.vector("What is heart failure?"), abs=1e-3)


def test_of_two_new_texts_the_one_that_is_learned_later_is_not_missed() -> None:
    heart = answered("What is heart failure?", "The heart is weak.")
    asthma = answered("What is asthma?", "The airways are narrow.")
    SearchEntry.objects.filter(pk=heart.pk).update(vector=None, learned=False)
    before = near("heart failure")

    learn(heart, "What is heart failure?")

    assert (before, near("heart failure")) == (
        [asthma.article_id],
        [heart.article_id, asthma.article_id],
    )


def test_a_text_that_is_found_and_not_quoted_is_not_remembered() -> None:
    samples.public("What is asthma?", "The airways are narrow.")

    assert near("asthma") == []


def test_only_what_is_new_is_read() -> None:
    for n in range(3):
        answered(f"What is asthma {n}?", "The airways are narrow.")
    near("asthma")
    newest = answered("What is heart failure?", "The heart is weak.")

    with CaptureQueriesContext(connection) as asked:
        near("asthma")
    with CaptureQueriesContext(connection) as again:
        near("asthma")

    assert len(asked) == 3
    assert f"({newest.pk})" in asked[-1]["sql"]
    assert len(again) == 1


def test_many_new_ones_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "MOST_NEW", 1)
    found = [answered(f"What is asthma {n}?", "Narrow.").article_id for n in range(3)]

    assert sorted(near("asthma")) == found


def test_what_did_not_happen_is_not_remembered() -> None:
    asthma = answered("What is asthma?", "The airways are narrow.")

    with transaction.atomic():
        index.take_out(asthma.article_id)
        answered("What is heart failure?", "The heart is weak.")
        near("asthma")
        transaction.set_rollback(True)

    assert near("asthma") == [asthma.article_id]


def test_articles_come_by_what_they_ask_as_well() -> None:
    heart = answered("What is heart failure?", "The airways of the lungs are narrow.")
    lungs = answered("What is asthma?", "The heart pumps too little blood.")
    asked = meaning.vector("Which kinds of heart failure are there?")

    held = nearest.MEMORY.held()

    assert held.asking(asked, 10) == [heart.article_id, lungs.article_id]
    near = held.how_near(held.asks, asked, [lungs.article_id])
    expected = meaning.vector("What is asthma?") @ asked
    assert near == {lungs.article_id: pytest.approx(expected, abs=1e-3)}


def test_the_middle_of_articles_lies_among_their_questions() -> None:
    asthma = answered("What is asthma?", "The airways are narrow.")
    heart = answered("What is heart failure?", "The heart is weak.")
    answered("What is a nit?", "The egg of a louse.")

    middle = nearest.MEMORY.held().middle([asthma.article_id, heart.article_id])

    both = [meaning.vector(row.question) for row in (asthma, heart)]
    assert middle == pytest.approx(sum(both) / 2, abs=1e-3)
