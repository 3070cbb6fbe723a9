"""Answers: the passage that says it, found by words and by what they mean."""

from __future__ import annotations

import pytest

from articles.asking import answering, meaning
from articles.asking.answering import Ranking, best_of, weighed
from articles.models import SearchEntry
from articles.search import index
from tests.articles.asking.samples import answered, in_renditions

pytestmark = pytest.mark.django_db

NARROW = "In asthma the airways of the lungs swell and become narrow."
INHALER = "An inhaler with a steroid prevents attacks of wheezing."


def asthma() -> SearchEntry:
    return answered("What is asthma?", NARROW, INHALER)


def quoted(question: str) -> list[tuple[int, str]]:
    found = answering.answer(question).passages
    return [(p.entry.article_id, p.html) for p in found]


def said(passage: str) -> str:
    return f'<p>{passage}<cite data-ref="trial"></cite></p>'


def test_the_passage_that_says_it_is_quoted_and_not_its_neighbour() -> None:
    article = asthma().article_id

    assert quoted("which medicine stops asthma attacks") == [(article, said(INHALER))]
    assert quoted("what happens to the airways in asthma") == [(article, said(NARROW))]


def test_of_two_renditions_the_passage_is_quoted_that_says_it_best() -> None:
    bodies = {
        "clinician": ("Inhaled corticosteroids reduce exacerbations of asthma.",),
        "patient": ("Your puffer keeps asthma attacks from coming.",),
    }
    _, patient = in_renditions("What helps in asthma?", bodies)

    [passage] = answering.answer("does my puffer keep asthma away").passages

    assert passage.entry == patient


def test_no_more_articles_are_quoted_than_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering, "SHOWN", 2)
    for n in range(3):
        answered(f"What is asthma of kind {n}?", NARROW)

    assert len(quoted("what is asthma")) == 2


def test_what_is_taken_down_is_quoted_no_more() -> None:
    article = asthma().article_id
    before = quoted("what is asthma")

    index.take_out(article)

    assert (len(before), quoted("what is asthma")) == (1, [])


@pytest.mark.parametrize(
    "question",
    ["how do volcanoes erupt", "best football club", "", "??", "what is it", "\x00"],
)
def test_where_nothing_is_good_enough_nothing_is_quoted(question: str) -> None:
    asthma()

    assert quoted(question) == []


def test_only_what_stands_out_itself_is_quoted_beside_the_best() -> None:
    article = asthma().article_id
    answered("How is a broken leg set?", "The bones of the leg are put in line.")

    assert [of for of, _ in quoted("what is asthma")] == [article]


def test_what_stands_out_is_measured_by_what_was_looked_at() -> None:
    many = dict.fromkeys(range(1, answering.LOOKED_AT), 0.5)
    few = {1: 0.5}

    assert Ranking([], many | {0: 0.9}).stands_out(0) == pytest.approx(0.396)
    assert Ranking([], few | {0: 0.9}).stands_out(0) == pytest.approx(0.592)
    assert Ranking([], many).stands_out(0) < -1


def test_an_article_is_worth_its_place_among_words_and_how_near_it_is() -> None:
    worth = weighed([7, 8], {8: 0.25, 9: 0.5}, {9: 0.5, 8: 0.0})

    assert worth == pytest.approx({7: 0.5, 8: 0.25 + 5 / 11, 9: 0.75})
    assert best_of(worth) == [9, 8, 7]


def test_where_one_article_is_found_others_with_such_questions_are() -> None:
    wheeze = answered("What are the signs of asthma?", "You wheeze at night.")
    others = [
        answered(f"What are the {said} of asthma?", "See the table.").article_id
        for said in ("costs", "kinds")
    ]
    answered("What are the signs of gout?", "A red toe.")

    order = answering.ranked("I wheeze", meaning.vector("I wheeze")).articles

    assert order[0] == wheeze.article_id
    assert sorted(order[1:3]) == others


@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_asks_no_more_as_the_library_grows(
    count: int, django_assert_num_queries
) -> None:
    for n in range(count):
        answered(f"What is asthma of kind {n}?", NARROW, INHALER)
    answering.answer("asthma")

    with django_assert_num_queries(5):
        answering.answer("asthma attacks")


def test_a_follow_up_is_answered_from_its_own_article_first() -> None:
    for n in range(4):
        answered(f"What is asthma of kind {n}?", NARROW)
    asked = "what happens to the airways in asthma"
    first, second, own = [article for article, _ in quoted(asked)]

    found = answering.answer(asked, about=own).passages

    assert [passage.entry.article_id for passage in found] == [own, first, second]


def test_an_article_that_does_not_answer_is_not_quoted_for_being_asked_from() -> None:
    article = asthma().article_id
    other = answered(
        "How is a broken leg set?", "The bones of the leg are put in line."
    )

    found = answering.answer("what is asthma", about=other.article_id).passages

    assert [passage.entry.article_id for passage in found] == [article]
    assert answering.answer("volcanoes", about=article).passages == []
