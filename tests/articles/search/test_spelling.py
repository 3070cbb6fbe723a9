"""Words that are spelled nearly alike find one another."""

import pytest

from articles.search import spelling
from tests.articles.search import samples

KNOWN = (
    "pneumonia hypertension hemorrhage haemorrhage diabetes diarrhoea asthma seizure "
    "alzheimer naltrexone psoriasis rhythm ibuprofen migraine eczema heart hear bleed"
)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("asthma", "asthma", 0),
        ("asma", "asthma", 2),
        ("diabetis", "diabetes", 1),
        ("siezure", "seizure", 1),
        ("", "ab", 2),
        ("bleed", "heart", 3),
    ],
)
def test_mistakes_are_counted_up_to_a_bound(one: str, other: str, apart: int) -> None:
    assert spelling.distance(one, other, 2) == apart
    assert spelling.distance(other, one, 2) == apart


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("newmonia", "pneumonia"),
        ("hipertention", "hypertension"),
        ("hemorage", "hemorrhage"),
        ("diabetis", "diabetes"),
        ("diarhea", "diarrhea"),
        ("asma", "asthma"),
        ("siezure", "seizure"),
        ("altzheimer", "alzheimer"),
        ("soriasis", "psoriasis"),
        ("rythm", "rhythm"),
        ("ibuprofin", "ibuprofen"),
        ("migrane", "migraine"),
        ("exzema", "eczema"),
        ("hart", "heart"),
    ],
)
def test_a_misspelled_word_finds_the_word(asked: str, nearest: str) -> None:
    samples.public("What of it?", KNOWN)

    assert spelling.near([asked])[asked][0].word == nearest


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["xyzzyplugh", "aspirin", "10", "a" * 40, "βασις"])
def test_a_word_that_is_near_nothing_finds_nothing(asked: str) -> None:
    samples.public("What of it?", KNOWN)

    assert not spelling.near([asked]).get(asked)


@pytest.mark.django_db
def test_many_words_are_looked_up_at_once(django_assert_num_queries) -> None:
    samples.public("What of it?", KNOWN)

    with django_assert_num_queries(1):
        found = spelling.near(["asma", "hart", "migrane"])

    assert {word: near[0].word for word, near in found.items()} == {
        "asma": "asthma",
        "hart": "heart",
        "migrane": "migraine",
    }


@pytest.mark.django_db
def test_no_more_words_are_compared_than_can_be_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    samples.public("What of it?", "bard bark barn bars bare bale")
    monkeypatch.setattr(spelling, "MOST_NEAR", 2)

    assert len(spelling.near(["barx"])["barx"]) == 2
