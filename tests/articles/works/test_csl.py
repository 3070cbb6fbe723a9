import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import canonical_json
from articles.works.csl import MAX_NAMES, clean_item

WORK = {"type": "article-journal", "title": "T"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "author",
        "issued",
        "custom",
        "categories",
        "DOI",
        "ISBN",
        "page",
        "URL",
        "x",
        "id",
    ]
)


def cleaned(**given: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What became of the given names, beside type and title."""
    item, problems = clean_item({**WORK, **given})
    assert item is not None
    return {name: value for name, value in item.items() if name not in WORK}, problems


def test_a_whole_item_passes_as_it_is() -> None:
    item = {
        "type": "article-journal",
        "title": "Naïve <i>in vitro</i> p < 0.05",
        "author": [
            {"family": "Lee", "given": "J D", "suffix": "Jr"},
            {"family": "Rooyen", "non-dropping-particle": "van", "given": "S"},
            {"literal": "WHO Group"},
        ],
        "container-title": "The Lancet",
        "container-title-short": "Lancet",
        "issued": {"date-parts": [[2018, 1, 27]]},
        "volume": "391",
        "page": "309-318",
        "DOI": "10.1016/S0140-6736(17)32812-X",
        "PMID": "29150198",
        "ISSN": "0140-6736",
        "URL": "https://example.org/",
        "custom": {"kind": "rct", "arms": 2, "open": True},
    }

    assert clean_item(item) == (item, ())


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("volume", 391, "391"),
        ("volume", 3.0, "3"),
        ("volume", 12.5, "12.5"),
        ("publisher", " WHO\n Press ", "WHO Press"),
        ("publisher", "e\u0301", "é"),
        ("publisher", "W\u202eHO", "WHO"),
        ("DOI", "https://doi.org/10.1000/ABC.", "10.1000/ABC"),
        ("PMID", 29150198, "29150198"),
        ("PMCID", "pmc1", "PMC1"),
        ("ISBN", "0-306-40615-2", "9780306406157"),
        ("ISBN", "978-0-19-024655-6 978-1-950980-12-3", "9780190246556, 9781950980123"),
        ("ISSN", ["0140-6736", "0140-6736", "2049-3630"], "0140-6736, 2049-3630"),
        ("URL", "HTTP://example.org/a b", "http://example.org/a%20b"),
        ("issued", {"date-parts": [["2018", "1", 27.0]]}, {"date-parts": [[2018, 1, 27]]}),
        ("issued", {"date-parts": [[2018, 13, 1]]}, {"date-parts": [[2018]]}),
        ("issued", {"date-parts": [[2018], [2019]]}, {"date-parts": [[2018], [2019]]}),
        ("issued", {"raw": "2018-01-27T10:00"}, {"date-parts": [[2018, 1, 27]]}),
        ("issued", "2018-01", {"date-parts": [[2018, 1]]}),
        ("issued", {"literal": "in press", "circa": True}, {"literal": "in press", "circa": True}),
        ("accessed", {"date-parts": [[2025, 11, 25]]}, {"date-parts": [[2025, 11, 25]]}),
        ("author", [{"family": "Lee", "ORCID": "http://orcid.org/0000-0002-1825-0097", "sequence": "first"}], [{"family": "Lee", "ORCID": "https://orcid.org/0000-0002-1825-0097"}]),
        ("categories", ["a", 1], ["a", "1"]),
        ("custom", {"n": 1.5, "x": [None, {"y": ""}]}, {"n": "1.5", "x": [None, {"y": ""}]}),
        ("title-short", "<EM>x</EM><strong>y</strong>", "<i>x</i><b>y</b>"),
    ],
)  # fmt: skip
def test_another_spelling_is_brought_into_ours(
    name: str, value: Any, kept: Any
) -> None:
    assert cleaned(**{name: value}) == ({name: kept}, ())


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_nothing_said_is_nothing_kept(value: Any) -> None:
    assert cleaned(DOI=value, author=value, custom=value) == ({}, ())


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("score", 1, "“score” is not a name of CSL-JSON; it was left out."),
        ("DOI", "none", "The DOI “none” was left out: it is not usable."),
        ("PMID", "0", "The PMID “0” was left out: it is not usable."),
        ("PMID", True, "The PMID was left out: it is neither a string nor a number."),
        ("ISBN", "978-0-19-024655-7", "The ISBN “978-0-19-024655-7” was left out: it is wrong."),
        ("ISSN", ["0140-6736", "x"], "The ISSN “['0140-6736', 'x']” was left out: it is wrong."),
        ("URL", "javascript:alert(1)", "The URL “javascript:alert(1)” was left out: it is not usable."),
        ("volume", [1], "The volume was left out: it is neither a string nor a number."),
        ("volume", float("nan"), "The volume “nan” was left out: it is not usable."),
        ("volume", float("inf"), "The volume “inf” was left out: it is not usable."),
        ("note", "x" * 2001, "The note was left out: it is longer than 2,000 characters."),
        ("issued", {"date-parts": [[None]]}, "The issued “{'date-parts': [[None]]}” was left out: it is not usable."),
        ("issued", {"date-parts": 5}, "The issued “{'date-parts': 5}” was left out: it is not usable."),
        ("issued", 5, "The issued “5” was left out: it is not usable."),
        ("author", "Lee", "The author was left out: it is not a list of names."),
        ("author", ["Lee"], "The author was left out: a name in it is not an object."),
        ("author", [{"given": "J"}], "The author was left out: a name in it has no family name."),
        ("author", [{"family": ["x"]}], "The author was left out: it is neither a string nor a number."),
        ("author", [{"family": "x" * 501}], "The author was left out: a name in it is too long."),
        ("author", [{"family": "x"}] * (MAX_NAMES + 1), "The author was left out: it is not a list of names."),
        ("categories", "x", "The categories was left out: it is not a list of words."),
        ("custom", [1], "The custom part was left out: it is not an object."),
        ("custom", {"a": {"b": {"c": {"d": {"e": 1}}}}}, "The custom part was left out: it is too large."),
        ("custom", {"a": list(range(300))}, "The custom part was left out: it is too large."),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(name: str, value: Any, problem: str) -> None:
    assert cleaned(**{name: value}) == ({}, (problem,))


@pytest.mark.parametrize(
    ("item", "problems"),
    [
        ({}, ("The reference has no type.", "The reference has no title.")),
        ({"type": "book"}, ("The reference has no title.",)),
        ({"type": "book", "title": " "}, ("The title “ ” was left out: it is not usable.", "The reference has no title.")),
        ({"type": "poem", "title": "T"}, ("The type “poem” was left out: it is not usable.", "The reference has no type.")),
        ([], ("A reference is not a CSL-JSON object.",)),
        (None, ("A reference is not a CSL-JSON object.",)),
    ],
)  # fmt: skip
def test_without_type_and_title_there_is_no_item(
    item: Any, problems: tuple[str, ...]
) -> None:
    refused = clean_item(item)

    assert refused.item is None
    assert refused.problems == tuple(
        problem.replace("“ ”", "“”") for problem in problems
    )


def test_the_type_of_other_catalogues_is_understood() -> None:
    item, problems = clean_item({"type": "journal-article", "title": "T"})

    assert (item, problems) == (WORK, ())


def test_the_key_is_not_part_of_the_work() -> None:
    assert cleaned(id="lee-2018") == ({}, ())


@given(st.dictionaries(NAMES, JSON))
def test_whatever_comes_is_fit_to_be_signed_and_stays_as_it_is(
    given_: dict[str, Any],
) -> None:
    item, _ = clean_item({**given_, **WORK})

    assert clean_item(json.loads(canonical_json(item))) == (item, ())
