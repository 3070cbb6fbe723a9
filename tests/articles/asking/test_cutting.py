"""Passages: what stands together, whole sentences, with what they rest on."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import count

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from articles import content
from articles.asking import cutting
from articles.asking.cutting import Passage, passages

CITED = '<cite data-ref="{}"></cite>'
BLOCKS = {"h2", "h3", "h4", "p", "ul", "ol", "table", "blockquote", "aside"}
LEAVES = ["<h2>W</h2>", "<h3>W</h3>", "<h4>W</h4>", "<p>W W. W <em>W</em>.</p>", "W"]
AROUND = [
    "<blockquote>{}</blockquote>",
    '<aside class="safety">{}</aside>',
    "<ul><li>{}</li></ul>",
    "<ol><li>{}</li></ol>",
    "<table><caption>{0}</caption><tbody><tr><td>{0}</td></tr></tbody></table>",
    "<h2><em>{}</em></h2>",
    "<strong>{}</strong>",
]
TRIAL, REVIEW = CITED.format("trial"), CITED.format("review")


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ENOUGH", 6)
    monkeypatch.setattr(cutting, "LEAD", 5)


def cut(html: str) -> list[str]:
    assert content.is_clean(html)
    return [passage.html for passage in passages(html)]


def keys(html: str) -> list[tuple[str, ...]]:
    return [passage.keys for passage in passages(html)]


def test_what_is_short_stands_together_under_its_heading() -> None:
    html = f"<h2>What to do</h2><p>Offer it.{TRIAL}</p><ul><li>Daily</li></ul>"

    assert passages(html) == [
        Passage(
            "What to do",
            "s-what-to-do",
            f"<p>Offer it.{TRIAL}</p><ul><li>Daily</li></ul>",
            ("trial",),
        )
    ]


def test_nothing_reaches_over_a_heading_and_each_knows_those_above() -> None:
    found = passages("<p>A.</p><h2>Two</h2><p>B.</p><h3>Three</h3><p>C.</p>", "x-")

    assert [(p.heading, p.anchor, p.html) for p in found] == [
        ("", "", "<p>A.</p>"),
        ("Two", "x-s-two", "<p>B.</p>"),
        ("Two: Three", "x-s-three", "<p>C.</p>"),
    ]


def test_a_long_paragraph_is_cut_between_its_sentences() -> None:
    first, second = "Take it in the morning.", "Do not take it at night."

    assert cut(f"<p>{first} {second}</p>") == [f"<p>{first}</p>", f"<p>{second}</p>"]


@pytest.mark.parametrize(
    "whole",
    [
        "Take e.g. Aspirin or vs. Heparin in the morning",
        "Take <strong>it. In the</strong> morning and the evening",
        "Take 2.5 mg of it each and every day",
    ],
)
def test_no_passage_begins_within_a_sentence(whole: str) -> None:
    assert cut(f"<p>{whole}.</p>") == [f"<p>{whole}.</p>"]


def test_a_list_is_cut_between_its_outermost_items() -> None:
    inner = "<ul><li>One</li><li>Two</li></ul>"
    first, second = f"<li>Some of these {inner}</li>", "<li>Or else this one</li>"

    assert cut(f"<ul>{first}{second}</ul>") == [
        f"<ul>{first}</ul>",
        f"<ul>{second}</ul>",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "<ol><li>First do this thing.</li><li>Then do that thing.</li></ol>",
        "<table><tbody><tr><td>One two three. Four.</td></tr></tbody></table>",
        '<aside class="safety"><p>Stop it before surgery. Ask for help then.</p></aside>',
    ],
)
def test_what_is_read_as_one_is_not_cut(whole: str) -> None:
    assert cut(whole) == [whole]


def test_what_is_cut_off_its_citation_keeps_it() -> None:
    html = f"<p>Take it in the morning. Do not take it at night.{TRIAL}</p>"

    assert keys(html) == [("trial",), ("trial",)]


def test_a_citation_of_another_paragraph_is_taken_by_what_has_none_alone() -> None:
    plain = "<p>Take it in the morning, every day.</p>"
    cited = f"<p>It helps.{REVIEW} Take it in the morning, every day.</p>"
    after = f"<p>It harms nobody that we know of.{TRIAL}</p>"

    assert keys(plain + after) == [("trial",), ("trial",)]
    assert keys(cited + after) == [("review",), ("trial",), ("trial",)]


@pytest.mark.parametrize(
    "around",
    [
        "<blockquote><h3>Boxed</h3>{}</blockquote>",
        '<aside class="safety"><h2>Boxed</h2>{}<h4>Within</h4></aside>',
        "<table><tbody><tr><td><h4>Boxed</h4>{}</td></tr></tbody></table>",
        "<ul><li><h2>Boxed</h2>{}</li></ul>",
    ],
)
def test_a_heading_in_a_box_names_nothing_after_it(around: str) -> None:
    box = around.format("<p>In it.</p>")
    html = f"<h2>One</h2>{box}<h2>Two</h2><p>Second.</p><h3>Three</h3><p>Third.</p>"

    assert content.is_clean(html)
    assert [(p.heading, p.anchor, p.html) for p in passages(html)] == [
        ("One", "s-one", box),
        ("Two", "s-two", "<p>Second.</p>"),
        ("Two: Three", "s-three", "<p>Third.</p>"),
    ]


class Places(HTMLParser):
    """In a text as it is drawn: under which heading each numbered word stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth = 0
        self.now = ""
        self.under: dict[str, str] = {}
        self.feed(content.render(html, numbers={}))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.startswith("h") and not self.depth:
            self.now = str(dict(attrs)["id"])
        self.depth += tag in BLOCKS

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in BLOCKS

    def handle_data(self, data: str) -> None:
        self.under |= dict.fromkeys(numbered(data), self.now)


def numbered(html: str) -> list[str]:
    return re.findall(r"Word\d+", html)


def texts() -> st.SearchStrategy[str]:
    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=1, max_size=3).map("".join)
        return st.builds(str.format, st.sampled_from(AROUND), several)

    some = st.recursive(st.sampled_from(LEAVES), around, max_leaves=6)
    return st.lists(some, max_size=6).map("".join)


@given(texts())
def test_each_word_stands_under_the_heading_that_its_passage_names(html: str) -> None:
    number = count()
    try:
        html = content.clean(re.sub("W", lambda _: f"Word{next(number)}", html)).html
    except ValueError:
        reject()
    places = Places(html)

    for passage in passages(html):
        here = {places.under[word] for word in numbered(passage.html)}
        assert here <= {passage.anchor}
        names = numbered(passage.heading.rpartition(": ")[2])
        assert {places.under[name] for name in names} <= {passage.anchor}


def test_no_citation_is_taken_from_another_section() -> None:
    html = f"<h2>One</h2><p>It helps.</p><h2>Two</h2><p>It harms.{TRIAL}</p>"

    assert keys(html) == [(), ("trial",)]


def test_nothing_is_lost_and_only_what_leads_into_more_is_said_twice() -> None:
    html = (
        f"<p>One two three. Four five six.{TRIAL}</p><ul><li>Seven</li><li>Eight</li>"
        "</ul><h2>Head</h2><blockquote><p>Nine.</p></blockquote><p>Ten.</p>"
    )

    said = " ".join(content.plain_text(part) for part in cut(html)).split()
    whole = content.plain_text(html).replace("Head\n", "").split()

    assert list(dict.fromkeys(said)) == whole
    assert [word for word in whole if said.count(word) > 1] == ["Four", "five", "six."]


LED = "<p>Never give it to:</p>"


def test_each_part_of_a_list_keeps_the_words_that_lead_into_it() -> None:
    first, second = "<li>who takes an opioid</li>", "<li>who has acute hepatitis</li>"

    assert cut(f"<p>It helps most people.</p>{LED}<ul>{first}{second}</ul>") == [
        "<p>It helps most people.</p>",
        f"{LED}<ul>{first}</ul>",
        f"{LED}<ul>{second}</ul>",
    ]


@pytest.mark.parametrize(
    "below",
    [
        "<ol><li>those who take opioids now</li></ol>",
        "<table><tbody><tr><td>those who take opioids now</td></tr></tbody></table>",
        '<aside class="safety"><p>All those who take opioids.</p></aside>',
        "<blockquote><p>All those who take opioids now.</p></blockquote>",
        "<p>All those who take opioids now.</p>",
    ],
)
def test_what_leads_into_anything_stays_before_it(below: str) -> None:
    assert cut(f"<p>It helps some of them.</p>{LED}{below}") == [
        "<p>It helps some of them.</p>",
        f"{LED}{below}",
    ]


def test_a_list_keeps_a_whole_sentence_before_it_too() -> None:
    html = (
        "<p>It helps most people. Some must not.</p><ul><li>Pregnant people</li></ul>"
    )

    assert cut(html) == [
        "<p>It helps most people.</p>",
        "<p>Some must not.</p><ul><li>Pregnant people</li></ul>",
    ]


def test_short_sentences_before_a_list_stay_together() -> None:
    html = "<p>Some must not. They are:</p><ul><li>Pregnant</li><li>Aged two</li></ul>"

    assert cut(html) == [
        "<p>Some must not. They are:</p><ul><li>Pregnant</li></ul>",
        "<p>Some must not. They are:</p><ul><li>Aged two</li></ul>",
    ]


def test_lists_under_one_another_have_one_lead() -> None:
    one, two = (
        "<ul><li>Pregnant women</li></ul>",
        "<ol><li>Children under two</li></ol>",
    )

    assert cut(LED + one + two) == [LED + one, LED + two]


def test_paragraphs_that_stand_for_a_list_keep_what_leads_into_the_first() -> None:
    one, two, three = "<p>women;</p>", "<p>those under two;</p>", "<p>the old.</p>"

    assert cut(LED + one + two + three) == [
        LED + one,
        LED + two + three,
    ]


def test_what_stands_after_a_list_is_not_led_by_what_stood_before_it() -> None:
    after = "<p>It may be given to others.</p>"

    assert cut(f"{LED}<ul><li>Pregnant women</li></ul>{after}") == [
        f"{LED}<ul><li>Pregnant women</li></ul>",
        after,
    ]


def test_no_part_of_a_list_is_ever_quoted_without_its_lead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    before = "<p>" + "It helps a lot of people. " * 16 + "</p>"
    items = "".join(f"<li>those with illness {n} of their own</li>" for n in range(90))

    found = cut(f"<h2>Use</h2>{before}{LED}<ul>{items}</ul>")

    assert len(found) > 5
    assert [html.count(LED) for html in found] == [html.count("<ul>") for html in found]


def test_an_empty_text_has_no_passage() -> None:
    assert passages("") == []
    assert passages("<h2>Alone</h2>") == []
