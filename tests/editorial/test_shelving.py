"""Whose word about a work counts, and until when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from articles.models import Version, Work
from articles.vocabulary import RefType, WorkSource
from editorial.actions import authoring, citing, library
from editorial.actions.authoring import Edited, Reference
from editorial.models import User
from tests import make


@pytest.fixture
def by(db: None) -> User:
    return make.author()


def cited(version: Version) -> Work:
    return version.citations.get(key="trial").work


def corrected(version: Version, *, by: User, source: str = "", **fields: Any) -> Edited:
    """The draft saved with other words in its first reference."""
    text = citing.stored(make.again(version))
    first, *others = text.references
    first = Reference("trial", first.item | fields, source or first.source)
    text = replace(text, references=(first, *others))
    return authoring.edit(version.pk, by=by, text=text, seen=None)


def shared_with(other: User, version: Version) -> Version:
    return make.draft(by=other, references=citing.stored(version).references)


def not_stored(work: Work) -> tuple[str, ...]:
    told = (
        "The record of “trial” is shared with other texts or confirmed, so your changes "
        "to it were not stored; an editor can correct it on the page of the work, "
        f"“{work}”."
    )
    return (told,)


def test_an_author_corrects_what_only_their_drafts_cite(by: User) -> None:
    version = make.draft(by=by)
    shared_with(by, version)

    edited = corrected(version, by=by, volume="99", author=[{"family": "Right"}])

    work = cited(version)
    assert edited.dropped == ()
    assert (work.csl["volume"], work.first_author) == ("99", "right")
    assert work.history.count() == 2


def test_a_correction_counts_the_draft_on_and_comes_once(by: User) -> None:
    version = make.draft(by=by)

    once = corrected(version, by=by, volume="99").version.revision
    twice = corrected(version, by=by, volume="99").version.revision

    assert (once, twice) == (version.revision + 1, version.revision + 1)


def test_what_anothers_draft_cites_stays_and_the_author_is_told(by: User) -> None:
    version = make.draft(by=by)
    shared_with(make.author(), version)
    before = cited(version)

    edited = corrected(version, by=by, volume="99")

    assert cited(version).csl == before.csl
    assert edited.dropped == not_stored(before)
    assert edited.version.revision == version.revision


def test_what_a_frozen_version_cites_stays(by: User) -> None:
    references = make.references()
    make.submitted(by=by, references=references)
    version = make.draft(by=by, references=references)
    before = cited(version)

    edited = corrected(version, by=by, volume="99")

    assert (cited(version).csl, edited.dropped) == (before.csl, not_stored(before))


def test_what_nobody_cites_is_completed_by_who_cites_it(by: User) -> None:
    item = make.item()
    [work] = library.take_in(by=by, references=[Reference("a", item)], source="A file")
    fuller = {k: v for k, v in item.items() if k != "volume"} | {"issue": "3"}

    make.draft(by=by, references=(Reference("trial", fuller), make.references()[1]))

    known = Work.objects.get(pk=work.pk)
    assert (known.csl, known.source) == (item | {"issue": "3"}, WorkSource.TYPED)


def test_a_record_that_was_looked_up_replaces_a_typed_one(by: User) -> None:
    version = make.draft(by=by)

    corrected(version, by=by, source=WorkSource.LOOKED_UP, volume="99")

    work = cited(version)
    assert (work.csl["volume"], work.source) == ("99", WorkSource.LOOKED_UP)


def test_the_same_record_looked_up_vouches_for_a_typed_one(by: User) -> None:
    version = make.draft(by=by)

    corrected(version, by=by, source=WorkSource.LOOKED_UP)

    assert cited(version).source == WorkSource.LOOKED_UP


def test_who_types_over_what_was_looked_up_vouches_for_nothing(by: User) -> None:
    version = make.draft(by=by)
    corrected(version, by=by, source=WorkSource.LOOKED_UP)

    corrected(version, by=by, title="A trial of something else")

    assert cited(version).source == WorkSource.TYPED


def test_a_type_named_beside_a_shared_work_is_no_correction(by: User) -> None:
    version = make.draft(by=by)
    citing.classify(version.pk, by=by, key="trial", kind=RefType.COHORT)
    shared_with(make.author(), version)

    edited = corrected(version, by=by, custom={"kind": "cohort"})

    assert (edited.dropped, edited.version.revision) == ((), version.revision)


def test_another_type_is_a_correction(by: User) -> None:
    version = make.draft(by=by)

    corrected(version, by=by, custom={"kind": "cohort"})

    assert cited(version).kind == RefType.COHORT


def test_the_order_of_references_is_stored(by: User) -> None:
    version = make.draft(by=by)
    text = citing.stored(version)
    turned = replace(text, references=text.references[::-1])

    authoring.edit(version.pk, by=by, text=turned, seen=None)

    stored = citing.stored(make.again(version)).references
    assert [reference.key for reference in stored] == ["review", "trial"]
