"""Terms of the glossary on the pages of an article: linked once, listed, and only there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from articles.reading import page, paged, terms
from articles.reading.terms import Glossary, Term
from tests.articles.reading import samples

PATH = "/articles/after-naltrexone/"
HOSTILE = "<script>alert(1)</script>\"'&<b>"
TEXT = samples.text()


def term(name: str, *spellings: str, **said: Any) -> Term:
    made = Term(
        slug=name.lower(),
        name=name,
        spellings=spellings,
        definition=f"What {name} means.",
        source="",
        approver="Ada Quill, MD",
        role="chief editor",
        approved_at=samples.at(1),
    )
    return replace(made, **said)


def built(*known: Term, **changes: Any) -> dict[str, bytes]:
    text = samples.text(**changes)
    trust = samples.trust(text.sha256, glossary=Glossary(known, 2))
    return {found.path: found.body for found in page.build(text, trust)}


def article(*known: Term, path: str = PATH, **changes: Any) -> Any:
    return html.document_fromstring(built(*known, **changes)[path].decode())


def said(tree: Any, xpath: str) -> list[str]:
    return [" ".join(e.text_content().split()) for e in tree.xpath(xpath)]


def test_a_term_leads_to_what_it_means_and_back() -> None:
    tree = article(term("Tolerance", "tolerance"), term("claim"))

    links = tree.xpath("//a[@class='term']")
    assert [(a.text, a.get("href"), a.get("id")) for a in links] == [
        ("claim", "#term-1", "term-at-1"),
        ("Tolerance", "#term-2", "term-at-2"),
    ]
    listed = tree.xpath("//section[@aria-labelledby='terms']//li")
    assert [(li.get("id"), li.get("data-term")) for li in listed] == [
        ("term-1", "claim"),
        ("term-2", "tolerance"),
    ]
    assert said(listed[0], ".//dfn") == ["claim"]
    assert "What claim means." in listed[0].text_content()
    assert listed[0].xpath(".//small/a/@href") == ["/glossary/#claim", "#term-at-1"]
    assert "#terms" in tree.xpath("//nav[@class='toc']//a/@href")


def test_the_list_stands_before_the_references() -> None:
    tree = article(term("claim"))

    assert said(tree, "//article//h2")[-3:] == [
        *("Terms in this text", "References", "Disclaimer for clinicians")
    ]


def test_the_first_place_on_the_page_may_be_in_the_answer() -> None:
    tree = article(term("treatment"), bodies={"clinician": "<p>A treatment.</p>"})

    assert said(tree, "//section[@class='answer']//a[@class='term']") == ["treatment"]
    assert said(tree, "//div[@class='text']//a[@class='term']") == []


def test_each_rendition_has_its_own() -> None:
    known = (term("claim"), term("medicine", "medicines"))

    assert said(article(*known), "//dfn") == ["claim"]
    assert said(article(*known, path=f"{PATH}for/patient/"), "//dfn") == ["medicine"]


def test_nothing_else_knows_of_terms() -> None:
    """The exact text, the record, what machines are told: as if there were none."""
    with_terms, without = built(term("claim"), term("Another")), built()

    changed = {path for path in without if with_terms[path] != without[path]}
    assert with_terms.keys() == without.keys()
    assert changed == {PATH, f"{PATH}for/clinician/"}


def test_without_terms_a_page_is_what_it_was() -> None:
    assert built(term("unheard-of")) == built()
    assert b'class="term' not in built()[PATH]


def test_what_a_term_says_is_text_and_never_markup() -> None:
    hostile = term("claim", HOSTILE, definition=HOSTILE, slug="claim")
    body = "<p>A claim, and x&lt;script&gt;alert(1)&lt;/script&gt;x.</p>"
    named = term("x<script>alert(1)</script>x", slug="xss")

    found = built(hostile, named, bodies={"clinician": body})[PATH].decode()

    tree = html.document_fromstring(found)
    assert tree.xpath("//script[not(@src)][not(@type='application/ld+json')]") == []
    assert HOSTILE in said(tree, "//li[@data-term='claim']")[0]
    assert said(tree, "//dfn") == ["claim", named.name]
    assert said(tree, "//a[@class='term']") == ["claim", named.name]


def test_a_page_explains_thirty_terms_at_most() -> None:
    known = tuple(term(f"word{n}") for n in range(40))
    body = "<p>" + " ".join(t.name for t in known) + "</p>"

    assert len(article(*known, bodies={"clinician": body}).xpath("//dfn")) == 30


def test_a_glossary_is_made_ready_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    real = terms.Spellings
    terms._ready.cache_clear()  # noqa: SLF001
    monkeypatch.setattr(terms, "Spellings", lambda s: made.append(s) or real(s))

    built(term("claim"))
    built(term("claim"))

    assert len(made) == 1
    terms._ready.cache_clear()  # noqa: SLF001


def test_the_list_is_on_paper_without_its_ways_back() -> None:
    sheet = paged.sheet(built(term("claim"))[PATH])
    tree = html.fromstring(sheet.article)

    assert said(tree, "//ul[@class='terms']/li") == ["claim What claim means."]
    assert said(tree, "//a[@class='term']") == ["claim"]
