from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.works.csl import clean_item
from articles.works.vancouver import short_pages, vancouver
from tests.articles.works.test_ama import (
    DOWELL,
    FIELDS,
    LEE,
    LETTERS,
    MANUAL,
    MATTICK,
    SAMHSA,
)

FAQ = (
    "https://www.samhsa.gov/medication-assisted-treatment/"
    "become-buprenorphine-waivered-practitioner/buprenorphine-waiver-faqs"
)
WAKEFIELD: dict[str, Any] = {
    "type": "article-journal",
    "title": (
        "RETRACTED: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and "
        "pervasive developmental disorder in children"
    ),
    "author": [
        {"family": "Wakefield", "given": "A J"},
        {"family": "Murch", "given": "S H"},
        {"family": "Anthony", "given": "A"},
        {"family": "Linnell", "given": "J"},
        {"family": "Casson", "given": "D M"},
        {"family": "Malik", "given": "M"},
        {"family": "Berelowitz", "given": "M"},
    ],
    "container-title-short": "Lancet",
    "issued": {"date-parts": [[1998, 2, 28]]},
    "volume": "351",
    "issue": "9103",
    "page": "637-641",
    "DOI": "10.1016/S0140-6736(97)11096-0",
    "PMID": "9500320",
    "custom": {"retracted_in": "Lancet. 2010 Feb 6;375(9713):445"},
}


def printed(item: dict[str, Any], **options: Any) -> str:
    """As a reader sees it: no markup."""
    cleaned, problems = clean_item(item)
    assert cleaned is not None
    assert problems == ()
    reference = vancouver(cleaned, **options)
    page = lxml_html.fragment_fromstring(reference, create_parent="p")
    return str(page.text_content())


def work(**more: Any) -> dict[str, Any]:
    return {"type": "article-journal", "title": "T", **more}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (LEE, "Lee JD, Nunes EV Jr, Novo P, Bachrach K, Bailey GL, Bhatt S, et al. Comparative effectiveness of extended-release naltrexone versus buprenorphine-naloxone for opioid relapse prevention (X:BOT): a multicentre, open-label, randomised controlled trial. Lancet. 2018 Jan 27;391(10118):309-18. doi: 10.1016/S0140-6736(17)32812-X. PMID: 29150198."),
        (MATTICK | {"PMCID": "PMC10617756"}, "Mattick RP, Breen C, Kimber J, Davoli M. Buprenorphine maintenance versus placebo or methadone maintenance for opioid dependence. Cochrane Database Syst Rev. 2014 Feb 6;2014(2):CD002207. doi: 10.1002/14651858.CD002207.pub4. PMID: 24500948; PMCID: PMC10617756."),
        (SAMHSA | {"publisher-place": "Rockville (MD)", "URL": FAQ}, f"Substance Abuse and Mental Health Services Administration. Waiver Elimination (MAT Act) [Internet]. Rockville (MD): SAMHSA; [cited 2025 Nov 25]. Available from: {FAQ}"),
        (WAKEFIELD, "Wakefield AJ, Murch SH, Anthony A, Linnell J, Casson DM, Malik M, et al. RETRACTED: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in children. Lancet. 1998 Feb 28;351(9103):637-41. doi: 10.1016/S0140-6736(97)11096-0. PMID: 9500320. Retraction in: Lancet. 2010 Feb 6;375(9713):445."),
        (DOWELL, "Dowell D, Ragan KR, Jones CM, Baldwin GT, Chou R. CDC clinical practice guideline for prescribing opioids for pain — United States, 2022. MMWR Recomm Rep. 2022 Nov 4;71(3):1-95. doi: 10.15585/mmwr.rr7103a1."),
        (MANUAL, "AMA Manual of Style Committee. AMA Manual of Style: A Guide for Authors and Editors. 11th ed. Oxford University Press; 2020."),
    ],
)  # fmt: skip
def test_the_printed_examples_come_out_to_the_letter(
    item: dict[str, Any], expected: str
) -> None:
    assert printed(item) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "Why?"}, "Why?"),
        ({"author": [{"family": "Lee"}] * 6}, "Lee, Lee, Lee, Lee, Lee, Lee. T."),
        ({"author": [{"family": "Lee", "given": "J"}, {"literal": "WHO Group"}]}, "Lee J; WHO Group. T."),
        ({"container-title": "J. Full Name"}, "T. J. Full Name."),
        ({"issued": {"date-parts": [[2024, 1]]}}, "T. 2024 Jan."),
        ({"issued": {"date-parts": [[2024]]}, "page": "e12"}, "T. 2024:e12."),
        ({"PMCID": "PMC12"}, "T. PMCID: PMC12."),
        ({"type": "article", "publisher": "medRxiv", "issued": {"date-parts": [[2021, 3, 1]]}, "DOI": "10.1101/x"}, "T. medRxiv [Preprint]. 2021 Mar 1. doi: 10.1101/x."),
        ({"type": "chapter", "author": [{"family": "Lee", "given": "A"}], "editor": [{"family": "Kim", "given": "B"}], "container-title": "Book", "edition": "2nd", "publisher": "P", "publisher-place": "Oxford", "issued": {"date-parts": [[2020]]}, "page": "10-20"}, "Lee A. T. In: Kim B, editor. Book. 2nd ed. Oxford: P; 2020. p. 10-20."),
        ({"type": "book", "editor": [{"family": "Lee"}, {"family": "Kim"}], "edition": "1", "volume": "3"}, "Lee, Kim, editors. T. Vol. 3."),
        ({"type": "report", "publisher": "WHO", "publisher-place": "Geneva", "number": "WHO/1", "issued": {"date-parts": [[2023]]}, "URL": "https://who.int/"}, "T. Geneva: WHO; 2023. Report No.: WHO/1. Available from: https://who.int/"),
        ({"type": "legislation", "volume": "42", "container-title": "CFR", "number": "§8.12", "issued": {"date-parts": [[2024]]}}, "T. 42 CFR, §8.12, 2024."),
        ({"type": "webpage", "issued": {"date-parts": [[2025, 12, 18]]}, "accessed": {"date-parts": [[2026, 1, 2]]}, "publisher": "P", "URL": "https://example.org/"}, "T [Internet]. P; 2025 Dec 18 [cited 2026 Jan 2]. Available from: https://example.org/"),
        ({"type": "thesis", "publisher": "U", "issued": {"date-parts": [[2001]]}}, "T. U; 2001."),
    ],
)  # fmt: skip
def test_every_kind_of_work_has_its_layout(more: dict[str, Any], expected: str) -> None:
    assert printed(work(**more)) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("309-318", "309-18"),
        ("309-18", "309-18"),
        ("1141-1149", "1141-9"),
        ("99-104", "99-104"),
        ("S12-S15", "S12-S15"),
        ("5-5", "5-5"),
        ("CD002207", "CD002207"),
    ],
)
def test_the_last_page_loses_what_both_pages_share(pages: str, expected: str) -> None:
    assert short_pages(pages) == expected


def test_a_work_can_be_called_retracted_by_its_record() -> None:
    assert printed(work(volume="1"), retracted=True) == "T. 1. Retracted."


def test_identifiers_are_links() -> None:
    assert vancouver(work(DOI="10.1000/a<b>", PMID="12")) == (
        'T. <a href="https://doi.org/10.1000/a%3Cb%3E" rel="noopener">'
        "doi: 10.1000/a&lt;b&gt;</a>. "
        '<a href="https://pubmed.ncbi.nlm.nih.gov/12/" rel="noopener">PMID: 12</a>.'
    )


@given(
    st.sampled_from(
        ["article-journal", "book", "chapter", "report", "bill", "webpage", "article"]
    ),
    st.dictionaries(st.sampled_from([*FIELDS, "publisher-place"]), LETTERS),
    st.lists(
        st.fixed_dictionaries({"family": LETTERS, "given": LETTERS, "suffix": LETTERS})
    ),
    LETTERS,
)
def test_whatever_comes_in_nothing_but_our_markup_comes_out(
    kind: str, fields: dict[str, str], author: list[dict[str, str]], notice: str
) -> None:
    reference = vancouver(
        {
            **fields,
            "type": kind,
            "author": author,
            "URL": "https://example.org/?" + notice,
            "custom": {"retracted_in": notice},
        }
    )

    page = lxml_html.fragment_fromstring(reference, create_parent="p")
    for element in page.iter():
        assert element.tag in {"p", "a", "i", "b", "sup", "sub"}
        assert set(element.attrib) <= {"href", "rel"}
    for mark in ("i", "b", "sup", "sub"):
        assert reference.count(f"<{mark}>") == reference.count(f"</{mark}>")
