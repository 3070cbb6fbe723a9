"""What goes out in a format comes back from it, field by field."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.characters import one_line
from articles.works.csl import TYPES, clean_item
from articles.works.reading import read
from articles.works.writing import Format, write

MAPPED = {
    "type",
    "title",
    "author",
    "editor",
    "container-title",
    "container-title-short",
    "issued",
    "volume",
    "issue",
    "page",
    "number",
    "DOI",
    "PMID",
    "PMCID",
    "ISSN",
    "ISBN",
    "URL",
    "accessed",
    "publisher",
    "publisher-place",
    "edition",
    "abstract",
    "keyword",
    "language",
}
NAMED_LIKE_A_SUFFIX = {"family": "Aa", "given": "IV", "suffix": "Jr"}
SIGNS = "abcXYZ éøß αβ 018 .,;:!?'\"-\N{EN DASH}— <>&%$#_{}\\^~@=()[]/*|+`“” 中文"


def lines(signs: str = SIGNS, *, most: int = 30) -> st.SearchStrategy[str]:
    """Text on one line, as every clean item has it, that says something."""
    return (
        st.text(st.sampled_from(signs), min_size=1, max_size=most)
        .map(one_line)
        .filter(lambda text: any(map(str.isalnum, text)))
    )


WORDS = lines("abcdé XYZ -'")
NAME = st.from_regex(r"[A-ZÉ][a-zéö]{1,6}(-[A-Z][a-z]{1,4})?", fullmatch=True)
GIVEN = st.from_regex(r"[A-Z][a-z]{1,6}( [A-Z]\.?){0,2}|[A-Z]{1,2}", fullmatch=True)
PERSON = st.fixed_dictionaries(
    {"family": NAME},
    optional={
        "given": GIVEN,
        "suffix": st.sampled_from(["Jr", "Sr.", "III"]),
        "non-dropping-particle": st.sampled_from(["van", "de la", "von der"]),
    },
).filter(lambda person: "given" in person or "suffix" not in person)
GROUP = st.fixed_dictionaries(
    {"literal": lines("abcdé XYZ, and & {}%-").filter(lambda text: text[-1] != ",")}
)
YEAR = st.integers(1000, 2100)
DAY = st.one_of(
    st.tuples(YEAR),
    st.tuples(YEAR, st.integers(1, 12)),
    st.tuples(YEAR, st.integers(1, 12), st.integers(1, 31)),
).map(list)
SEASON = st.sampled_from(["Spring", "Winter"])
DATE = st.one_of(
    st.fixed_dictionaries({"date-parts": st.tuples(DAY).map(list)}),
    st.fixed_dictionaries({"date-parts": st.tuples(DAY, DAY).map(list)}),
    st.fixed_dictionaries({"date-parts": st.just([[2018]]), "season": SEASON}),
    st.just({"literal": "in press"}),
)
PAGES = st.sampled_from(
    ["1", "309-318", "e12", "S12-S15", "CD002207", "7-7", "1-3, 7-9", "1141-1149"]
)
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(TYPES)), "title": lines()},
    optional={
        "author": st.lists(PERSON | GROUP, min_size=1, max_size=4),
        "editor": st.lists(PERSON | GROUP, min_size=1, max_size=2),
        "container-title": lines(),
        "container-title-short": lines(),
        "issued": DATE,
        "accessed": DATE.filter(lambda date: "date-parts" in date),
        "volume": WORDS,
        "issue": WORDS,
        "page": PAGES,
        "number": lines("ABC0123", most=10),
        "DOI": st.sampled_from(
            ["10.5555/abc", "10.5555/a(b)<c>_d#e", "10.5555/{x}%y\\z&~"]
        ),
        "PMID": st.integers(1, 99_999_999).map(str),
        "PMCID": st.integers(1, 99_999_999).map("PMC{}".format),
        "ISSN": st.sampled_from(["0140-6736", "0140-6736, 1474-547X"]),
        "ISBN": st.sampled_from(["9780190246556", "9780190246556, 9780306406157"]),
        "URL": st.sampled_from(
            ["https://example.org/a_b?c=d&e=%7B%20#f~g", "http://example.org/{x}"]
        ),
        "publisher": lines(),
        "publisher-place": lines(),
        "edition": lines(),
        "abstract": lines(most=300),
        "keyword": st.lists(lines("abc XYZ, -/"), min_size=1, unique=True).map(
            "; ".join
        ),
        "language": st.sampled_from(["en", "de", "fr", "en-US", "zh", "tlh"]),
    },
)


def cleaned(item: dict[str, Any]) -> dict[str, Any]:
    clean, problems = clean_item(item)
    assert clean is not None
    assert problems == ()
    return clean


def mapped(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name in MAPPED}


@pytest.mark.parametrize("form", Format)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(item=ITEMS)
@example({"type": "article", "title": "T", "author": [NAMED_LIKE_A_SUFFIX]})
def test_an_item_comes_back_as_it_went(form: Format, item: dict[str, Any]) -> None:
    clean = cleaned(item)

    back = read(write(form, [("a1", clean)]))

    assert [mapped(found.item) for found in back.items] == [mapped(clean)]
    assert back.refused == ()
    assert back.problems == ()
