"""Who may be in danger gets help first; who only reads about a thing mostly does not."""

from __future__ import annotations

import pytest

from articles.asking import emergencies
from articles.asking.emergencies import Emergency, sounds_like

SUICIDE, OVERDOSE, CHILD, ANAPHYLAXIS, HEART = Emergency

HITS = {
    SUICIDE: (
        "I want to kill myself",
        "my friend says she wants to die",
        "I don't want to live anymore",
        "i dont want to be here any more",
        "I\u2019m going to end my life tonight",
        "everyone would be better off without me",
        "how to stop cutting myself",
        "SUICIDAL thoughts after starting sertraline",
        "what to do when somebody self-harms",
    ),
    OVERDOSE: (
        "I took too many Tylenol what now",
        "he took a whole bottle of aspirin",
        "paracetamol overdose",
        "took all of my sleeping pills",
        "swallowed a handful of his heart medicine",
        "I took too much of my insulin",
        "my brother used heroin and won't wake up",
        "my dad drank antifreeze by mistake",
        "how many hours until an overdosed person gets sick",
    ),
    CHILD: (
        "my toddler swallowed a button battery",
        "my 2 year old ate 3 iron pills",
        "baby drank some bleach",
        "My 3-year-old swallowed my blood pressure tablets",
        "kid got into the vitamins",
        "the child has eaten berries from the garden",
        "poisoning in a child",
        "our son turned blue after a fit",
        "newborn is not breathing properly",
    ),
    ANAPHYLAXIS: (
        "my tongue is swelling after a bee sting",
        "my throat is closing up",
        "stung by a wasp and can't breathe",
        "swollen lips after eating peanuts",
        "hives and trouble breathing after penicillin",
        "anaphylaxis what do I do",
        "when do I need to use the EpiPen",
    ),
    HEART: (
        "crushing chest pain and sweating",
        "my chest hurts",
        "pressure in the middle of my chest",
        "pain in my left arm and jaw",
        "am I having a heart attack",
        "his speech is slurred since this morning",
        "the left side of her face is drooping",
        "I can't breathe",
        "he collapsed and does not answer",
    ),
}
MISSES = (
    "What are the symptoms of asthma?",
    "how is a heart attack prevented",
    "risk of stroke after surgery",
    "what are the treatments for breast cancer",
    "chest x-ray for pneumonia",
    "chestnut allergy",
    "can children take iron",
    "child takes too long to eat",
    "is aspirin safe in pregnancy",
    "what is the usual dose of paracetamol",
    "how many tablets of metformin a day",
    "which medicine for children with asthma",
    "does my baby need vitamins",
    "ankles are swelling in the evening",
    "swollen glands in the neck",
    "how do I stop smoking",
    "how do I kill head lice",
    "end of life care at home",
    "do people die of shingles",
    "dead skin on the feet",
    "fracture of the left arm",
    "face cream for dry skin",
    "taking my own blood pressure at home",
    "lifestyle after a heart attack",
    "can I drink alcohol with antibiotics",
    "what are the next steps if naltrexone is not effective",
    "",
    "\u2019",
    "?",
)


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, said) for kind, hits in HITS.items() for said in hits]
)
def test_who_sounds_in_danger_is_heard(kind: Emergency, question: str) -> None:
    assert kind in sounds_like(question)


@pytest.mark.parametrize("question", MISSES)
def test_who_only_asks_is_not_startled(question: str) -> None:
    assert sounds_like(question) == []


def test_the_worst_is_said_first() -> None:
    assert sounds_like("chest pain after an overdose, I wanted to die") == [
        SUICIDE,
        OVERDOSE,
        HEART,
    ]


def test_neither_case_nor_signs_hide_a_cry() -> None:
    assert sounds_like("I\nWANT -- to... kill,MYSELF!!!") == [SUICIDE]


@pytest.mark.parametrize("kind", Emergency)
def test_no_pattern_looks_further_than_a_few_words_from_where_it_begins(
    kind: Emergency,
) -> None:
    written = emergencies._pattern(emergencies.PHRASES[kind]).pattern  # noqa: SLF001

    few, end_of_a_word = r"(?:\w+ ){0,5}", r"\w*"
    rest = written.replace(few, "").replace(end_of_a_word, "").replace("(?:", "(")
    assert set(rest).isdisjoint("*+?{}")
    lines = emergencies.PHRASES[kind].splitlines()
    assert max(line.count("…") for line in lines) <= 2
