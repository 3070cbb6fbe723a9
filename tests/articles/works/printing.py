"""Works to print, and both styles as a reader sees them."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.works.ama import ama
from articles.works.csl import clean_item
from articles.works.vancouver import vancouver

STYLES: dict[str, Callable[..., str]] = {"ama": ama, "vancouver": vancouver}

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


FIELDS = [
    *("title", "container-title", "publisher", "publisher-place"),
    *("volume", "page", "edition", "number"),
]
LETTERS = st.text(st.sampled_from("ab<>&\"'/ ibsup"), max_size=12)


def printed(style: str, item: dict[str, Any], **options: Any) -> str:
    """As a reader sees it: no markup, but italics between asterisks."""
    cleaned, problems = clean_item(item)
    assert cleaned is not None
    assert problems == ()
    reference = STYLES[style](cleaned, **options)
    starred = reference.replace("<em>", "*").replace("</em>", "*")
    page = lxml_html.fragment_fromstring(starred, create_parent="p")
    return str(page.text_content())


def work(**more: Any) -> dict[str, Any]:
    return {"type": "article-journal", "title": "T", **more}
