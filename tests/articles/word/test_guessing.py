import time

import pytest

from articles.word.guessing import address_in, doi_in, journal_article, pmid_in

AMA = (
    "Lee JD, Nunes EV Jr, Novo P, et al. Comparative effectiveness of extended-release "
    "naltrexone versus buprenorphine-naloxone for opioid relapse prevention (X:BOT): a "
    "multicentre, open-label, randomised controlled trial. Lancet. "
    "2018;391(10118):309-318. doi:10.1016/S0140-6736(17)32812-X"
)


def test_a_reference_in_ama_is_read_whole() -> None:
    assert journal_article(AMA) == {
        "type": "article-journal",
        "author": [
            {"family": "Lee", "given": "JD"},
            {"family": "Nunes", "given": "EV", "suffix": "Jr"},
            {"family": "Novo", "given": "P"},
        ],
        "title": "Comparative effectiveness of extended-release naltrexone versus "
        "buprenorphine-naloxone for opioid relapse prevention (X:BOT): a multicentre, "
        "open-label, randomised controlled trial",
        "container-title": "Lancet",
        "issued": {"date-parts": [[2018]]},
        "volume": "391",
        "issue": "10118",
        "page": "309-318",
        "DOI": "10.1016/S0140-6736(17)32812-X",
    }


def test_a_reference_in_vancouver_gets_its_whole_last_page() -> None:
    assert journal_article(
        "van Rooyen S, Godlee F. Does open review work? BMJ. 1999 Jan 2;318(7175):23-7. "
        "doi: 10.5555/bmj.1; PMID: 9872878"
    ) == {
        "type": "article-journal",
        "author": [
            {"family": "van Rooyen", "given": "S"},
            {"family": "Godlee", "given": "F"},
        ],
        "title": "Does open review work?",
        "container-title": "BMJ",
        "issued": {"date-parts": [[1999, 1, 2]]},
        "volume": "318",
        "issue": "7175",
        "page": "23-27",
        "DOI": "10.5555/bmj.1",
        "PMID": "9872878",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "World Health Organization. Guidelines for treatment. Geneva: WHO; 2009.",
        "Carberry, Josiah (2018). Cracked pots. Journal of Psychoceramics, 5(11), 1-3.",
        "Carberry J. Cracked pots. 2018;5(11):1-3.",
        "Carberry J, the committee. Cracked pots. J Psych. 2018;5(11):1-3.",
        "Carberry J. Cracked pots. J Psych. 2018.",
        "Carberry J. Cracked pots. J Psych. " + "x" * 2_000 + " 2018;5(11):1-3.",
    ],
)
def test_nothing_is_guessed_from_another_shape(text: str) -> None:
    assert journal_article(text) is None


@pytest.mark.parametrize(
    ("text", "doi", "pmid", "url"),
    [
        ("x doi:10.5555/ABC. PMID: 123.", "10.5555/abc", "123", None),
        ("https://doi.org/10.5555/a(1), https://example.org/x).", "10.5555/a(1)", None, "https://example.org/x"),
        ("https://pubmed.ncbi.nlm.nih.gov/456/", None, "456", None),
        ("PMID 0, javascript:alert(1), https://a@b/", None, None, None),
        ("10.5 mg", None, None, None),
    ],
)  # fmt: skip
def test_identifiers_are_found_in_a_reference(text, doi, pmid, url) -> None:
    assert (doi_in(text), pmid_in(text), address_in(text)) == (doi, pmid, url)


@pytest.mark.parametrize("unit", ["A B, ", "a ", ". ", "10.5555/", "https://x ", "2018;1:1 ", "Aa Aa "])  # fmt: skip
def test_guessing_takes_time_in_proportion(unit: str) -> None:
    hostile = (unit * 2_000)[:2_000]
    started = time.process_time()

    journal_article(hostile)
    journal_article((hostile + " 2018;5(1):1-2.")[-2_000:])

    assert time.process_time() - started < 2
