"""What the scheduler and the bell after a deed see to."""

from __future__ import annotations

from articles.asking import answering
from articles.search import finding
from articles.search.plan import Where
from editorial import tasks
from tests import make


def test_a_sweep_learns_how_the_words_of_a_new_text_are_spelled(db: None) -> None:
    article = make.published().article_id
    assert finding.find("treetment", Where()).articles == []

    tasks.sweep()

    assert finding.find("treetment", Where()).articles == [article]


def test_a_sweep_lets_a_new_text_answer_questions(db: None) -> None:
    version = make.published()
    before = answering.answer(version.question).passages

    tasks.sweep()

    answers = answering.answer(version.question).passages
    assert before == []
    assert {passage.entry.version for passage in answers} == {version}
