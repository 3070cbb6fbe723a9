"""The guard of a state, the count of saves, and the lost update that is refused."""

from __future__ import annotations

import pickle
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.machine import LostRaceError
from articles.models import Article, Version
from articles.states import Standing, VersionState
from tests import make


def test_a_state_changes_only_by_a_transition() -> None:
    version = Version(state=VersionState.DRAFT)

    with pytest.raises(AttributeError, match="state changes only by a transition"):
        version.state = VersionState.APPROVED

    assert version.state == VersionState.DRAFT


def test_a_stored_state_is_guarded_too(db: None) -> None:
    version = Version.objects.get(pk=make.draft().pk)

    with pytest.raises(AttributeError, match="only by a transition"):
        version.state = VersionState.APPROVED


def test_a_deferred_state_can_be_read(db: None) -> None:
    pk = make.draft().pk

    assert Version.objects.defer("state").get(pk=pk).state == VersionState.DRAFT


def test_reading_one_row_anew_lowers_the_guard_of_no_other(db: None) -> None:
    one, other = make.draft(), make.draft()
    barrier, refused = Barrier(2), []

    def write() -> None:
        barrier.wait()
        for _ in range(2000):
            try:
                other.state = VersionState.APPROVED
            except AttributeError:
                refused.append(1)

    thread = Thread(target=write)
    thread.start()
    barrier.wait()
    for _ in range(50):
        one.refresh_from_db()
    thread.join()

    assert (len(refused), other.state) == (2000, VersionState.DRAFT)


def test_a_row_read_anew_has_the_state_of_the_database(db: None) -> None:
    version = make.draft()
    twin = Version.objects.get(pk=version.pk)
    twin.withdraw()
    twin.save()

    version.refresh_from_db()

    assert (version.state, version.revision) == (VersionState.WITHDRAWN, twin.revision)
    with pytest.raises(AttributeError):
        version.state = VersionState.DRAFT


def test_every_save_is_counted(db: None) -> None:
    article = Article.objects.create(slug="one")
    assert article.revision == 0

    article.tier = "B"
    article.save()
    article.save()

    assert Article.objects.get(pk=article.pk).revision == 2


def test_a_save_over_newer_content_is_refused(db: None) -> None:
    article = Article.objects.create(slug="one")
    mine, theirs = (Article.objects.get(pk=article.pk) for _ in range(2))
    theirs.tier = "A"
    theirs.save()

    mine.specialty = "cardiology"
    with pytest.raises(LostRaceError), transaction.atomic():
        mine.save()

    now = Article.objects.get(pk=article.pk)
    assert (now.tier, now.specialty, now.revision) == ("A", "", 1)


def test_a_save_over_a_newer_state_is_refused(db: None) -> None:
    draft = make.draft()
    mine, theirs = (Version.objects.get(pk=draft.pk) for _ in range(2))
    theirs.withdraw()
    theirs.save()

    mine.submit(form="form/1", sha256="a" * 64, byline=[])
    with pytest.raises(LostRaceError), transaction.atomic():
        mine.save()

    assert Version.objects.get(pk=draft.pk).state == VersionState.WITHDRAWN


def test_a_save_of_a_row_that_is_gone_is_refused(db: None) -> None:
    article = Article.objects.create(slug="one")
    ghost = Article(pk=article.pk + 1, slug="ghost")
    ghost._state.adding = False  # noqa: SLF001  as if it had been read

    with pytest.raises(LostRaceError), transaction.atomic():
        ghost.save()

    assert list(Article.objects.values_list("slug", flat=True)) == ["one"]


def test_a_form_validates_every_field_but_the_state() -> None:
    article = Article(
        slug="not a slug", external_id="x:1", standing=Standing.UNPUBLISHED
    )

    with pytest.raises(ValidationError) as caught:
        article.clean_fields()

    assert list(caught.value.message_dict) == ["slug"]


def test_a_row_survives_pickling_with_its_guard(db: None) -> None:
    version = pickle.loads(pickle.dumps(make.draft()))  # noqa: S301  our own bytes

    assert version.state == VersionState.DRAFT
    with pytest.raises(AttributeError):
        version.state = VersionState.APPROVED
