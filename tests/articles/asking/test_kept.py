"""What may be quoted hangs on its search entry, and is gone with it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.asking import kept
from articles.models import Passage, SearchEntry
from articles.search import index, upkeep
from tests.articles.asking.samples import answered, quotable
from tests.articles.search import samples

pytestmark = pytest.mark.django_db


def test_passages_go_with_their_entry_and_leave_the_others(
    django_assert_num_queries,
) -> None:
    asthma, heart = (
        answered("What is asthma?", "A."),
        answered("What is a heart?", "B."),
    )

    with django_assert_num_queries(1):
        index.take_out(asthma.article_id)

    assert [p.entry for p in Passage.objects.all()] == [heart]


def test_passages_come_back_with_an_entry_that_was_not_taken_out() -> None:
    asthma = answered("What is asthma?", "A.")

    with transaction.atomic():
        index.take_out(asthma.article_id)
        transaction.set_rollback(True)

    assert [p.entry for p in Passage.objects.all()] == [asthma]


def test_an_entry_is_learned_once_whoever_learns_it() -> None:
    entry = answered("What is asthma?", "A.")

    again = kept.keep({entry.pk: quotable("What is asthma?", "A.")})

    assert (again, Passage.objects.count()) == (0, 1)


def test_what_was_taken_out_meanwhile_is_left_out() -> None:
    entry = samples.public("What is asthma?")
    index.take_out(entry.article_id)

    assert kept.keep({entry.pk: quotable("What is asthma?", "A.")}) == 0
    assert not Passage.objects.exists()


def test_an_entry_from_which_nothing_may_be_quoted_is_learned_all_the_same() -> None:
    entry = samples.public("What is asthma?")
    SearchEntry.objects.update(learned=False)

    learned = kept.keep({entry.pk: None})

    assert learned == 1
    assert SearchEntry.objects.values_list("learned", "vector").get() == (True, None)


@pytest.mark.parametrize("count", [1, 3])
def test_to_keep_asks_no_more_for_more_and_longer_texts(count: int) -> None:
    entries = [samples.public(f"What is asthma {n}?") for n in range(count)]
    SearchEntry.objects.update(learned=False)
    said = [f"Sentence {n}." for n in range(count)]
    found = {entry.pk: quotable(entry.question, *said) for entry in entries}

    with CaptureQueriesContext(connection) as asked:
        kept.keep(found)

    told = [row["sql"].split()[0] for row in asked]
    assert [word for word in told if word in {"SELECT", "INSERT", "UPDATE"}] == [
        *("SELECT", "INSERT", "UPDATE")
    ]


@pytest.mark.only("sqlite")
def test_passages_that_outlived_their_entry_go_when_the_trigger_is_back() -> None:
    entry = answered("What is asthma?", "A.")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER articles_passage_goes")
    index.take_out(entry.article_id)
    before = Passage.objects.count()

    upkeep.install(connection)

    assert (before, Passage.objects.count()) == (1, 0)
    assert upkeep.missing(connection) == []
