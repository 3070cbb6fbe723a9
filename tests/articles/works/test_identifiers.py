from collections.abc import Callable

import pytest

from articles.works import identifiers

SICI = "10.1002/1521-4095(200010)12:20<1539::AID-ADMA1539>3.0.CO;2-S"

Reader = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("given", "doi"),
    [
        ("https://doi.org/10.1016/S0140-6736(17)32812-X.", "10.1016/s0140-6736(17)32812-x"),
        ("http://dx.doi.org/10.1016/S0140-6736(17)32812-X", "10.1016/s0140-6736(17)32812-x"),
        ("doi: 10.15585/mmwr.rr7103a1", "10.15585/mmwr.rr7103a1"),
        (" DOI:10.15585/MMWR.rr7103a1 ", "10.15585/mmwr.rr7103a1"),
        ("10.1002/14651858.CD002207.pub4", "10.1002/14651858.cd002207.pub4"),
        ("(10.1/x)", None),
        ("10.1000/a(b)c)", "10.1000/a(b)c"),
        ("10.1000/a]},'\"", "10.1000/a"),
        ("https://doi.org/10.1000%2Fa%3Cb", "10.1000/a<b"),
        ("10.1000/a and more", "10.1000/a"),
        (SICI, SICI.lower()),
        ("10.100/x", None),
        ("10.1000/", None),
        ("10.1000/...", None),
        ("11.1000/x", None),
        ("https://example.org/10.1000/x", None),
        ("", None),
        ("10.1000/" + "x" * 292, "10.1000/" + "x" * 292),
        ("10.1000/" + "x" * 293, None),
        ("10.1000/" + ")" * 100_000, None),
    ],
)  # fmt: skip
def test_doi(given: str, doi: str | None) -> None:
    assert identifiers.doi(given) == doi


def test_a_doi_is_shown_as_its_owner_spells_it_and_linked_safely() -> None:
    bare = identifiers.bare_doi(f"https://doi.org/{SICI}")

    assert bare == SICI
    assert identifiers.doi_address(SICI) == (
        "https://doi.org/10.1002/1521-4095(200010)12:20%3C1539::AID-ADMA1539%3E3.0.CO;2-S"
    )


@pytest.mark.parametrize(
    ("read", "given", "expected"),
    [
        (identifiers.pmid, "29150198", "29150198"),
        (identifiers.pmid, "PMID: 29150198", "29150198"),
        (identifiers.pmid, "https://pubmed.ncbi.nlm.nih.gov/29150198/", "29150198"),
        (identifiers.pmid, "0", None),
        (identifiers.pmid, "012", None),
        (identifiers.pmid, "123456789", None),
        (identifiers.pmid, "٣", None),
        (identifiers.pmcid, "pmc10617756", "PMC10617756"),
        (identifiers.pmcid, "PMCID: PMC10617756", "PMC10617756"),
        (identifiers.pmcid, "https://pmc.ncbi.nlm.nih.gov/articles/PMC123.1/", "PMC123.1"),
        (identifiers.pmcid, "10617756", None),
        (identifiers.pmcid, "PMC0", None),
        (identifiers.nct, " nct01234567 ", "NCT01234567"),
        (identifiers.nct, "NCT0123456", None),
        (identifiers.isbn, "978-0-19-024655-6", "9780190246556"),
        (identifiers.isbn, "ISBN-13: 978-1-950980-12-3", "9781950980123"),
        (identifiers.isbn, "0-306-40615-2", "9780306406157"),
        (identifiers.isbn, "ISBN 0 306 40615 2", "9780306406157"),
        (identifiers.isbn, "1-85775-310-0", "9781857753103"),
        (identifiers.isbn, "080442957x", "9780804429573"),
        (identifiers.isbn, "978-0-19-024655-7", None),
        (identifiers.isbn, "0-306-40615-3", None),
        (identifiers.isbn, "977-0-19-024655-6", None),
        (identifiers.isbn, "97801902465", None),
        (identifiers.issn, "0140-6736", "0140-6736"),
        (identifiers.issn, "20493630", "2049-3630"),
        (identifiers.issn, "2692-4579", "2692-4579"),
        (identifiers.issn, "2434-561x", "2434-561X"),
        (identifiers.issn, "2430-9301", None),
        (identifiers.issn, "0140-673", None),
        (identifiers.orcid, "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        (identifiers.orcid, "http://orcid.org/0000-0002-9079-593x", "https://orcid.org/0000-0002-9079-593X"),
        (identifiers.orcid, "0000-0002-1825-0098", None),
        (identifiers.orcid, "0000-0002-1825-009", None),
        (identifiers.orcid, "0000000218250097", None),
    ],
)  # fmt: skip
def test_every_number_has_one_spelling_and_a_check(
    read: Reader, given: str, expected: str | None
) -> None:
    assert read(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTPS://www.who.int/a?b=c#d", "https://www.who.int/a?b=c#d"),
        ("http://example.org", "http://example.org"),
        ("https://example.org:8443/x y", "https://example.org:8443/x%20y"),
        ('https://example.org/"<x>', "https://example.org/%22%3Cx%3E"),
        ("ftp://example.org/", None),
        ("javascript:alert(1)", None),
        ("https://who.int@example.org/", None),
        ("https://example.org:port/", None),
        ("https://[::1/", None),
        ("https://", None),
        ("https:\\\\example.org", None),
        ("//example.org", None),
        ("example.org", None),
        ("https://example.org/" + "a" * 2_000, None),
    ],
)
def test_an_address_is_absolute_and_means_one_site(
    given: str, expected: str | None
) -> None:
    assert identifiers.web_address(given) == expected
