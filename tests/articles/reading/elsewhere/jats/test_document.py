"""JATS: valid whatever the text is made of, and nothing of it lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles import content
from articles.content import elements
from articles.reading.elsewhere import jats
from articles.reading.facts import Trust
from articles.reading.text import Reference, Text
from articles.works import csl
from tests.articles.reading import samples
from tests.articles.reading.elsewhere.jats import publishing

TEXT = samples.text(concepts=("mesh:D009271",))
TRUST = samples.trust(TEXT.sha256)
CELLS = "<tr><th>One</th><td>{}</td></tr>"
ODD = {
    "nothing": "",
    "loose words": 'Words<cite data-ref="lee"></cite> alone',
    "a deep heading first": "<h4>Deep</h4><p>One</p><h2>High</h2><h4>Deep</h4><h3>Mid</h3>",
    "headings alone": "<h2>One</h2><h3>Two</h3>",
    "a list in a list": "<ul><li>One<ol><li>Two</li></ol>and on</li><li></li></ul>",
    "a table in a list": f"<ul><li>See<table><tbody>{CELLS}</tbody></table></li></ul>",
    "a table in a cell": f"<table><tbody>{CELLS.format(f'<table><tbody>{CELLS}</tbody></table>')}</tbody></table>",
    "blocks in a cell": f"<table><tbody>{CELLS.format('<p>One</p><ul><li>Two</li></ul>')}</tbody></table>",
    "a paragraph in a cell": f"<table><tbody>{CELLS.format('<p>One<br>Two</p>')}</tbody></table>",
    "a heading in a cell": f"<table><tbody>{CELLS.format('<h3>One</h3>')}</tbody></table>",
    "a head alone": f"<table><caption>Told <em>so</em></caption><thead>{CELLS}</thead></table>",
    "an empty table": "<table></table>",
    "an empty row": "<table><tbody><tr></tr></tbody></table>",
    "a box in a quotation": '<blockquote><aside class="safety"><h3>Stop</h3><p>One</p></aside>and</blockquote>',
    "a quotation of loose words": "<blockquote>Said <strong>so</strong></blockquote>",
    "a citation in a link": '<p><a href="/more"><em>See</em><cite data-ref="lee"></cite></a></p>',
    "a citation of nothing": '<p>One<cite data-ref="nobody"></cite></p>',
    "a break": "<p>One<br>Two<sup>3<sub>4</sub></sup></p>",
    "spans": '<table><tbody><tr><td colspan="2" rowspan="3">One</td></tr></tbody></table>',
}


def written(text: Text = TEXT, trust: Trust | None = None) -> bytes:
    return jats.write(text, trust or samples.trust(text.sha256))


def read(found: bytes) -> Any:
    return etree.fromstring(found)


def with_body(html: str) -> Text:
    clean = content.clean(html).html
    return samples.text(bodies={"clinician": clean, "patient": clean})


def words(tree: Any) -> str:
    return "".join("".join(tree.itertext()).split())


def test_the_document_is_valid() -> None:
    assert publishing.problems(written()) == []


def test_what_is_wrong_would_be_seen() -> None:
    wrong = written().replace(b"<front>", b"<front><p>Out of place</p>")

    assert len(publishing.problems(wrong)) == 1


@pytest.mark.parametrize("html", ODD.values(), ids=list(ODD))
def test_whatever_a_body_may_hold_is_valid(html: str) -> None:
    text = with_body(html)

    found = written(text)

    assert publishing.problems(found) == []
    numbers = {"lee": "1"}
    for body in read(found).iter("body"):
        plain = content.plain_text(text.bodies["clinician"])
        cited = [n for key, n in numbers.items() if f'"{key}"' in html]
        told = words(body)
        for number in cited:
            told = told.replace(number, "", 1)
        assert sorted(told) == sorted("".join(plain.split()))


TAGS = st.sampled_from(sorted(elements.BODY - {"br", "cite"}))
TEXTS = st.sampled_from(
    ["One", " two ", "", "<br>", '<cite data-ref="lee samhsa"></cite>']
)


@st.composite
def markup(draw: Any) -> str:
    def one(depth: int) -> str:
        if depth > 4 or draw(st.booleans()):
            return draw(TEXTS)
        tag = draw(TAGS)
        attributes = {"a": ' href="/x"', "aside": ' class="safety"'}.get(tag, "")
        inside = "".join(one(depth + 1) for _ in range(draw(st.integers(0, 3))))
        return f"<{tag}{attributes}>{inside}</{tag}>"

    return "".join(one(0) for _ in range(draw(st.integers(1, 4))))


@given(markup())
def test_no_clean_text_makes_an_invalid_document(html: str) -> None:
    try:
        text = with_body(html)
    except ValueError:
        return

    assert publishing.problems(written(text)) == []


@pytest.mark.parametrize("kind", sorted(csl.TYPES))
def test_works_of_every_type_are_listed(kind: str) -> None:
    work = {
        **samples.LEE,
        "type": kind,
        "title": "On <i>B. <b>subtilis</b></i> at p<0.05",
        "editor": [{"family": "Beethoven", "non-dropping-particle": "van"}],
        "author": [
            {"literal": "A group"},
            {"family": "Lee", "given": "J", "suffix": "Jr"},
        ],
        "issued": {"date-parts": [[2018, 5, 3]]},
        "page": "e12",
        "number": "7",
        "ISBN": "9780306406157",
        "ISSN": "2049-3630",
        "PMID": "24500948",
        "PMCID": "PMC12",
        "URL": "https://example.org/a?b&c",
        "publisher": "A house",
        "publisher-place": "A town",
        "edition": "2",
    }
    text = samples.text(
        references=(Reference("lee", "rct", work, dt.date(2026, 1, 2)),)
    )

    found = written(text)

    assert publishing.problems(found) == []
    cited = read(found).find(".//element-citation")
    assert cited.findtext("comment") == "Retracted on 2026-01-02."
    assert "OnB.subtilisatp<0.05" in words(cited)


def test_people_are_named_as_signatures_name_them() -> None:
    tree = read(written())

    people = [(one.get("contrib-type"), words(one)) for one in tree.iter("contrib")]
    assert people == [
        ("author", "CarberryJosiahMDBrownUniversity"),
        ("reviewer", "CalderInesMDAddictionmedicine"),
        ("reviewer", "O'ReedTomasPharmDReviewer"),
        ("reviewer", "Reviewer"),
        ("approver", "QuillAdaMDchiefeditor"),
    ]
    assert len(tree.findall(".//anonymous")) == 1


def test_dates_say_what_happened_when() -> None:
    tree = read(written())

    dates = [
        (one.get("date-type"), one.get("iso-8601-date"))
        for one in tree.iter("pub-date", "date")
    ]
    assert dates == [
        ("pub", "2025-02-04"),
        ("updated", "2025-12-18"),
        ("received", "2025-11-25"),
        ("accepted", "2025-12-18"),
        ("last-reviewed", "2025-12-18"),
    ]


def test_the_document_says_which_text_it_is() -> None:
    tree = read(written())

    told = {
        one.findtext("meta-name"): one.findtext("meta-value")
        for one in tree.iter("custom-meta")
    }
    assert told == {
        "review-status": "Approved",
        "version": "2",
        "content-sha256": TEXT.sha256,
        "audience": "clinician",
        "origin": "human",
        "next-review-due": "2026-12-18",
        "editorial-policy": "editorial/1",
        "evidence-searched-to": "2025-11-01",
        "content-changed": "2025-11-25",
    }
    assert [kwd.text for kwd in tree.iter("kwd")] == ["Addiction medicine", "D009271"]


def test_a_text_that_no_longer_stands_names_nobody_behind_it() -> None:
    found = written(trust=samples.retracted(TEXT.sha256))

    assert publishing.problems(found) == []
    tree = read(found)
    kinds = [one.get("contrib-type") for one in tree.iter("contrib")]
    assert kinds == ["author"]
    assert "accepted" not in [one.get("date-type") for one in tree.iter("date")]


def test_every_rendition_is_there() -> None:
    tree = read(written())

    assert [one.get("specific-use") for one in tree.iter("sub-article")] == [
        "rendition-patient"
    ]


def test_a_text_without_references_or_authors_is_valid() -> None:
    text = samples.text(references=(), byline=(), headline="", topics=(), key_answer="")

    assert publishing.problems(written(text)) == []


def test_signs_of_markup_in_words_stay_words() -> None:
    text = samples.text(question="Is a<b && c>d?")

    tree = read(written(text))

    assert tree.findtext(".//article-title") == "Is a<b && c>d?"
