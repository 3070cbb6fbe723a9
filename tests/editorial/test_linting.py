"""What the lint is told of a version, and what was answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.lint import Provenance
from articles.models import Authorship, RegulatoryFact
from editorial import facts, linting, people
from editorial.actions import answering, authoring, citing, library
from tests import make

if TYPE_CHECKING:
    from articles.models import Version


def read(version: Version) -> Any:
    return linting.draft_of(make.again(version))


def codes(version: Version) -> list[str]:
    return [found.finding.code for found in linting.of(make.again(version))]


def test_a_text_of_the_tests_is_found_to_be_whole(db: None) -> None:
    both = {"clinician": make.BODY, "patient": make.PATIENT_BODY}

    assert codes(make.draft(renditions=both)) == []


def test_a_version_is_told_as_it_is_stored(db: None) -> None:
    by = make.author(name="Ada Ames")
    version = make.draft(by=by, **make.by_machine())
    invited = {"user": make.author(), "joined_at": None, "position": 2}
    Authorship.objects.create(article=version.article, **invited)

    draft = read(version)

    assert (draft.question, draft.audience) == (version.question, "clinician")
    assert list(draft.bodies) == ["clinician"]
    assert [ref.key for ref in draft.references] == ["trial", "review"]
    assert draft.authors == ("Ada Ames",)
    assert draft.origin == Provenance(
        "machine_assisted", "A model", dt.date(2026, 11, 2)
    )
    assert draft.publishers[0] == "Imprimatur"
    assert draft.today == timezone.localdate()
    assert len(draft.facts) == RegulatoryFact.objects.count() == len(facts.FIRST)


def test_a_frozen_text_is_read_with_what_was_frozen(db: None) -> None:
    by = make.author(name="Ada Ames")
    version = make.submitted(by=by)
    by.name = "Ada Other"
    by.save()

    assert read(version).authors == ("Ada Ames",)


def test_a_machine_cites_what_was_brought_not_what_was_typed(db: None) -> None:
    by = make.author()
    own, known, brought = (make.Reference(f"r{n}", make.item()) for n in range(3))
    make.draft(by=by, references=(known,))
    library.take_in(by=by, references=[brought], source="From PubMed")

    version = authoring.open_article(
        by=by,
        text=make.text(
            **make.by_machine(),
            references=(own, known, brought),
            key_answer='Offer it.<cite data-ref="r0 r1 r2"></cite>',
        ),
    ).version

    assert {ref.key: ref.in_library for ref in read(version).references} == {
        "r0": False,
        "r1": False,
        "r2": True,
    }
    assert codes(version).count("AI_REFERENCE_UNKNOWN") == 2


def test_what_an_author_added_from_a_list_is_not_vouched_for(db: None) -> None:
    by = make.author()
    version = make.draft(by=by)
    pasted = (make.Reference("pasted", make.item()),)
    citing.cite(version.pk, by=by, references=pasted, seen=version.revision)
    text = replace(citing.stored(make.again(version)), **make.by_machine())

    authoring.edit(version.pk, by=by, text=text, seen=None)

    known = {ref.key: ref.in_library for ref in read(make.again(version)).references}
    assert known == {"trial": False, "review": False, "pasted": False}


def test_a_machine_cites_what_an_approved_text_cites(db: None) -> None:
    typed = make.references()
    make.approved(references=typed)

    version = make.draft(references=typed, **make.by_machine())

    assert [ref.in_library for ref in read(version).references] == [True, True]


def test_a_person_may_type_what_nobody_knew(db: None) -> None:
    version = make.draft(references=(make.Reference("new", make.item()),))

    assert [ref.in_library for ref in read(version).references] == [True]


def test_a_fact_that_has_ended_is_found_by_its_phrases(db: None) -> None:
    body = make.BODY.replace(
        "Offer the treatment", "You need an X-waiver to offer the treatment"
    )

    assert "REGFACT_EXPIRED" in codes(make.draft(renditions={"clinician": body}))


@pytest.mark.parametrize("count", [1, 3])
def test_reading_asks_as_often_whatever_the_size(count: int, db: None) -> None:
    by = make.author()
    keys = [f"r{n}" for n in range(count)]
    body = "".join(f'<p>Said.<cite data-ref="{key}"></cite></p>' for key in keys)
    version = make.draft(
        by=by,
        renditions={"clinician": body},
        references=tuple(make.Reference(key, make.item()) for key in keys),
    )
    for finding in linting.of(make.again(version))[:count]:
        if finding.finding.is_answerable:
            answering.answer_finding(
                version.pk, by=by, finding_id=finding.finding.id, reason="So."
            )
    version = make.again(version)

    with CaptureQueriesContext(connection) as asked:
        linting.of(version)
        linting.of(version)

    assert len(asked) == 5


def test_the_first_facts_are_installed_once_and_a_renamed_one_stays(db: None) -> None:
    row = RegulatoryFact.objects.get(name="Waiver to prescribe buprenorphine")
    row.name = "The old waiver"
    row.save()

    facts.install(people.system())

    names = set(RegulatoryFact.objects.values_list("name", flat=True))
    assert names == {*facts.FIRST, "The old waiver"} - {
        "Waiver to prescribe buprenorphine"
    }
