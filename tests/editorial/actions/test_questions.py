"""What readers ask: kept with those that ask the same."""

from __future__ import annotations

import pytest

from editorial.actions import questions
from editorial.models import Question

pytestmark = pytest.mark.django_db
WORDS = "Is coffee bad for the heart?"


def test_a_question_waits_for_the_desk() -> None:
    asked = questions.ask(WORDS)

    assert Question.objects.get() == asked
    assert (asked.words, asked.group) == (WORDS, None)


def test_questions_that_ask_the_same_wait_as_one() -> None:
    first = questions.ask(WORDS)
    other = questions.ask("Is salt bad for the kidneys?")

    again = [questions.ask(w) for w in ("Does coffee harm the heart?", WORDS.upper())]

    assert [row.group for row in (first, other, *again)] == [None, None, first, first]
