from typing import Any

import pytest

from articles.works.vancouver import short_pages, vancouver
from tests.articles.works.printing import (
    DOWELL,
    FAQ,
    LEE,
    MANUAL,
    MATTICK,
    SAMHSA,
    WAKEFIELD,
    printed,
    work,
)


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
    assert printed("vancouver", item) == expected


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


def test_identifiers_are_links() -> None:
    assert vancouver(work(DOI="10.1000/a<b>", PMID="12")) == (
        'T. <a href="https://doi.org/10.1000/a%3Cb%3E" rel="noopener">'
        "doi: 10.1000/a&lt;b&gt;</a>. "
        '<a href="https://pubmed.ncbi.nlm.nih.gov/12/" rel="noopener">PMID: 12</a>.'
    )
