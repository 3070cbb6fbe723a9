"""Passages: what stands together, whole sentences, with what they rest on."""

from __future__ import annotations

import pytest

from articles import content
from articles.asking import cutting
from articles.asking.cutting import Passage, passages

CITED = '<cite data-ref="{}"></cite>'
TRIAL, REVIEW = CITED.format("trial"), CITED.format("review")


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ENOUGH", 6)


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


def test_no_citation_is_taken_from_another_section() -> None:
    html = f"<h2>One</h2><p>It helps.</p><h2>Two</h2><p>It harms.{TRIAL}</p>"

    assert keys(html) == [(), ("trial",)]


def test_nothing_is_lost_and_nothing_is_said_twice() -> None:
    html = (
        f"<p>One two three. Four five six.{TRIAL}</p><ul><li>Seven</li></ul>"
        "<h2>Head</h2><blockquote><p>Eight.</p></blockquote><p>Nine.</p>"
    )

    said = " ".join(content.plain_text(part) for part in cut(html)).split()

    assert said == content.plain_text(html).replace("Head\n", "").split()


def test_an_empty_text_has_no_passage() -> None:
    assert passages("") == []
    assert passages("<h2>Alone</h2>") == []
