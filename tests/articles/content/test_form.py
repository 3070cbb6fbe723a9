import hashlib
import json
from typing import Any

import pytest

from articles.canonical import sha256_hex
from articles.content import FORM, version_bytes

AUTHOR = {
    "name": "Dr Ada Example",
    "credentials": "MD",
    "affiliation": "Example House",
    "contributions": ["original_draft"],
}
LEE = {
    "key": "lee",
    "type": "rct",
    "csl": {"type": "article-journal", "title": "Naïve"},
}
WHO = {"key": "who", "type": "web", "csl": {"type": "webpage", "title": "W"}}


def version(**changes: Any) -> dict[str, Any]:
    return {
        "question": "What next?",
        "headline": "",
        "key_answer": "Offer it.",
        "audience": "clinician",
        "renditions": {"patient": "<p>b</p>", "clinician": "<p>é</p>"},
        "authors": [AUTHOR],
        "references": [LEE, WHO],
        "origin": {"kind": "human", "tool": "", "on": None},
        "evidence_searched_on": "2025-11-25",
        **changes,
    }


def test_the_bytes_of_a_version_are_these() -> None:
    assert version_bytes(**version()) == (
        b'{"audience":"clinician",'
        b'"authors":[{"affiliation":"Example House",'
        b'"contributions":["original_draft"],"credentials":"MD",'
        b'"name":"Dr Ada Example"}],'
        b'"evidence_searched_on":"2025-11-25",'
        b'"form":"imprimatur-version/1","headline":"","key_answer":"Offer it.",'
        b'"origin":{"kind":"human","on":null,"tool":""},'
        b'"question":"What next?","references":['
        b'{"csl":{"title":"Na\xc3\xafve","type":"article-journal"},'
        b'"key":"lee","type":"rct"},'
        b'{"csl":{"title":"W","type":"webpage"},"key":"who","type":"web"}],'
        b'"renditions":{"clinician":"<p>\xc3\xa9</p>","patient":"<p>b</p>"}}'
    )


def test_a_stranger_recomputes_the_hash_from_the_description() -> None:
    whole = {**version(), "form": FORM}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert sha256_hex(version_bytes(**version())) == (
        hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"question": "What next"},
        {"headline": " "},
        {"key_answer": ""},
        {"audience": "patient"},
        {"renditions": {"clinician": "<p>é</p>"}},
        {"renditions": {"patient": "<p>é</p>", "clinician": "<p>b</p>"}},
        {"authors": []},
        {"authors": [AUTHOR | {"credentials": ""}]},
        {"references": [WHO, LEE]},
        {"references": [LEE | {"type": "cohort"}, WHO]},
        {"references": [LEE | {"csl": {}}, WHO]},
        {"authors": [AUTHOR | {"contributions": []}]},
        {"origin": {"kind": "imported", "tool": "", "on": None}},
        {"origin": {"kind": "human", "tool": "Scribe 2", "on": None}},
        {"origin": {"kind": "human", "tool": "", "on": "2026-01-02"}},
        {"evidence_searched_on": None},
    ],
)
def test_nothing_can_change_without_the_bytes(changes: dict[str, Any]) -> None:
    assert version_bytes(**version(**changes)) != version_bytes(**version())


def test_neither_the_order_of_renditions_nor_more_about_an_author_counts() -> None:
    same = version(
        renditions={"clinician": "<p>é</p>", "patient": "<p>b</p>"},
        authors=[AUTHOR | {"email": "ada@example.org"}],
    )

    assert version_bytes(**same) == version_bytes(**version())


def test_an_author_without_a_name_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        version_bytes(**version(authors=[{"credentials": "", "affiliation": ""}]))
