"""From rows to canonical bytes: what is covered, in which order, and what is not."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from articles import freezing
from articles.canonical import sha256_hex
from articles.models import Citation, Work
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

LINE = {
    "name": "Person",
    "credentials": "MD",
    "affiliation": "A hospital",
    "contributions": [],
}


def draft(**fields: Any) -> Version:
    return make.again(make.draft(**fields))


def keys(version: Version) -> list[str]:
    return list(version.citations.order_by("position").values_list("key", flat=True))


def cite(key: str) -> str:
    return f'<cite data-ref="{key}"></cite>'


def test_bodies_are_read_key_answer_first_then_main_then_the_others(db: None) -> None:
    version = draft(
        key_answer="Key",
        audience="nurse",
        renditions={
            "student": "<p>Student</p>",
            "nurse": "<p>Nurse</p>",
            "caregiver": "<p>Care</p>",
        },
    )

    assert freezing.bodies(version) == [
        "Key",
        "<p>Nurse</p>",
        "<p>Care</p>",
        "<p>Student</p>",
    ]


def test_what_is_read_is_the_versions_own_and_asked_once(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = draft(), draft()

    with django_assert_num_queries(2):
        freezing.read(one)
    with django_assert_num_queries(0):
        freezing.read(one)
        owners = [row.version for row in one.renditions.all()]
        owners += [row.version for row in one.citations.all()]
        read = [(row.pk, row.key, row.work.csl) for row in one.citations.all()]

    assert set(owners) == {one}
    plainly = Citation.objects.filter(version=one).select_related("work")
    assert read == [(row.pk, row.key, row.work.csl) for row in plainly]
    assert len(read) == 2
    assert not one.citations.filter(version=other).exists()


def test_references_are_numbered_by_their_first_appearance(db: None) -> None:
    references = tuple(
        make.Reference(key, make.item()) for key in ("idle", "c", "b", "a")
    )
    version = draft(
        key_answer=f"Yes.{cite('a')}",
        renditions={
            "clinician": f"<p>One{cite('b')}{cite('a')}</p>",
            "patient": f"<p>Two{cite('c')}</p>",
        },
        references=references,
    )

    freezing.freeze_citations(version)

    assert keys(version) == ["a", "b", "c", "idle"]
    assert list(
        version.citations.order_by("position").values_list("position", flat=True)
    ) == [1, 2, 3, 4]


def test_freezing_copies_each_work_as_it_is_today(db: None) -> None:
    version = draft()
    freezing.freeze_citations(version)
    citation = version.citations.select_related("work").get(key="trial")
    assert (citation.csl, citation.kind) == (citation.work.csl, citation.work.kind)
    before = freezing.canonical_bytes(make.again(version), [])

    work = Work.objects.get(pk=citation.work_id)
    work.csl = work.csl | {"title": "Mended"}
    work.save()

    assert freezing.canonical_bytes(make.again(version), []) == before


def test_the_hash_of_a_submitted_version_is_computed_from_its_rows(db: None) -> None:
    version = make.again(make.submitted())
    data = freezing.canonical_bytes(version, version.byline)

    assert freezing.sha256_of(version) == version.sha256 == sha256_hex(data)


def test_the_canonical_bytes_say_everything_the_board_approves(db: None) -> None:
    version = draft(
        question="Does aspirin help?",
        headline="It does",
        key_answer=f"Offer it.{cite('trial')}",
        renditions={"clinician": f"<p>Text{cite('trial')}</p>"},
        references=(make.Reference("trial", make.item(DOI="10.5555/aspirin")),),
        evidence_searched_on=dt.date(2026, 10, 1),
    )
    freezing.freeze_citations(version)

    said = json.loads(freezing.canonical_bytes(make.again(version), [LINE]))

    citation = version.citations.get()
    assert {
        name: said[name] for name in said if name not in ("form", "references")
    } == {
        "question": "Does aspirin help?",
        "headline": "It does",
        "key_answer": f"Offer it.{cite('trial')}",
        "audience": "clinician",
        "renditions": {"clinician": f"<p>Text{cite('trial')}</p>"},
        "authors": [LINE],
        "origin": {"kind": "human", "tool": "", "on": None},
        "evidence_searched_on": "2026-10-01",
    }
    assert said["references"] == [
        {"key": "trial", "type": citation.kind, "csl": citation.csl}
    ]


CHANGES: dict[str, Any] = {
    "question": "Why?",
    "headline": "Another",
    "key_answer": "No.",
    "audience": "nurse",
    "origin": "machine_assisted",
    "origin_tool": "Scribe 2",
    "origin_on": dt.date(2026, 9, 1),
    "evidence_searched_on": dt.date(2026, 10, 1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_field_of_the_text_is_in_the_hash(name: str, db: None) -> None:
    version = draft()
    before = freezing.sha256_of(version)

    setattr(version, name, CHANGES[name])

    assert freezing.sha256_of(version) != before


def test_what_is_not_text_is_not_in_the_hash(db: None) -> None:
    version = draft()
    before = freezing.sha256_of(version)

    version.change_summary = "Another summary"
    version.number = 7
    version.revision = 70

    assert freezing.sha256_of(version) == before
