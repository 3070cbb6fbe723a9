from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.works.ama import ama
from articles.works.csl import clean_item

LEE: dict[str, Any] = {
    "type": "article-journal",
    "title": (
        "Comparative effectiveness of extended-release naltrexone versus "
        "buprenorphine-naloxone for opioid relapse prevention (X:BOT): a multicentre, "
        "open-label, randomised controlled trial"
    ),
    "author": [
        {"family": "Lee", "given": "Joshua D"},
        {"family": "Nunes", "given": "Edward V.", "suffix": "Jr."},
        {"family": "Novo", "given": "Patricia"},
        {"family": "Bachrach", "given": "Ken"},
        {"family": "Bailey", "given": "Genie L"},
        {"family": "Bhatt", "given": "Snehal"},
        {"family": "Farkas", "given": "Sarah"},
    ],
    "container-title": "The Lancet",
    "container-title-short": "Lancet",
    "issued": {"date-parts": [[2018, 1, 27]]},
    "volume": "391",
    "issue": "10118",
    "page": "309-318",
    "DOI": "10.1016/S0140-6736(17)32812-X",
    "PMID": "29150198",
}
MATTICK: dict[str, Any] = {
    "type": "article-journal",
    "title": (
        "Buprenorphine maintenance versus placebo or methadone maintenance for opioid "
        "dependence"
    ),
    "author": [
        {"family": "Mattick", "given": "Richard P"},
        {"family": "Breen", "given": "Courtney"},
        {"family": "Kimber", "given": "Jo"},
        {"family": "Davoli", "given": "Marina"},
    ],
    "container-title-short": "Cochrane Database Syst Rev",
    "issued": {"date-parts": [[2014, 2, 6]]},
    "volume": "2014",
    "issue": "2",
    "number": "CD002207",
    "DOI": "10.1002/14651858.CD002207.pub4",
    "PMID": "24500948",
}
DOWELL: dict[str, Any] = {
    "type": "article-journal",
    "title": (
        "CDC clinical practice guideline for prescribing opioids for pain "
        "\N{EM DASH} United States, 2022"
    ),
    "author": [
        {"family": "Dowell", "given": "Deborah"},
        {"family": "Ragan", "given": "Kathleen R"},
        {"family": "Jones", "given": "Christopher M"},
        {"family": "Baldwin", "given": "Grant T"},
        {"family": "Chou", "given": "Roger"},
    ],
    "container-title-short": "MMWR Recomm. Rep.",
    "issued": {"date-parts": [[2022, 11, 4]]},
    "volume": "71",
    "issue": "3",
    "page": "1\N{EN DASH}95",
    "DOI": "10.15585/mmwr.rr7103a1",
}
MANUAL: dict[str, Any] = {
    "type": "book",
    "title": "AMA Manual of Style: A Guide for Authors and Editors",
    "author": [{"literal": "AMA Manual of Style Committee"}],
    "edition": "11",
    "publisher": "Oxford University Press",
    "issued": {"date-parts": [[2020]]},
    "ISBN": "978-0-19-024655-6",
}
SAMHSA: dict[str, Any] = {
    "type": "webpage",
    "title": "Waiver Elimination (MAT Act)",
    "author": [
        {"literal": "Substance Abuse and Mental Health Services Administration"}
    ],
    "publisher": "SAMHSA",
    "accessed": {"date-parts": [[2025, 11, 25]]},
    "URL": "https://www.samhsa.gov/medication-assisted-treatment/x",
}
WAKEFIELD: dict[str, Any] = {
    "type": "article-journal",
    "title": "RETRACTED: Ileal-lymphoid-nodular hyperplasia",
    "author": [{"family": name} for name in "abcdefg"],
    "container-title-short": "Lancet",
    "issued": {"date-parts": [[1998]]},
    "volume": "351",
    "issue": "9103",
    "page": "637-41",
    "DOI": "10.1016/S0140-6736(97)11096-0",
}
LETTERS = st.text(st.sampled_from("ab<>&\"'/ ibsup"), max_size=12)


def printed(item: dict[str, Any], **options: Any) -> str:
    """As a reader sees it: no markup, but italics between asterisks."""
    cleaned, problems = clean_item(item)
    assert cleaned is not None
    assert problems == ()
    reference = ama(cleaned, **options)
    starred = reference.replace("<em>", "*").replace("</em>", "*")
    page = lxml_html.fragment_fromstring(starred, create_parent="p")
    return str(page.text_content())


def work(**more: Any) -> dict[str, Any]:
    return {"type": "article-journal", "title": "T", **more}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (LEE, "Lee JD, Nunes EV Jr, Novo P, et al. Comparative effectiveness of extended-release naltrexone versus buprenorphine-naloxone for opioid relapse prevention (X:BOT): a multicentre, open-label, randomised controlled trial. *Lancet*. 2018;391(10118):309-318. doi:10.1016/S0140-6736(17)32812-X"),
        (MATTICK, "Mattick RP, Breen C, Kimber J, Davoli M. Buprenorphine maintenance versus placebo or methadone maintenance for opioid dependence. *Cochrane Database Syst Rev*. 2014;2014(2):CD002207. doi:10.1002/14651858.CD002207.pub4"),
        (DOWELL, "Dowell D, Ragan KR, Jones CM, Baldwin GT, Chou R. CDC clinical practice guideline for prescribing opioids for pain — United States, 2022. *MMWR Recomm Rep*. 2022;71(3):1-95. doi:10.15585/mmwr.rr7103a1"),
        (MANUAL, "AMA Manual of Style Committee. *AMA Manual of Style: A Guide for Authors and Editors*. 11th ed. Oxford University Press; 2020."),
        (SAMHSA, "Substance Abuse and Mental Health Services Administration. Waiver Elimination (MAT Act). SAMHSA. Accessed November 25, 2025. https://www.samhsa.gov/medication-assisted-treatment/x"),
        (WAKEFIELD | {"custom": {"retracted_in": "<i>Lancet</i>. 2010;375(9713):445"}}, "a, b, c, et al. RETRACTED: Ileal-lymphoid-nodular hyperplasia. *Lancet*. 1998;351(9103):637-641. Retracted in: Lancet. 2010;375(9713):445. doi:10.1016/S0140-6736(97)11096-0"),
        (WAKEFIELD | {"status": "retracted"}, "a, b, c, et al. RETRACTED: Ileal-lymphoid-nodular hyperplasia. *Lancet*. 1998;351(9103):637-641. Retracted. doi:10.1016/S0140-6736(97)11096-0"),
    ],
)  # fmt: skip
def test_the_printed_examples_come_out_to_the_letter(
    item: dict[str, Any], expected: str
) -> None:
    assert printed(item) == expected


def test_a_work_can_be_called_retracted_by_its_record() -> None:
    assert printed(work(volume="1"), retracted=True) == "T. 1. Retracted."


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([{"family": "Lee"}] * 6, "Lee, Lee, Lee, Lee, Lee, Lee. T."),
        ([{"family": "Lee"}] * 7, "Lee, Lee, Lee, et al. T."),
        ([{"family": "Rooyen", "given": "Susan", "non-dropping-particle": "van"}], "van Rooyen S. T."),
        ([{"family": "Sartre", "given": "Jean-Paul Charles Aymard"}], "Sartre JP. T."),
        ([{"family": "Lee", "given": "JD"}], "Lee JD. T."),
        ([{"family": "Lee", "given": "J. D."}], "Lee JD. T."),
        ([{"family": "Lee", "given": "JOSHUA"}], "Lee J. T."),
        ([{"family": "Gogh", "given": "Vincent van"}], "Gogh V. T."),
        ([{"family": "Øst", "given": "Éva"}, {"literal": "WHO Group"}], "Øst É; WHO Group. T."),
        ([{"literal": "A Group"}, {"literal": "B Group"}], "A Group, B Group. T."),
        ([{"literal": "Example Inc."}], "Example Inc. T."),
    ],
)  # fmt: skip
def test_people_are_named_as_indexes_name_them(
    names: list[dict[str, Any]], expected: str
) -> None:
    assert printed(work(author=names)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "Why?"}, "Why?"),
        ({"title": "T."}, "T."),
        ({"container-title": "J. Full Name"}, "T. *J. Full Name*."),
        ({"issued": {"date-parts": [[2024, 1, 5]]}}, "T. Published online January 5, 2024."),
        ({"issued": {"date-parts": [[2024]]}, "page": "e12"}, "T. 2024:e12."),
        ({"issued": {"date-parts": [[2024]]}, "issue": "2", "page": "6913-7"}, "T. 2024;(2):6913-6917."),
        ({"volume": "4", "page": "99-104"}, "T. 4:99-104."),
        ({"page": "S12-S15"}, "T. S12-S15."),
        ({"PMID": "12"}, "T. PMID: 12"),
        ({"URL": "https://example.org/", "accessed": {"date-parts": [[2025, 3]]}}, "T. Accessed March 2025. https://example.org/"),
        ({"DOI": "10.1000/x", "URL": "https://example.org/", "accessed": {"date-parts": [[2025]]}}, "T. doi:10.1000/x"),
        ({"type": "article", "publisher": "medRxiv", "issued": {"date-parts": [[2021, 3, 1]]}, "DOI": "10.1101/x"}, "T. *medRxiv*. Preprint posted online March 1, 2021. doi:10.1101/x"),
        ({"type": "chapter", "author": [{"family": "Lee", "given": "A"}], "editor": [{"family": "Kim", "given": "B"}], "container-title": "Book", "edition": "2nd", "publisher": "P", "issued": {"date-parts": [[2020]]}, "page": "10-20"}, "Lee A. T. In: Kim B, ed. *Book*. 2nd ed. P; 2020:10-20."),
        ({"type": "chapter", "container-title": "Book"}, "T. In: *Book*."),
        ({"type": "book", "editor": [{"family": "Lee"}, {"family": "Kim"}], "edition": 1, "volume": 3}, "Lee, Kim, eds. *T*. Vol 3."),
        ({"type": "book", "edition": "Revised"}, "*T*. Revised ed."),
        ({"type": "book", "edition": "112"}, "*T*. 112th ed."),
        ({"type": "book", "edition": "23rd ed."}, "*T*. 23rd ed."),
        ({"type": "report", "publisher": "WHO", "number": "WHO/1", "issued": {"date-parts": [[2023]]}, "URL": "https://who.int/"}, "*T*. WHO; 2023. WHO/1. https://who.int/"),
        ({"type": "legislation", "volume": "42", "container-title": "CFR", "number": "§8.12", "issued": {"date-parts": [[2024]]}}, "T. 42 CFR, §8.12. (2024)."),
        ({"type": "webpage", "container-title": "Example", "issued": {"date-parts": [[2025, 12, 18]]}, "URL": "https://example.org/"}, "T. Example. Published December 18, 2025. https://example.org/"),
        ({"type": "webpage", "author": [{"literal": "WHO"}], "publisher": "WHO", "URL": "https://who.int/"}, "WHO. T. https://who.int/"),
        ({"type": "thesis", "publisher": "U", "issued": {"date-parts": [[2001]]}}, "T. U; 2001."),
    ],
)  # fmt: skip
def test_every_kind_of_work_has_its_layout(more: dict[str, Any], expected: str) -> None:
    assert printed(work(**more)) == expected


def test_identifiers_are_links() -> None:
    assert ama(work(DOI="10.1000/a<b>")) == (
        'T. <a href="https://doi.org/10.1000/a%3Cb%3E" rel="noopener">'
        "doi:10.1000/a&lt;b&gt;</a>"
    )
    assert ama(work(PMID="12")) == (
        'T. <a href="https://pubmed.ncbi.nlm.nih.gov/12/" rel="noopener">PMID: 12</a>'
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<i>E. coli</i> & p < 0.05", "<i>E. coli</i> &amp; p &lt; 0.05."),
        ("H<sub>2</sub>O<sup>+</sup> <b>x</b>", "H<sub>2</sub>O<sup>+</sup> <b>x</b>."),
        ("<i>x", "&lt;i&gt;x."),
        ("x</i>", "x&lt;/i&gt;."),
        ("<i>a<b>b</i>c</b>", "&lt;i&gt;a<b>b&lt;/i&gt;c</b>."),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;."),
        ("<i onclick=x>a</i>", "&lt;i onclick=x&gt;a&lt;/i&gt;."),
        ("<I>x</I>?", "&lt;I&gt;x&lt;/I&gt;?"),
    ],
)
def test_of_markup_only_pairs_of_four_kinds_come_back(
    title: str, expected: str
) -> None:
    assert ama({"type": "article-journal", "title": title}) == expected


FIELDS = [
    "title",
    "container-title",
    "publisher",
    "volume",
    "page",
    "edition",
    "number",
]


@given(
    st.sampled_from(
        ["article-journal", "book", "chapter", "report", "bill", "webpage"]
    ),
    st.dictionaries(st.sampled_from(FIELDS), LETTERS),
    st.lists(
        st.fixed_dictionaries({"family": LETTERS, "given": LETTERS, "suffix": LETTERS})
    ),
    LETTERS,
)
def test_whatever_comes_in_nothing_but_our_markup_comes_out(
    kind: str, fields: dict[str, str], author: list[dict[str, str]], notice: str
) -> None:
    reference = ama(
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
        assert element.tag in {"p", "em", "a", "i", "b", "sup", "sub"}
        assert set(element.attrib) <= {"href", "rel"}
    for mark in ("i", "b", "sup", "sub", "em"):
        assert reference.count(f"<{mark}>") == reference.count(f"</{mark}>")
