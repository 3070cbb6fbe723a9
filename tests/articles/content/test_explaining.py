"""Where the words of a glossary stand in a text: whole words, once, and never inside links."""

from __future__ import annotations

import re

import pytest

from articles import content
from articles.content import Spellings, explain

ALL = 30
LINK = re.compile(
    r'<a class="term" href="#term-\d+" id="term-at-\d+">(.*?)</a>', re.DOTALL
)


def shown(html: str, *terms: str | tuple[str, ...], most: int = ALL) -> str:
    """The text with the words that were found in square brackets."""
    spellings = Spellings([(t,) if isinstance(t, str) else t for t in terms])
    return LINK.sub(r"[\1]", explain(html, spellings, [], most=most))


def test_the_first_place_leads_to_its_definition_and_can_be_come_back_to() -> None:
    met: list[int] = []

    html = explain(
        "<p>A clot moves. A clot stays; a stroke.</p>",
        Spellings([("stroke",), ("clot",)]),
        met,
        most=ALL,
    )

    assert html == (
        '<p>A <a class="term" href="#term-1" id="term-at-1">clot</a> moves. '
        'A clot stays; a <a class="term" href="#term-2" id="term-at-2">stroke</a>.</p>'
    )
    assert met == [1, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A stroke.", "A [stroke]."),
        ("Stroke is", "[Stroke] is"),
        ("(stroke)", "([stroke])"),
        ("stroke/clot", "[stroke]/clot"),
        ("“stroke”", "“[stroke]”"),
        ("stroke\u2013year", "[stroke]\u2013year"),
        ("stroke- and heart", "[stroke]- and heart"),
        ("<em>stroke</em>, then", "<em>[stroke]</em>, then"),
        ("a&amp;b stroke", "a&amp;b [stroke]"),
        ('stroke<sup class="cite"><a href="#ref-1">1</a></sup>', None),
        # not that word
        ("strokes", "strokes"),
        ("STROKE", "STROKE"),
        ("post-stroke", "post-stroke"),
        ("stroke-like", "stroke-like"),
        ("stroke\u2019s", "stroke\u2019s"),
        ("keystroke", "keystroke"),
        ("stroke2", "stroke2"),
        ("stroke<sub>2</sub>", "stroke<sub>2</sub>"),
        ("<strong>stroke</strong>s", "<strong>stroke</strong>s"),
        ("post-<em>stroke</em>", "post-<em>stroke</em>"),
        ("stroke\u0301", "stroke\u0301"),
        # not there
        ('<a href="/stroke">a stroke</a>', '<a href="/stroke">a stroke</a>'),
        ('<h2 id="s-stroke">Stroke</h2>', '<h2 id="s-stroke">Stroke</h2>'),
        ("<blockquote><p>stroke</p></blockquote>",) * 2,
        ("<caption>stroke</caption>",) * 2,
        ('<aside aria-label="stroke">x</aside>',) * 2,
        ("10<sup>stroke</sup>",) * 2,
    ],
)
def test_a_word_is_found_whole_and_where_it_is_text(
    text: str, expected: str | None
) -> None:
    expected = expected or text.replace("stroke", "[stroke]", 1)

    assert shown(text, "stroke") == expected


def test_after_what_is_left_alone_it_goes_on() -> None:
    safety = content.render(
        '<aside class="safety"><p>No stroke.</p></aside>', numbers={}
    )
    quote = "<blockquote><p>Safety</p></blockquote><p>Safety</p>"

    assert shown(safety, "Safety", "stroke").count("[") == 1
    assert "[stroke]" in shown(safety, "Safety", "stroke")
    assert shown(quote, "Safety").endswith("<p>[Safety]</p>")


@pytest.mark.parametrize(
    ("spelling", "text", "is_found"),
    [
        ("INR", "An INR of 3", True),
        ("INR", "inr Inr", False),
        ("ALL", "all of All", False),
        ("deep vein thrombosis", "a deep\nvein&nbsp;thrombosis", True),
        ("deep vein thrombosis", "Deep vein thrombosis", True),
        ("deep vein thrombosis", "deep, vein thrombosis", False),
        ("deep vein thrombosis", "deep <em>vein</em> thrombosis", False),
        ("deep vein thrombosis", "deep</p><p>vein thrombosis", False),
        ("Crohn's disease", "Crohn\u2019s disease", True),
        ("COVID-19", "COVID\u201119", True),
        ("R&D", "in R&amp;D today", True),
        ("amp", "R&amp;D", False),
        ("lt", "a &lt; b", False),
        ("type 2 diabetes", "Type 2 diabetes", True),
        ("β-blocker", "a β-blocker", True),
    ],
)
def test_how_a_spelling_may_be_written(
    spelling: str, text: str, *, is_found: bool
) -> None:
    assert ("[" in shown(f"<p>{text}</p>", spelling)) == is_found


def test_the_longest_spelling_counts_and_takes_its_words_with_it() -> None:
    text = "<p>Venous thrombosis; venous thrombosis; then thrombosis.</p>"

    found = shown(text, "thrombosis", "venous thrombosis")

    assert found == "<p>[Venous thrombosis]; venous thrombosis; then [thrombosis].</p>"


def test_a_term_is_met_once_in_whichever_of_its_spellings() -> None:
    assert shown("A DVT, a clot", ("clot", "DVT")) == "A [DVT], a clot"


def test_parts_of_a_page_share_what_was_met() -> None:
    spellings, met = Spellings([("clot",), ("stroke",)]), [0]

    html = explain("A clot, a stroke", spellings, met, most=ALL)

    assert html.startswith("A clot, a <a")
    assert 'href="#term-2"' in html
    assert met == [0, 1]


def test_no_more_are_explained_than_a_page_holds() -> None:
    terms = [f"word{n}" for n in range(40)]

    assert shown(" ".join(terms), *terms).count("[") == ALL
    assert shown(" ".join(terms), *terms, most=0).count("[") == 0


def test_a_text_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many terms begin with the same word."""
    terms = [f"clot number {n}" for n in range(500)]
    asked: list[str] = []
    spellings = Spellings([(t,) for t in terms])
    known = spellings._terms  # noqa: SLF001
    monkeypatch.setattr(spellings, "_terms", Counting(known, asked))

    explain("<p>" + "clot " * 1000 + "</p>", spellings, [], most=ALL)

    assert len(asked) <= 1000


class Counting(dict[str, int]):
    def __init__(self, known: dict[str, int], asked: list[str]) -> None:
        super().__init__(known)
        self.asked = asked

    def get(self, key: str, default: object = None) -> object:
        self.asked.append(key)
        return super().get(key, default)


@pytest.mark.parametrize("spelling", ["INR", "deep vein", "C4", "β-blocker"])
def test_what_any_text_with_a_spelling_contains(spelling: str) -> None:
    for written in content.as_written(spelling):
        assert all(piece in written for piece in content.pieces(spelling))
    assert content.pieces("T cell") == ["cell"]


@pytest.mark.parametrize(
    ("spelling", "is_whole"),
    [("INR", True), ("C", True), ("C++", False), ("(INR)", False), (" INR", False)],
)
def test_what_could_be_found_at_all(spelling: str, *, is_whole: bool) -> None:
    assert content.is_whole(spelling) == is_whole
