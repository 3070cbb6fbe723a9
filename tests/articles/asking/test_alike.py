"""Questions that ask the same are found; those that name something else are not."""

from __future__ import annotations

import pytest

from articles.asking import alike


def test_the_same_words_are_the_same_question_however_they_are_typed() -> None:
    assert alike.folded(" Is  Coffee’s caffeine BAD? ") == "is coffee caffeine bad"  # noqa: RUF001  as a telephone types it
    assert alike.nearest("is it BAD", ["Why is it so?", "Is it bad?"]) == 1


@pytest.mark.parametrize(
    ("question", "other"),
    [
        (
            "What are the side effects of metformin?",
            "Which effects does metformin have",
        ),
        ("Can children take ibuprofen?", "Is ibuprofen safe for children?"),
        ("Does vitamin D prevent colds?", "Can vitamin D prevent a cold?"),
        ("Is coffee bad for the heart?", "Does coffee harm the heart?"),
        ("What causes kidney stones?", "Why do people get kidney stones?"),
        (
            "Can you drink alcohol with antibiotics?",
            "Is alcohol allowed while on antibiotics?",
        ),
    ],
)
def test_what_asks_the_same_in_other_words_is_found(question: str, other: str) -> None:
    assert alike.nearest(question, ["Who was Josiah Carberry?", other]) == 1
    assert alike.nearest(other, [question]) == 0


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Is sertraline safe in pregnancy?", "Is fluoxetine safe in pregnancy?"),
        ("Is ibuprofen safe for children?", "Is aspirin safe for children?"),
        ("How is type 1 diabetes treated?", "How is type 2 diabetes treated?"),
        ("How long is shingles contagious?", "How long is measles contagious?"),
        ("Does vitamin D prevent colds?", "Does vitamin C prevent colds?"),
        ("Is 20 mg of it enough?", "Is 40 mg of it enough?"),
        ("What causes chest pain at night?", "What causes back pain at night?"),
        ("How is asthma treated in children?", "How is asthma treated in adults?"),
        ("What are the signs of breast cancer?", "What are the signs of lung cancer?"),
        ("Is coffee bad for the heart?", "Is coffee bad for the liver?"),
        ("???", "!!! 1"),
    ],
)
def test_what_names_something_else_is_another_question(
    question: str, other: str
) -> None:
    assert alike.nearest(question, [other]) is None
    assert alike.nearest(other, [question]) is None


def test_the_nearest_that_names_the_same_is_taken() -> None:
    others = [
        "How long is measles contagious?",
        "For how long is shingles contagious to others?",
        "How long is shingles contagious for?",
    ]

    assert alike.nearest("How long is shingles contagious?", others) == 2


def test_among_none_there_is_none() -> None:
    assert alike.nearest("Is coffee bad?", []) is None
