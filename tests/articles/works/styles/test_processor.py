from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.works.ama import ama
from articles.works.csl import clean_item
from articles.works.styles.processor import MARKS, formatted
from tests.articles.works.printing import DOWELL, FIELDS, LEE, LETTERS, MANUAL, MATTICK


def words(html: str) -> str:
    return str(lxml_html.fragment_fromstring(html, create_parent="p").text_content())


@pytest.mark.parametrize("item", [LEE, MATTICK, DOWELL, MANUAL])
def test_the_processor_agrees_with_the_house_on_ama(item: dict[str, Any]) -> None:
    clean, _ = clean_item(item)
    assert clean is not None

    assert words(formatted("ama-csl", clean)) == words(ama(clean))


def test_only_the_name_of_the_journal_is_in_italics() -> None:
    clean, _ = clean_item(DOWELL)
    assert clean is not None

    assert "<i>MMWR Recomm Rep</i>. 2022" in formatted("ama-csl", clean)


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<i onclick=x>a</i>",
        "<svg/onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "a<b p<0.05",
    ],
)
def test_a_hostile_title_is_shown_and_not_obeyed(title: str) -> None:
    author = [{"family": "<b onclick=x>Lee", "given": "J"}]
    item = {"type": "article-journal", "title": title, "author": author}

    printed = formatted("ama-csl", item)

    assert words(printed) == f"<b onclick=x>Lee J. {title}."


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["article-journal", "book", "chapter", "report", "webpage"]),
    st.dictionaries(st.sampled_from(FIELDS), LETTERS),
    st.lists(
        st.fixed_dictionaries({"family": LETTERS, "given": LETTERS, "suffix": LETTERS}),
        max_size=3,
    ),
)
def test_whatever_comes_in_nothing_but_four_marks_comes_out(
    kind: str, fields: dict[str, str], author: list[dict[str, str]]
) -> None:
    item = {"title": "T", **fields, "type": kind, "author": author}

    page = lxml_html.fragment_fromstring(formatted("ama-csl", item), create_parent="p")

    for element in page.iter():
        assert element.tag in {"p", *MARKS}
        assert not element.attrib
