"""The index follows its rows: in the same transaction, by whatever road they change."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from articles.models import SearchEntry, WordKey
from articles.search import index
from tests.articles.search import samples
from tests.articles.search.samples import found

pytestmark = pytest.mark.django_db


def words() -> set[str]:
    rows = WordKey.objects.filter(kind=WordKey.Kind.WORD)
    return set(rows.values_list("word", flat=True))


def test_an_article_is_found_by_what_it_says_now() -> None:
    entry = samples.public("Does aspirin help?")
    entry.question = "Does heparin help?"

    index.put(entry.article_id, [entry])

    assert (found("aspirin"), found("heparin")) == ([], [entry.article_id])


def test_what_was_taken_out_is_not_found() -> None:
    entry, other = samples.public("Aspirin"), samples.public("Aspirin again")

    index.take_out(entry.article_id)

    assert found("aspirin") == [other.article_id]


def test_a_row_that_changes_by_itself_is_found_as_it_is_now() -> None:
    entry = samples.public("Aspirin")

    SearchEntry.objects.filter(pk=entry.pk).update(question="Heparin")

    assert (found("aspirin"), found("heparin")) == ([], [entry.article_id])


def test_what_did_not_happen_is_not_found() -> None:
    kept = samples.public("Aspirin")

    with transaction.atomic():
        index.take_out(kept.article_id)
        samples.public("Aspirin again")
        transaction.set_rollback(True)

    assert found("aspirin") == [kept.article_id]


def test_words_are_learned_once_whoever_says_them() -> None:
    samples.public("Aspirin and anaemia", "Of 10 mg, for Sjögren")
    before = WordKey.objects.count()

    samples.public("Anaemia and aspirin", "For Sjögren")

    assert words() == {"aspirin", "anaemia", "anemia", "sjogren"}
    assert WordKey.objects.count() == before


def test_no_more_words_of_one_article_are_learned_than_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "MOST_WORDS", 2)

    samples.public("Aspirin heparin warfarin")

    assert words() == {"aspirin", "heparin"}


def test_a_text_of_nothing_but_different_words_can_be_public() -> None:
    letters = random.Random(7)  # noqa: S311
    body = " ".join(
        "".join(letters.choices("bcdfghjklmnpqrstvwxz", k=7)) for _ in range(25_000)
    )

    entry = samples.public("Aspirin", body)

    assert found(body[:7]) == [entry.article_id]


def test_an_article_is_put_in_by_two_statements(django_assert_num_queries) -> None:
    entry = samples.public("Does aspirin help?")

    with django_assert_num_queries(2):
        index.put(entry.article_id, [entry])
