"""What is learned of a public text after the deed, and of what nothing is."""

from __future__ import annotations

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import freezing
from articles.asking.kept import Quotable
from articles.models import Passage, SearchEntry, WordKey
from articles.reading import learning, quotable
from articles.search import index
from editorial.actions import authoring, publishing
from tests import make, traces
from tests.articles.search import samples

pytestmark = pytest.mark.django_db

quoted_of = quotable.of


def words() -> set[str]:
    rows = WordKey.objects.filter(kind=WordKey.Kind.WORD)
    return set(rows.values_list("word", flat=True))


def test_words_are_learned_after_the_deed_and_once(django_assert_num_queries) -> None:
    entry = samples.public("Does aspirin help?")
    entry.question, entry.pk = "Does heparin help?", None
    index.put(entry.article_id, [entry])
    before = words()

    learned = [learning.learn_new(), learning.learn_new()]

    assert learned == [1, 0]
    assert words() - before == {"heparin"}
    with django_assert_num_queries(1):
        learning.learn_new()


def test_more_texts_than_are_learned_at_once_are_learned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for said in ("Aspirin", "Heparin", "Warfarin"):
        samples.public(said)
    WordKey.objects.all().delete()
    SearchEntry.objects.update(learned=False)
    monkeypatch.setattr(learning, "AT_ONCE", 2)

    learned = [learning.learn_new(most=2), learning.learn_new(), learning.learn_new()]

    assert learned == [2, 1, 0]
    assert words() == {"aspirin", "heparin", "warfarin"}


def test_a_text_that_was_learned_is_found_as_before() -> None:
    entry = samples.public("Aspirin", "Of 10 mg")
    SearchEntry.objects.filter(pk=entry.pk).update(learned=False)

    learning.learn_new()

    assert samples.found("aspirin") == [entry.article_id]


def test_a_published_text_is_quoted_once_it_is_learned() -> None:
    version = make.published()
    before = Passage.objects.count()

    learning.learn_new()

    entry = SearchEntry.objects.get()
    assert (before, entry.version, entry.vector is None) == (0, version, False)
    assert {p.entry for p in Passage.objects.all()} == {entry}


def test_nothing_is_quoted_that_nobody_approved_or_published() -> None:
    make.draft()
    make.submitted()
    pending = make.under_review()
    make.approved()
    publishing.show_preview(pending.article_id, by=make.editor(), reason="Asked for")

    learned = learning.learn_new()

    assert (learned, SearchEntry.objects.get().vector) == (1, None)
    assert not Passage.objects.exists()


@pytest.mark.parametrize("standing", ["preview", "concern", "retracted", "archived"])
def test_nothing_is_quoted_that_something_is_said_against(standing: str) -> None:
    make.published()
    SearchEntry.objects.update(standing=standing)

    learning.learn_new()

    assert not Passage.objects.exists()


def test_nothing_is_quoted_that_is_not_what_was_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.published()
    monkeypatch.setattr(freezing, "sha256_of", lambda _: "0" * 64)

    learned = learning.learn_new()

    assert (learned, Passage.objects.exists()) == (1, False)


def test_a_publication_that_fails_leaves_nothing_to_quote() -> None:
    version = make.approved()
    author = make.author()

    with pytest.raises(PermissionDenied):
        publishing.publish(version.article_id, by=author)

    assert learning.learn_new() == 0


def test_a_new_version_takes_the_place_of_the_old() -> None:
    author = make.author()
    first = make.published(by=author)
    learning.learn_new()
    draft = authoring.revise(first.pk, by=author)
    text = make.text(key_answer='Offer more.<cite data-ref="trial"></cite>')
    authoring.edit(draft.pk, by=author, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=author))
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(second.article_id, by=make.chief())
    between = Passage.objects.count()

    learning.learn_new()

    assert (between, SearchEntry.objects.get().version_id) == (0, second.pk)
    quoted = [p.html for p in Passage.objects.order_by("pk")]
    assert quoted[0] == '<p>Offer more.<cite data-ref="trial"></cite></p>'


def test_to_learn_asks_no_more_for_more_texts(django_assert_max_num_queries) -> None:
    make.published()
    with CaptureQueriesContext(connection) as asked:
        learning.learn_new()
    for _ in range(3):
        make.published()

    with django_assert_max_num_queries(len(asked)):
        learning.learn_new()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> SearchEntry:
    """A text of which nothing that may be quoted can be made, while the test asks."""
    make.published()
    entry = SearchEntry.objects.get()

    def of(asked: SearchEntry) -> Quotable | None:
        if asked == entry:
            raise ValueError("No room left")
        return quoted_of(asked)

    monkeypatch.setattr(quotable, "of", of)
    monkeypatch.setattr(learning, "_told", set())
    return entry


def test_a_text_that_cannot_be_quoted_keeps_no_other_from_being_learned(
    broken: SearchEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "AT_ONCE", 1)
    make.published()
    whole = SearchEntry.objects.exclude(pk=broken.pk).get()

    assert learning.learn_new() == 1
    assert {p.entry for p in Passage.objects.all()} == {whole}
    assert traces.problems() == []


def test_what_could_not_be_learned_is_told_once_and_tried_again(
    broken: SearchEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = [learning.learn_new(), learning.learn_new()]

    monkeypatch.setattr(quotable, "of", quoted_of)

    assert (failed, learning.learn_new()) == ([0, 0], 1)
    assert [r.getMessage() for r in caplog.records if r.exc_info] == [
        f"Search entry {broken.pk} cannot be learned yet"
    ]
    assert {p.entry for p in Passage.objects.all()} == {broken}


def test_a_sweep_tries_no_more_than_it_may_learn(
    broken: SearchEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "AT_ONCE", 1)
    make.published()

    assert [learning.learn_new(most=1), learning.learn_new(most=2)] == [0, 1]


def test_what_somebody_else_learns_is_left_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "AT_ONCE", 1)
    made = []

    def of(entry: SearchEntry) -> None:
        made.append(entry.pk)
        SearchEntry.objects.filter(pk=entry.pk).update(learned=True)

    for said in ("Aspirin", "Heparin"):
        samples.public(said)
    SearchEntry.objects.update(learned=False)
    monkeypatch.setattr(quotable, "of", of)

    assert (learning.learn_new(), len(made)) == (0, 1)


def test_a_sweep_whose_time_is_over_leaves_the_text_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.published()

    def stopped(_entry: SearchEntry) -> None:
        raise SoftTimeLimitExceeded

    with monkeypatch.context() as patch:
        patch.setattr(quotable, "of", stopped)
        with pytest.raises(SoftTimeLimitExceeded):
            learning.learn_new()

    assert learning.learn_new() == 1
    assert Passage.objects.exists()
