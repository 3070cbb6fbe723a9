"""The public pages: marks, order, escaping, links, and the exact bytes."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.utils.html import escape
from lxml import html

from articles.canonical import sha256_hex
from articles.freezing import Making
from articles.reading import page
from articles.reading.elsewhere import files
from articles.reading.facts import Person, Trust
from articles.reading.page import BuiltPage
from articles.reading.text import Reference, Text
from articles.states import Standing
from articles.vocabulary import Audience
from tests.articles.reading import samples

TEXT = samples.text()
TRUST = samples.trust(TEXT.sha256)
PENDING = samples.pending(TEXT.sha256)
OLD = samples.text(number=1, question="What comes next when naltrexone fails?")
PATH = "/articles/after-naltrexone/"
PAGES = [
    PATH + tail
    for tail in (
        "",
        "for/clinician/",
        "for/patient/",
        "versions/",
        "record/",
        "versions/2/",
        "versions/1/",
    )
]
HOSTILE = "<script>alert(1)</script>\"'&<b>"


def built(text: Text = TEXT, trust: Trust = TRUST, **more: Any) -> dict[str, BuiltPage]:
    return {found.path: found for found in page.build(text, trust, **more)}


def parsed(found: BuiltPage) -> Any:
    return html.document_fromstring(found.body.decode())


def article(text: Text = TEXT, trust: Trust = TRUST, path: str = PATH) -> Any:
    return parsed(built(text, trust)[path])


def one(tree: Any, xpath: str) -> Any:
    (found,) = tree.xpath(xpath)
    return found


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_published_article_has_these_pages() -> None:
    pages = built(earlier=[OLD])

    beside = {found.path for found in files.of(TEXT, TRUST)}
    assert pages.keys() > beside
    assert {
        path: (found.content_type, found.indexable, found.version_number)
        for path, found in pages.items()
        if path not in beside
    } == {
        PATH: (page.HTML, True, 2),
        f"{PATH}for/clinician/": (page.HTML, True, 2),
        f"{PATH}for/patient/": (page.HTML, True, 2),
        f"{PATH}versions/": (page.HTML, False, 2),
        f"{PATH}record/": (page.HTML, False, 2),
        f"{PATH}versions/2/": (page.HTML, False, 2),
        f"{PATH}versions/2/canonical.json": (page.JSON, False, 2),
        f"{PATH}versions/1/": (page.HTML, False, 1),
        f"{PATH}versions/1/canonical.json": (page.JSON, False, 1),
    }


def test_a_preview_has_its_text_and_nothing_else() -> None:
    pages = built(trust=PENDING)

    assert {path: found.indexable for path, found in pages.items()} == {
        PATH: False,
        f"{PATH}for/clinician/": False,
        f"{PATH}for/patient/": False,
    }


def test_the_same_facts_make_the_same_bytes() -> None:
    assert built(earlier=[OLD]) == built(earlier=[OLD])


def test_the_default_text_is_the_same_under_both_its_addresses() -> None:
    pages = built()

    assert pages[PATH].body == pages[f"{PATH}for/clinician/"].body


def test_the_article_carries_its_marks() -> None:
    tree = article()

    assert dict(one(tree, "//article").attrib) == {
        "data-standing": "published",
        "data-version": "2",
        "data-sha256": TEXT.sha256,
        "data-audience": "clinician",
    }
    status = one(tree, "//ol[@data-review-status]")
    assert status.get("data-review-status") == "approved"
    assert [words(step) for step in status.xpath("li[@aria-current='step']")] == [
        "Approved18 Dec 2025, version 2"
    ]


@pytest.mark.parametrize(
    ("trust", "code", "banners"),
    [
        (TRUST, "approved", 0),
        (PENDING, "under-review", 1),
        (replace(PENDING, review_status="submitted"), "submitted", 1),
    ],
)
def test_the_caution_is_there_exactly_while_nothing_is_approved(
    trust: Trust, code: str, banners: int
) -> None:
    for path in (PATH, f"{PATH}for/patient/"):
        tree = article(trust=trust, path=path)

        assert len(tree.xpath("//*[@data-caution]")) == banners
        assert len(tree.xpath("//meta[@name='robots'][@content='noindex']")) == banners
        assert one(tree, "//ol[@data-review-status]").get("data-review-status") == code


def test_the_caution_follows_the_status_and_comes_before_every_body_word() -> None:
    tree = article(trust=PENDING)
    order = [element.get("class") for element in one(tree, "//article")]

    assert order[:7] == ["label", None, "headline", "status", "caution", "trust", "for"]
    assert order[-4:] == ["answer", "text", None, "disclaimer"]
    assert words(one(tree, "//*[@data-caution]")) == (
        "Caution: this text is not approved It is under medical review, with 1 of 2"
        " reviews in. No chief editor has approved what it says. Do not act on it"
        " without checking elsewhere."
    )


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("", "Key answer"),
        ("for/clinician/", "Key answer"),
        ("for/patient/", "Key answer for clinicians"),
    ],
)
def test_a_key_answer_says_whose_it_is_where_others_read_it(
    tail: str, said: str
) -> None:
    tree = article(path=PATH + tail)

    assert words(one(tree, "//h2[@id='key-answer']")) == said
    assert words(one(tree, "//nav[@class='toc']//a[@href='#key-answer']")) == said


@pytest.mark.parametrize("path", [PATH, f"{PATH}for/patient/"])
def test_a_pending_page_claims_no_reviewer_and_no_approver(path: str) -> None:
    said = words(article(trust=PENDING, path=path)).lower()

    assert "approved by" not in said
    assert "reviewed by" not in said
    assert "last reviewed" not in said


@pytest.mark.parametrize("path", PAGES)
def test_every_claim_stands_in_a_marked_element(path: str) -> None:
    tree = parsed(built(earlier=[OLD])[path])
    claims = [
        text
        for text in tree.xpath("//body//text()")
        if any(claim in text.lower() for claim in ("reviewed by", "approved by"))
    ]

    assert [
        c for c in claims if not c.getparent().xpath("ancestor-or-self::*[@data-trust]")
    ] == []


def test_citations_lead_to_references_and_back() -> None:
    tree = article()
    ids = set(tree.xpath("//@id"))
    references = tree.xpath("//li[@data-ref]")

    assert [
        (r.get("id"), r.get("data-ref"), r.get("data-ref-type")) for r in references
    ] == [
        ("ref-1", "lee", "rct"),
        ("ref-2", "mattick", "systematic_review"),
        ("ref-3", "samhsa", "web"),
    ]
    cited = tree.xpath("//a[@data-citation]")
    assert [(c.get("data-citation"), c.text, c.get("href")) for c in cited[:3]] == [
        ("lee", "1", "#ref-1"),
        ("mattick", "2", "#ref-2"),
        ("lee", "1", "#ref-1"),
    ]
    inner = {address[1:] for address in tree.xpath("//a/@href") if address[0] == "#"}
    assert inner - ids == set()


def test_a_reference_counts_where_it_is_cited() -> None:
    counts = [words(small) for small in article().xpath("//li[@data-ref]//small")]

    assert counts == [
        "Cited 4 times ↑1 ↑2 ↑3 ↑4",
        "Cited 3 times ↑1 ↑2 ↑3",
        "Cited twice ↑1 ↑2",
    ]


def test_a_reference_that_this_text_does_not_cite_says_so() -> None:
    tree = article(samples.text(key_answer=""), path=f"{PATH}for/patient/")

    assert [words(small) for small in tree.xpath("//li[@data-ref]//small")] == [
        "Not cited in this text.",
        "Cited once ↑1",
        "Cited once ↑1",
    ]


def test_a_retracted_work_says_so_in_words() -> None:
    retracted = replace(samples.REFERENCES[0], retracted_on=samples.at(3).date())
    text = samples.text(references=(retracted, *samples.REFERENCES[1:]))

    warnings = article(text).xpath("//li[@id='ref-1']//*[@class='pulled']")

    assert [words(warning) for warning in warnings] == [
        "This work was retracted on 3 Dec 2025. Do not rely on it."
    ]


@pytest.mark.parametrize("path", PAGES)
def test_an_id_is_used_once_on_a_page(path: str) -> None:
    ids = parsed(built(earlier=[OLD])[path]).xpath("//@id")

    assert sorted(ids) == sorted(set(ids))


def test_the_reader_chooses_among_the_texts_there_are() -> None:
    tree = article(path=f"{PATH}for/patient/")
    choices = tree.xpath("//nav[@class='for']//a")

    assert [
        (c.text, c.get("href"), c.get("data-choice"), c.get("aria-current"))
        for c in choices
    ] == [
        ("Clinicians", PATH, "clinician", None),
        ("Patients", f"{PATH}for/patient/", "patient", "true"),
    ]


def test_a_text_that_is_missing_is_told_where_its_reader_lands() -> None:
    told = article().xpath("//*[contains(@class, 'only-when-targeted')]")

    assert {t.get("id"): words(t) for t in told} == {
        f"instead-of-{audience.value}": f"There is no text for {audience.label.lower()}"
        " yet. This one, for clinicians, is the nearest."
        for audience in (Audience.NURSE, Audience.STUDENT, Audience.CAREGIVER)
    }


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        (PATH, PATH),
        (f"{PATH}for/clinician/", PATH),
        (f"{PATH}for/patient/", f"{PATH}for/patient/"),
        (f"{PATH}versions/2/", f"{PATH}versions/2/"),
        (f"{PATH}record/", f"{PATH}record/"),
    ],
)
def test_a_page_names_its_own_address(path: str, canonical: str, settings: Any) -> None:
    settings.SITE_URL = "https://example.org"

    tree = article(path=path)

    found = one(tree, "//link[@rel='canonical']/@href")
    assert found == f"https://example.org{canonical}"


def test_each_audience_has_its_own_disclaimer() -> None:
    found = {
        path: words(one(article(path=path), "//*[@class='disclaimer']"))
        for path in (PATH, f"{PATH}for/patient/")
    }

    assert found == {
        PATH: "Disclaimer for clinicians Clinical judgement comes first.",
        f"{PATH}for/patient/": "Disclaimer for patients Talk to your doctor.",
    }


@pytest.mark.parametrize("path", PAGES)
def test_every_page_links_policy_and_board(path: str) -> None:
    links = set(parsed(built(earlier=[OLD])[path]).xpath("//a/@href"))

    assert {"/editorial-policy/", "/medical-advisory-board/"} <= links


def test_the_demonstration_says_so_on_every_page() -> None:
    for demonstration in (True, False):
        pages = built(trust=replace(TRUST, demonstration=demonstration), earlier=[OLD])
        marked = {
            path: bool(parsed(found).xpath("//*[@class='demo']"))
            for path, found in pages.items()
            if found.content_type == page.HTML
        }

        assert set(marked.values()) == {demonstration}


def test_the_canonical_bytes_are_those_that_were_signed() -> None:
    pages = built(earlier=[OLD])

    for text in (TEXT, OLD):
        body = pages[f"{PATH}versions/{text.number}/canonical.json"].body
        assert sha256_hex(body) == text.sha256


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Another question?"},
        {"headline": "Another headline"},
        {"key_answer": "Another answer."},
        {"bodies": samples.text().bodies | {"patient": "<p>Other words.</p>"}},
        {"references": samples.REFERENCES[:2]},
        {"byline": ()},
    ],
)
@pytest.mark.parametrize("trust", [TRUST, PENDING])
def test_a_text_that_was_not_signed_is_not_printed(
    change: dict[str, Any], trust: Trust
) -> None:
    with pytest.raises(page.NotTheSignedTextError):
        page.build(replace(TEXT, **change), trust)


def test_an_old_text_that_was_not_signed_is_not_printed() -> None:
    with pytest.raises(page.NotTheSignedTextError):
        page.build(TEXT, TRUST, earlier=[replace(OLD, headline="Another")])


def test_an_old_version_says_that_a_newer_one_exists() -> None:
    tree = parsed(built(earlier=[OLD])[f"{PATH}versions/1/"])

    assert words(one(tree, "//*[@class='notice']")) == (
        "A newer version exists This is version 1, as it stood until 18 Dec 2025."
        " Read version 2, the text of today, or what changed since then."
    )
    assert words(one(tree, "//h1")) == OLD.question
    assert one(tree, "//article").get("data-sha256") == OLD.sha256
    assert tree.xpath("//*[@data-caution]") == []


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
def test_what_may_not_be_relied_on_says_so_first(standing: str, said: str) -> None:
    pages = built(trust=replace(TRUST, standing=standing), earlier=[OLD])

    kept = () if standing == "removed" else ("versions/2/", "versions/1/")
    for path in (PATH, *(PATH + tail for tail in kept)):
        first = one(parsed(pages[path]), "//article/*[1]")
        assert first.get("data-notice") == standing
        assert words(first).startswith(said)


def test_the_newest_version_has_no_such_notice() -> None:
    tree = parsed(built(earlier=[OLD])[f"{PATH}versions/2/"])

    assert tree.xpath("//*[@class='notice']") == []


def test_an_exact_version_prints_every_text_it_has() -> None:
    tree = parsed(built()[f"{PATH}versions/2/"])

    assert [words(label) for label in tree.xpath("//p[starts-with(@id, 'for-')]")] == [
        "Written for clinicians",
        "Written for patients",
    ]
    assert [words(h) for h in tree.xpath("//*[@class='text']//h2")] == [
        "Why it may have failed",
        "What to offer next",
        "What now?",
    ]


def test_the_history_lists_every_public_version_newest_first() -> None:
    tree = parsed(built(earlier=[OLD])[f"{PATH}versions/"])

    items = tree.xpath("//ol[@class='listing']/li")
    assert [[words(part) for part in item] for item in items] == [
        [
            "Version 2",
            "Approved by Ada Quill, MD, 18 Dec 2025",
            "Public from 18 Dec 2025 until now",
            "What changed: A waiver.",
            "What changed since version 1, word by word",
            f"SHA-256 {TEXT.sha256}",
        ],
        [
            "Version 1",
            "Approved by Ada Quill, MD, 3 Feb 2025",
            "Public from 4 Feb 2025 to 18 Dec 2025",
            f"SHA-256 {'b' * 64}",
        ],
    ]


def test_the_record_prints_signatures_and_events() -> None:
    tree = parsed(built()[f"{PATH}record/"])

    assert [words(h) for h in tree.xpath("//*[@class='signature']/h3")] == [
        "Review: Ines Calder, MD",
        "Review: A reviewer not named",
        "Approval: Ada O'Quill, MD",
    ]
    assert [words(row) for row in tree.xpath("//tbody/tr")] == [
        f"1SubmittedJosiah Carberry, MD25 Nov 2025, 09:30:05 UTC2{'c' * 64}",
        f"2ApprovedAda Quill, MD18 Dec 2025, 09:30:05 UTC2{'d' * 64}",
    ]


def test_the_record_prints_the_bytes_of_named_signatures_only() -> None:
    named = [s for s in TRUST.signatures if s.value]
    tree = parsed(built()[f"{PATH}record/"])

    assert tree.xpath("//details//dd[1]/code/text()") == [s.payload for s in named]
    assert tree.xpath("//details//dd[2]/code/text()") == [s.value for s in named]


def test_the_record_prints_the_signatures_of_every_version_that_was_public() -> None:
    newest, first = TRUST.history
    approval = samples.signature("Approval", "Ada Quill, MD", "chief editor", "b" * 64)
    signed = (samples.unnamed("b" * 64), replace(approval, signed_at=samples.at(3, 2)))
    trust = replace(TRUST, history=(newest, replace(first, signatures=signed)))

    tree = parsed(built(trust=trust)[f"{PATH}record/"])

    headings = tree.xpath("//*[@id='signatures']/following::*[self::h2 or self::h3]")
    assert [words(heading) for heading in headings[:6]] == [
        "Review: Ines Calder, MD",
        "Review: A reviewer not named",
        "Approval: Ada O'Quill, MD",
        "Signatures under version 1",
        "Review: A reviewer not named",
        "Approval: Ada Quill, MD",
    ]
    over = tree.xpath("//dt[.='Over the text']/following-sibling::dd[1]/code/text()")
    assert over == [TEXT.sha256] * 3 + ["b" * 64] * 2
    assert f"{PATH}versions/1/canonical.json" in tree.xpath("//a/@href")
    openssl, python = (words(pre) for pre in tree.xpath("//pre")[1:])
    assert (TEXT.sha256 in openssl, '"Approval"' in openssl) == (True, True)
    assert approval.payload in python
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_record_without_a_named_signature_offers_no_recipe_for_one() -> None:
    trust = replace(TRUST, signatures=(samples.unnamed(TEXT.sha256),))

    tree = parsed(built(trust=trust)[f"{PATH}record/"])

    assert len(tree.xpath("//pre")) == 1


def hostile() -> Text:
    item = dict.fromkeys(("title", "container-title", "publisher", "URL"), HOSTILE)
    author: dict[str, Any] = dict.fromkeys(
        ("name", "credentials", "affiliation"), HOSTILE
    ) | {"contributions": [HOSTILE]}
    return samples.text(
        question=HOSTILE,
        headline=HOSTILE,
        key_answer=HOSTILE,
        bodies={"clinician": HOSTILE, "patient": HOSTILE},
        references=(Reference("k", "rct", {"id": "k", "type": "book"} | item),),
        byline=(author,),
        change_summary=HOSTILE,
        topics=(),
    )


def hostile_trust(digest: str) -> Trust:
    person = Person(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))
    signed = samples.signature(HOSTILE, HOSTILE, HOSTILE, digest)
    (event, *_) = TRUST.events
    (newest, *_) = TRUST.history
    return samples.trust(
        digest,
        approval=samples.approval(
            approver=person,
            role=HOSTILE,
            reviewers=(person,),
            policy=f"{HOSTILE}/{HOSTILE}",
            conflicts=(HOSTILE,),
        ),
        signatures=(replace(signed, statement=HOSTILE),),
        events=(replace(event, label=HOSTILE, who=HOSTILE),),
        history=(replace(newest, approver=HOSTILE, change_summary=HOSTILE),),
        disclaimer={"clinician": HOSTILE, "patient": HOSTILE},
    )


def test_hostile_words_stay_words() -> None:
    text = hostile()
    pages = [
        found
        for found in page.build(text, hostile_trust(text.sha256))
        if found.content_type == page.HTML
    ]

    for found in pages:
        assert escape(HOSTILE).encode() in found.body
        assert b"<script>" not in found.body
        assert parsed(found).xpath("//b[normalize-space()='']|//*[@onload]") == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_needs_inline_style_or_script(path: str) -> None:
    tree = parsed(built(earlier=[OLD])[path])

    assert (
        tree.xpath(
            "//@style|//style|//script[not(@src or @type='application/ld+json')]"
        )
        == []
    )
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert one(tree, "/html").get("lang") == "en"


MADE = Making("machine_assisted", "Scribe 2", "2026-01-02")
DRAFTED = "Drafted with a machine (Scribe 2, 2 Jan 2026); "


def pages_that_say(words_: str, pages: dict[str, BuiltPage]) -> list[str]:
    of_text = {p: f for p, f in pages.items() if f.content_type == page.HTML}
    return [p for p, f in of_text.items() if words_ in words(parsed(f))]


def test_every_page_of_a_machines_text_says_so_and_who_stands_behind_it() -> None:
    text = samples.text(origin=MADE)
    old = samples.text(origin=MADE, number=1)
    trust = samples.trust(text.sha256)

    pages = built(text, trust, earlier=[old])

    said = pages_that_say(f"{DRAFTED}reviewed and approved by Ada Quill, MD", pages)
    silent = [f"{PATH}versions/"]  # which names versions and shows no text
    assert sorted([*said, *silent]) == sorted(PAGES)


def test_a_preview_of_a_machines_text_says_that_people_have_not_approved_it() -> None:
    text = samples.text(origin=MADE)

    pages = built(text, samples.pending(text.sha256))

    said = pages_that_say(f"{DRAFTED}not yet reviewed and approved by people", pages)
    assert sorted(said) == sorted(p for p, f in pages.items())


def test_the_page_says_how_to_share_and_cite_it() -> None:
    tree = article()

    section = one(tree, "//section[@aria-labelledby='cite']")
    exact = f"{settings.SITE_URL}{PATH}versions/2/"
    told = "Version 2, approved, last reviewed 2025-12-18."
    ama = f"Carberry J. {TEXT.question} Imprimatur. Published December 18, 2025."
    vancouver = f"Carberry J. {TEXT.question} [Internet]. Imprimatur; 2025 Dec 18."
    assert [words(taken) for taken in section.xpath(".//*[@data-copy]")] == [
        exact,
        f"{ama} {exact} {told}",
        f"{vancouver} Available from: {exact} {told}",
    ]
    itself, cited = section.xpath("p[a]")
    assert [(a.text, a.get("href")) for a in cited] == [
        ("RIS", f"{PATH}references.ris"),
        ("BibTeX", f"{PATH}references.bib"),
        ("CSL-JSON", f"{PATH}references.csl.json"),
    ]
    assert [(a.text, a.get("href")) for a in itself] == [
        ("RIS", "/articles/after-naltrexone.ris"),
        ("BibTeX", "/articles/after-naltrexone.bib"),
        ("CSL-JSON", "/articles/after-naltrexone.csl.json"),
        ("JATS", "/articles/after-naltrexone.xml"),
        ("JSON", "/articles/after-naltrexone.json"),
    ]


PRINTED = (
    *("published", "concern", "held"),
    *("retracted", "archived"),
)


@pytest.mark.parametrize("standing", [s for s in Standing if s != Standing.UNPUBLISHED])
def test_a_pdf_is_made_of_what_was_approved_and_can_be_read(
    standing: str, settings: Any
) -> None:
    settings.PDF = True
    is_pending = standing == Standing.PREVIEW
    trust = PENDING if is_pending else replace(TRUST, standing=standing)

    pages = built(trust=trust)

    links = parsed(pages[PATH]).xpath("//aside//a[text()='PDF']/@href")
    there = ["/articles/after-naltrexone.pdf"] if standing in PRINTED else []
    assert links == there
    to_print = [path for path, found in pages.items() if found.is_printed]
    assert to_print == ([PATH] if there else [])


def test_a_house_that_makes_no_pdfs_leads_to_none(settings: Any) -> None:
    settings.PDF = False

    assert [path for path, found in built().items() if b".pdf" in found.body] == []
    assert [path for path, found in built().items() if found.is_printed] == []


def test_what_is_retracted_says_so_where_it_is_cited() -> None:
    tree = article(trust=replace(TRUST, standing="retracted"))

    section = one(tree, "//section[@aria-labelledby='cite']")
    assert section.xpath("p/a") != []
    cited = [words(taken) for taken in section.xpath(".//*[@data-copy]")]
    assert [said.endswith("Version 2, retracted.") for said in cited[1:]] == [
        True,
        True,
    ]


def test_every_file_is_built_and_linked() -> None:
    pages = built()
    links = {
        str(link)
        for path in (PATH, f"{PATH}versions/", f"{PATH}record/")
        for link in parsed(pages[path]).xpath("//a/@href")
    }
    beside = {found.path for found in files.of(TEXT, TRUST)}

    assert beside <= links
    assert beside <= pages.keys()
