"""The files beside an article: which there are, and what other programs read in them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy

from articles.reading import page
from articles.reading.elsewhere import files
from articles.reading.facts import Trust
from articles.works import csl
from tests.articles.reading import samples

TEXT = samples.text()
TRUST = samples.trust(TEXT.sha256)
PENDING = samples.pending(TEXT.sha256)
NAME = "/articles/after-naltrexone"
EXACT = f"http://localhost:8000{NAME}/versions/2/"


def made(trust: Trust = TRUST, text: Any = TEXT) -> dict[str, Any]:
    return {found.path: found for found in files.of(text, trust)}


def body(path: str) -> str:
    return str(made()[f"{NAME}{path}"].body.decode())


def test_an_article_has_these_files() -> None:
    found = made()

    assert {path: one.content_type for path, one in found.items()} == {
        f"{NAME}/versions.json": "application/json",
        f"{NAME}/record.json": "application/json",
        f"{NAME}.json": "application/json",
        f"{NAME}.xml": "application/xml; charset=utf-8",
        **{
            f"{NAME}{tail}{suffix}": f"{media_type}; charset=utf-8"
            for tail in ("", "/references")
            for suffix, media_type in {
                ".ris": "application/x-research-info-systems",
                ".bib": "application/x-bibtex",
                ".csl.json": "application/vnd.citationstyles.csl+json",
            }.items()
        },
    }
    assert {(one.version_number, one.indexable) for one in found.values()} == {
        (2, False)
    }
    assert {*found} == {
        *(f"{NAME}{suffix}" for suffix in files.BESIDE),
        *(f"{NAME}/{name}" for name in files.BELOW),
    }


@pytest.mark.parametrize("standing", ["concern", "held", "retracted", "archived"])
def test_a_text_with_a_notice_keeps_its_files(standing: str) -> None:
    assert made(replace(TRUST, standing=standing)).keys() == made().keys()


@pytest.mark.parametrize(
    "trust",
    [
        PENDING,
        replace(TRUST, standing="preview"),
        replace(TRUST, standing="removed"),
    ],
)
def test_a_text_that_is_not_published_has_no_files(trust: Trust) -> None:
    assert made(trust) == {}


def test_they_are_among_the_pages_of_the_article() -> None:
    stored = {found.path: found for found in page.build(TEXT, TRUST)}

    assert stored.items() >= made().items()
    assert not made().keys() & {found.path for found in page.build(TEXT, PENDING)}


def test_the_same_facts_make_the_same_files() -> None:
    assert made() == made()


def test_a_reference_manager_reads_the_article_as_ris() -> None:
    (found,) = rispy.loads(body(".ris"))

    assert found == {
        "type_of_reference": "ELEC",
        "id": "after-naltrexone-v2",
        "authors": ["Carberry, Josiah"],
        "secondary_title": "Imprimatur",
        "title": TEXT.question,
        "language": "en",
        "urls": [EXACT],
        "notes": ["Version 2, approved, last reviewed 2025-12-18."],
        "year": "2025",
        "date": "2025/12/18/",
    }


def test_a_reference_manager_reads_the_article_as_bibtex() -> None:
    library = bibtexparser.parse_string(body(".bib"))

    (entry,) = library.entries
    assert library.failed_blocks == []
    assert (entry.entry_type, entry.key) == ("online", "after-naltrexone-v2")
    assert {field.key: field.value for field in entry.fields} == {
        "author": "Carberry, Josiah",
        "title": f"{{{TEXT.question}}}",
        "journal": "Imprimatur",
        "language": "en",
        "url": EXACT,
        "date": "2025-12-18",
        "year": "2025",
        "note": "Version 2, approved, last reviewed 2025-12-18.",
    }


def test_the_article_is_an_item_of_csl_json() -> None:
    (item,) = json.loads(body(".csl.json"))

    assert item == {
        "id": "after-naltrexone-v2",
        "type": "webpage",
        "title": TEXT.question,
        "author": [{"family": "Carberry", "given": "Josiah"}],
        "container-title": "Imprimatur",
        "issued": {"date-parts": [[2025, 12, 18]]},
        "version": "2",
        "URL": EXACT,
        "language": "en",
        "note": "Version 2, approved, last reviewed 2025-12-18.",
    }
    assert csl.clean_item(item).problems == ()


def test_what_the_article_cites_goes_along() -> None:
    assert [found["id"] for found in rispy.loads(body("/references.ris"))] == [
        *("lee", "mattick", "samhsa")
    ]
    library = bibtexparser.parse_string(body("/references.bib"))
    assert [entry.key for entry in library.entries] == ["lee", "mattick", "samhsa"]
    items = json.loads(body("/references.csl.json"))
    assert items[0] == samples.LEE


def test_the_json_has_the_text_and_who_stands_behind_it() -> None:
    found = json.loads(body(".json"))

    assert found["sha256"] == TEXT.sha256
    assert found["renditions"] == [
        {
            "audience": audience,
            "url": f"http://localhost:8000{NAME}/{tail}",
            "html": TEXT.bodies[audience],
        }
        for audience, tail in (("clinician", ""), ("patient", "for/patient/"))
    ]
    assert found["review"] == {
        "approved_at": "2025-12-18T09:30:05Z",
        "approved_by": {"name": "Ada Quill, MD", "affiliation": "", "specialties": []},
        "role": "chief editor",
        "reviewers": [
            {
                "name": "Ines Calder, MD",
                "affiliation": "",
                "specialties": ["Addiction medicine"],
            },
            {"name": "Tomas O'Reed, PharmD", "affiliation": "", "specialties": []},
        ],
        "reviewers_not_named": 1,
        "not_counted": 0,
        "not_in_favour": 0,
        "conflicts": [],
        "next_review_due": "2026-12-18",
        "policy": "editorial/1",
    }
    assert [row["key"] for row in found["references"]] == ["lee", "mattick", "samhsa"]


def test_the_record_hides_whom_the_page_hides() -> None:
    found = json.loads(body("/record.json"))

    assert [row["name"] for row in found["signatures"]] == [
        *("Ines Calder, MD", "A reviewer not named", "Ada O'Quill, MD")
    ]
    assert found["signatures"][1]["value"] == ""
    assert [event["what"] for event in found["events"]] == ["Submitted", "Approved"]


def test_the_versions_are_those_the_public_has_seen() -> None:
    found = json.loads(body("/versions.json"))

    assert [(row["version"], row["ended_at"]) for row in found["versions"]] == [
        (2, None),
        (1, "2025-12-18T09:30:05Z"),
    ]
