"""What was typed, as groups of words that mean the same."""

from articles.search import question
from articles.search.question import Group, Part, Term


def said(text: str) -> list[str]:
    return [part.group.said for part in question.read(text).parts]


def test_words_that_say_nothing_are_not_looked_for() -> None:
    text = "What are the next steps if naltrexone is not effective?"

    assert said(text) == ["next", "steps", "naltrexone", "effective"]


def test_a_word_is_looked_for_in_each_of_its_spellings() -> None:
    assert question.group("anaemia") == Group(
        "anaemia", (Term(("anaemia",)), Term(("anemia",)))
    )


def test_a_name_of_several_words_is_one_group_with_its_other_names() -> None:
    [part] = question.read("Heart attacks").parts

    assert part == Part(
        Group(
            "heart attacks",
            (Term(("heart", "attacks")), Term(("myocardial", "infarction"))),
        ),
        (
            Group("heart", (Term(("heart",)),)),
            Group("attacks", (Term(("attacks",)),)),
        ),
    )


def test_a_word_asked_twice_is_looked_for_once() -> None:
    assert said("Pain, pain and PAIN") == ["pain"]


def test_a_long_question_is_cut_and_the_cut_is_told() -> None:
    asked = question.read(" ".join(f"word{n}" for n in range(20)))

    assert len(asked.parts) == question.MOST_WORDS == 16
    assert (asked.left_out, asked.last) == (4, "word15")


def test_nothing_is_asked_by_what_is_in_every_text() -> None:
    assert question.read("What is it?").parts == ()
    assert question.read("").parts == ()
    assert question.read("!?*").parts == ()
