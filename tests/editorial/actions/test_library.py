"""Works that an import or a look-up brought into the library."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Work
from articles.vocabulary import RefType, WorkSource
from editorial import linting, roles, shelving
from editorial.actions import authoring, citing, library
from editorial.errors import MovedOn, Refused
from tests import make, traces


def test_a_work_is_taken_in_once_with_where_it_came_from(db: None) -> None:
    by, reference = make.author(), make.Reference("trial", make.item())

    [work] = library.take_in(by=by, references=[reference], source="From PubMed")
    [again] = library.take_in(by=by, references=[reference], source="From a file")

    assert again == work
    [kept] = Work.history.filter(id=work.pk)
    assert (kept.history_change_reason, kept.history_user_id) == ("From PubMed", by.pk)


@pytest.mark.parametrize("role", [roles.REVIEWER, roles.ADMINISTRATOR, roles.AUDITOR])
def test_authors_and_the_desk_take_works_in(role: str, db: None) -> None:
    reference = make.Reference("trial", make.item())

    with traces.nothing_left(PermissionDenied):
        library.take_in(by=make.user(role), references=[reference], source="A file")
    assert library.take_in(by=make.editor(), references=[reference], source="A file")


def test_one_that_cannot_be_read_takes_the_others_with_it(db: None) -> None:
    references = [make.Reference("good", make.item()), make.Reference("bad", {})]

    with traces.nothing_left(Refused, "Reference “bad”"):
        library.take_in(by=make.author(), references=references, source="A file")


def cited(version: Any) -> Work:
    work: Work = version.citations.get(key="trial").work
    return work


def corrected(work: Work, *, by: Any = None, **fields: Any) -> tuple[str, ...]:
    record = work.csl | fields
    by, kind = by or make.editor(), RefType.RCT
    return library.correct(work.pk, by=by, record=record, kind=kind, reason="Wrong.")


def test_an_editor_corrects_a_record_for_everybody_with_a_reason(db: None) -> None:
    version, by = make.draft(), make.editor()

    told = corrected(cited(version), by=by, volume="99", note="Mine")

    work = cited(version)
    assert told == ("In the reference “work”: The library keeps none of this: note.",)
    assert (work.csl["volume"], work.kind) == ("99", RefType.RCT)
    assert work.source == WorkSource.CONFIRMED
    newest = work.history.latest()
    assert (newest.history_change_reason, newest.history_user_id) == ("Wrong.", by.pk)


def test_a_frozen_version_keeps_its_copy(db: None) -> None:
    version = make.submitted()
    before = version.citations.get(key="trial")

    corrected(before.work, volume="99")

    after = version.citations.get(key="trial")
    assert (after.csl, after.kind) == (before.csl, before.kind)
    assert after.work.csl["volume"] == "99"


def test_what_an_editor_confirmed_is_not_typed_over(db: None) -> None:
    by = make.author()
    version = make.draft(by=by)
    typed = citing.stored(version)
    corrected(cited(version), volume="99")

    edited = authoring.edit(version.pk, by=by, text=typed, seen=version.revision)

    assert cited(version).csl["volume"] == "99"
    assert edited.dropped[0].startswith("The record of “trial” is shared")
    with pytest.raises(Refused, match="an editor confirmed its record"):
        citing.classify(version.pk, by=by, key="trial", kind="web")


def test_an_editor_vouches_for_what_a_machine_cites(db: None) -> None:
    by = make.author()
    text = make.text(**make.by_machine())
    version = authoring.open_article(by=by, text=text).version

    corrected(cited(version))

    known = {
        r.key: r.in_library for r in linting.draft_of(make.again(version)).references
    }
    assert known == {"trial": True, "review": False}


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.REVIEWER, roles.AUDITOR])
def test_only_the_desk_corrects(role: str, db: None) -> None:
    work = cited(make.draft())

    with traces.nothing_left(PermissionDenied):
        corrected(work, by=make.user(role))


def test_nobody_vouches_for_their_own_sources(db: None) -> None:
    by = make.user(roles.AUTHOR, roles.EDITOR)
    work = cited(make.draft(by=by))

    with traces.nothing_left(Refused, "another editor must correct it"):
        corrected(work, by=by)


def test_no_record_becomes_another_work(db: None) -> None:
    version = make.draft()
    other = version.citations.get(key="review").work

    with traces.nothing_left(Refused, f"another work of the library, “{other}”"):
        corrected(cited(version), DOI=other.csl["DOI"])


def test_who_saw_an_older_record_corrects_nothing(db: None) -> None:
    work = cited(make.draft())
    seen = shelving.edition(work)
    corrected(work, volume="99")

    with traces.nothing_left(MovedOn, "Changed meanwhile"):
        library.correct(
            work.pk,
            by=make.editor(),
            record=work.csl,
            kind=work.kind,
            reason="Wrong.",
            seen=seen,
        )
