"""JSON-LD: what it says in each standing, and that schema.org knows every word of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from articles.reading import page
from articles.reading.elsewhere import linked
from articles.reading.facts import Person, Trust
from articles.reading.text import Text
from tests.articles.reading import samples
from tests.articles.reading.elsewhere import vocabulary

TEXT = samples.text(concepts=("mesh:D009271", "icd10:F11.20"))
TRUST = samples.trust(TEXT.sha256)
PENDING = samples.pending(TEXT.sha256)
HOUSE = "http://localhost:8000"
URL = f"{HOUSE}/articles/after-naltrexone/"
BOARD = {
    "@type": "Organization",
    "name": "Medical Advisory Board",
    "url": f"{HOUSE}/medical-advisory-board/",
}


def nodes(trust: Trust, text: Text = TEXT, audience: str = "clinician") -> Any:
    return linked.graph(text, trust, audience)["@graph"]


def in_page(trust: Trust, text: Text = TEXT) -> Any:
    """What a reader of structured data finds in the stored page."""
    stored = next(iter(page.build(text, trust)))
    head = html.document_fromstring(stored.body.decode()).head
    (found,) = head.xpath("script[@type='application/ld+json']/text()")
    return json.loads(found)


def test_an_approved_page_names_its_reviewers_and_the_day_of_the_review() -> None:
    found, _article, _house = nodes(TRUST)

    assert found == {
        "@type": "MedicalWebPage",
        "@id": f"{URL}#page",
        "url": URL,
        "name": TEXT.question,
        "inLanguage": "en",
        "creativeWorkStatus": "Approved",
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinicians"},
        "datePublished": "2025-02-04",
        "dateModified": "2025-12-18",
        "mainEntity": {"@id": f"{URL}#article"},
        "about": [
            {"@type": "Thing", "name": "Addiction medicine"},
            {"@type": "MedicalEntity", "code": code("D009271", "MeSH")},
            {"@type": "MedicalEntity", "code": code("F11.20", "ICD-10")},
        ],
        "publisher": {"@id": f"{HOUSE}/#house"},
        "lastReviewed": "2025-12-18",
        "reviewedBy": [
            {
                "@type": "Person",
                "name": "Ines Calder, MD",
                "knowsAbout": ["Addiction medicine"],
            },
            {"@type": "Person", "name": "Tomas O'Reed, PharmD"},
            BOARD,
        ],
    }


def code(value: str, system: str) -> dict[str, str]:
    return {"@type": "MedicalCode", "codeValue": value, "codingSystem": system}


def test_the_article_says_which_text_it_is_and_what_it_cites() -> None:
    _page, article, _house = nodes(TRUST)

    assert (article["version"], article["identifier"]) == ("2", f"sha256:{TEXT.sha256}")
    assert article["accountablePerson"] == {"@type": "Person", "name": "Ada Quill, MD"}
    assert article["author"] == [
        {
            "@type": "Person",
            "name": "Josiah Carberry, MD",
            "affiliation": {"@type": "Organization", "name": "Brown University"},
        }
    ]
    assert [cited["@type"] for cited in article["citation"]] == [
        *("ScholarlyArticle", "ScholarlyArticle", "WebPage")
    ]
    assert article["citation"][1]["sameAs"] == (
        "https://doi.org/10.1002/14651858.CD002207.pub4"
    )


def test_a_pending_text_says_that_it_is_pending_and_nothing_of_a_review() -> None:
    found, house = nodes(PENDING)

    assert found == {
        "@type": "MedicalWebPage",
        "@id": f"{URL}#page",
        "url": URL,
        "name": TEXT.question,
        "inLanguage": "en",
        "creativeWorkStatus": "Pending human review",
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinicians"},
        "publisher": {"@id": f"{HOUSE}/#house"},
    }
    assert house["@type"] == "MedicalOrganization"


def test_an_approved_text_before_its_day_is_reviewed_and_not_published() -> None:
    early = replace(TRUST, standing="preview", history=(), first_published_at=None)

    found, _house = nodes(early)

    assert found["creativeWorkStatus"] == "Approved, not yet published"
    assert found["lastReviewed"] == "2025-12-18"
    assert "datePublished" not in found


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        ("concern", "Expression of concern"),
        ("held", "On hold"),
        ("retracted", "Retracted"),
        ("removed", "Removed"),
        ("archived", "No longer maintained"),
    ],
)
def test_nobody_is_named_behind_a_text_that_no_longer_stands(
    standing: str, said: str
) -> None:
    found, *_ = nodes(replace(TRUST, standing=standing))

    assert found["creativeWorkStatus"] == said
    assert not {"reviewedBy", "lastReviewed"} & set(found)


def test_reviewers_who_are_not_named_are_the_board() -> None:
    unnamed = samples.approval(reviewers=(), unnamed_reviewers=2)

    found = nodes(replace(TRUST, approval=unnamed))[0]

    assert found["reviewedBy"] == [BOARD]


@pytest.mark.parametrize(
    "trust",
    [
        TRUST,
        PENDING,
        samples.retracted(TEXT.sha256),
        replace(TRUST, approval=None, review_status="submitted", standing="preview"),
    ],
)
@pytest.mark.parametrize("audience", ["clinician", "patient", "caregiver"])
def test_schema_org_knows_every_word(trust: Trust, audience: str) -> None:
    vocabulary.check(linked.graph(TEXT, trust, audience))


@pytest.mark.parametrize(
    "wrong", [{"lastReviewd": "2025-12-18"}, {"lastReviewed": "soon"}]
)
def test_a_word_that_schema_org_does_not_know_would_be_seen(wrong: Any) -> None:
    graph = linked.graph(TEXT, TRUST, "clinician")
    graph["@graph"][0] |= wrong

    with pytest.raises(AssertionError):
        vocabulary.check(graph)


@pytest.mark.parametrize("trust", [TRUST, PENDING])
def test_the_page_holds_it_where_readers_of_data_look(trust: Trust) -> None:
    assert in_page(trust) == linked.graph(TEXT, trust, "clinician")


def test_no_words_of_a_text_end_the_block() -> None:
    hostile = samples.text(question="</script><script>alert('&')</script><!--")
    trust = samples.trust(hostile.sha256)

    block = linked.block(hostile, trust, "clinician")

    assert block.count("<") == 2
    inside = block.removeprefix('<script type="application/ld+json">')
    data = json.loads(inside.removesuffix("</script>"))
    assert data["@graph"][0]["name"] == hostile.question


def test_titles_are_told_without_their_marks() -> None:
    work = {**samples.LEE, "title": "<i>Bacillus</i> at p<0.05"}
    text = samples.text(references=(replace(TEXT.references[0], csl=work),))

    _page, article, _house = nodes(samples.trust(text.sha256), text)

    assert article["citation"][0]["name"] == "Bacillus at p<0.05"


def test_a_retracted_work_is_named_as_one() -> None:
    retracted = replace(TEXT.references[0], retracted_on=samples.at(3).date())
    text = samples.text(references=(retracted,))

    _page, article, _house = nodes(samples.trust(text.sha256), text)

    assert article["citation"][0]["creativeWorkStatus"] == "Retracted"


def test_a_person_without_specialty_or_house_is_a_name() -> None:
    approval = samples.approval(
        reviewers=(Person("Ada", affiliation="A hospital"),), unnamed_reviewers=0
    )

    found = nodes(replace(TRUST, approval=approval))[0]

    house = {"@type": "Organization", "name": "A hospital"}
    assert found["reviewedBy"] == [
        {"@type": "Person", "name": "Ada", "affiliation": house}
    ]
