from typing import Any

import pytest

from articles.works.identity import fingerprint

LEE: dict[str, Any] = {
    "type": "article-journal",
    "title": "Comparative effectiveness: naltrexone",
    "author": [{"family": "Müller", "given": "A"}, {"family": "Nunes"}],
    "issued": {"date-parts": [[2018, 1, 27]]},
}
PAGE: dict[str, Any] = {
    "type": "webpage",
    "title": "Overdose",
    "publisher": "Example House",
    "URL": "https://example.org/overdose",
}


def test_a_fingerprint_fits_its_column() -> None:
    assert len(fingerprint(LEE)) == 64
    assert set(fingerprint(LEE)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEE | {"DOI": "10.1000/ABC"}, {"title": "x", "DOI": "https://doi.org/10.1000/abc"}),
        (LEE | {"PMID": "1"}, {"title": "x", "PMID": "1"}),
        (LEE, LEE | {"title": "COMPARATIVE effectiveness <i>naltrexone</i>."}),
        (LEE, LEE | {"author": [{"family": "Mu\u0308ller"}]}),
        (LEE, LEE | {"issued": {"date-parts": [[2018]]}, "volume": "3"}),
        (LEE, LEE | {"URL": "https://example.org/"}),
        (PAGE, PAGE | {"URL": "http://EXAMPLE.org/overdose/#top"}),
        ({"title": "x", "editor": [{"family": "Lee"}]}, {"title": "x", "author": [{"literal": "Lee"}]}),
    ],
)  # fmt: skip
def test_the_same_work_is_known_again(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEE | {"DOI": "10.1000/a"}, LEE | {"DOI": "10.1000/b"}),
        (LEE | {"PMID": "1"}, LEE | {"PMID": "2"}),
        (LEE | {"DOI": "10.1000/a"}, LEE),
        (LEE, LEE | {"title": "Comparative effectiveness"}),
        (LEE, LEE | {"issued": {"date-parts": [[2019]]}}),
        (LEE, LEE | {"author": [{"family": "Nunes"}]}),
        (PAGE, PAGE | {"URL": "https://example.org/overdose?page=2"}),
        (PAGE, PAGE | {"URL": "https://example.com/overdose"}),
        (PAGE | {"title": "ω"}, PAGE | {"title": "β"}),
        (PAGE | {"title": "?"}, PAGE | {"title": "!"}),
    ],
)
def test_another_work_is_another(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert fingerprint(one) != fingerprint(other)
