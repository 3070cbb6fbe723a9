from typing import Any

import pytest

from articles.works.ama import ama
from tests.articles.works.printing import (
    DOWELL,
    LEE,
    MANUAL,
    MATTICK,
    SAMHSA,
    printed,
    work,
)

BARE: dict[str, Any] = {
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


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (LEE, "Lee JD, Nunes EV Jr, Novo P, et al. Comparative effectiveness of extended-release naltrexone versus buprenorphine-naloxone for opioid relapse prevention (X:BOT): a multicentre, open-label, randomised controlled trial. *Lancet*. 2018;391(10118):309-318. doi:10.1016/S0140-6736(17)32812-X"),
        (MATTICK, "Mattick RP, Breen C, Kimber J, Davoli M. Buprenorphine maintenance versus placebo or methadone maintenance for opioid dependence. *Cochrane Database Syst Rev*. 2014;2014(2):CD002207. doi:10.1002/14651858.CD002207.pub4"),
        (DOWELL, "Dowell D, Ragan KR, Jones CM, Baldwin GT, Chou R. CDC clinical practice guideline for prescribing opioids for pain — United States, 2022. *MMWR Recomm Rep*. 2022;71(3):1-95. doi:10.15585/mmwr.rr7103a1"),
        (MANUAL, "AMA Manual of Style Committee. *AMA Manual of Style: A Guide for Authors and Editors*. 11th ed. Oxford University Press; 2020."),
        (SAMHSA, "Substance Abuse and Mental Health Services Administration. Waiver Elimination (MAT Act). SAMHSA. Accessed November 25, 2025. https://www.samhsa.gov/medication-assisted-treatment/x"),
        (BARE | {"custom": {"retracted_in": "<i>Lancet</i>. 2010;375(9713):445"}}, "a, b, c, et al. RETRACTED: Ileal-lymphoid-nodular hyperplasia. *Lancet*. 1998;351(9103):637-641. Retracted in: Lancet. 2010;375(9713):445. doi:10.1016/S0140-6736(97)11096-0"),
        (BARE | {"status": "retracted"}, "a, b, c, et al. RETRACTED: Ileal-lymphoid-nodular hyperplasia. *Lancet*. 1998;351(9103):637-641. Retracted. doi:10.1016/S0140-6736(97)11096-0"),
    ],
)  # fmt: skip
def test_the_printed_examples_come_out_to_the_letter(
    item: dict[str, Any], expected: str
) -> None:
    assert printed("ama", item) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([{"family": "Lee"}] * 6, "Lee, Lee, Lee, Lee, Lee, Lee. T."),
        ([{"family": "Lee"}] * 7, "Lee, Lee, Lee, et al. T."),
        ([{"family": "Lee"}, {"literal": "et al."}], "Lee, et al. T."),
        ([{"literal": "et al"}], "et al. T."),
        ([*[{"family": "Lee"}] * 7, {"literal": "et al"}], "Lee, Lee, Lee, et al. T."),
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
    assert printed("ama", work(author=names)) == expected


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
