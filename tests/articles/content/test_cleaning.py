import html as entities
import re
import time
from collections import Counter
from contextlib import suppress
from unicodedata import normalize

import nh3
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles import characters
from articles.content import (
    Dropped,
    TooLargeError,
    UnstableError,
    clean,
    is_clean,
)
from articles.content.limits import MAX_BYTES, MAX_CITATIONS, MAX_DEPTH, is_too_deep

EVERYTHING = (
    "<h2>A <em>question</em></h2><p>One<br>two<sub>3</sub><sup>4</sup> "
    '<strong>x</strong>&nbsp;&amp; &lt;5 mg<cite data-ref="a b"></cite></p>'
    "<h3>B</h3><ul><li>i</li></ul><h4>C</h4><ol><li>j</li></ol>"
    '<table><caption>T</caption><thead><tr><th colspan="2" scope="col">h</th></tr>'
    '</thead><tbody><tr><th scope="row">r</th><td rowspan="2">d</td></tr></tbody>'
    '</table><blockquote><p>q</p></blockquote><aside class="safety"><p>s</p></aside>'
    '<p><a href="https://example.org/?a=1&amp;b=2">l</a> <a href="/policy">p</a></p>'
)
NAMES = (
    "a aside blockquote br caption cite em h2 h3 h4 li ol p strong sub sup "
    "table tbody td th thead tr ul"
)
ALLOWED = set(NAMES.split())

PIECES = [
    *(f"<{tag}>" for tag in [*sorted(ALLOWED), "b", "i", "h1", "div", "span", "svg"]),
    *(f"</{tag}>" for tag in [*sorted(ALLOWED), "b", "i", "h1", "div", "span", "svg"]),
    '<a href="/x">',
    '<a href="javascript:alert(1)">',
    '<aside class="safety">',
    '<cite data-ref="a b">',
    "<script>alert(1)</script>",
    "<style>p{}</style>",
    "<math><mtext>",
    "<template>",
    "<select>",
    "<textarea>",
    "<title>",
    "<noscript>",
    "<!-- ",
    "-->",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    "&",
    "&lt;",
    "&#x338;",
    "\u0338",
    "\u202e",
    "é",
    "e\u0301",
    '"',
    "'",
    " onclick=x ",
    "word",
    " ",
    "\r\n",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]))
WORDS = TEXT.map(lambda text: entities.escape(text, quote=False) + " ")
CONTAINERS = [
    *("<div>", "</div>", "<p>", "<b>", "</b>", "<li>", "<table>", "<tr>", "</table>"),
    *("<svg>", "</svg>", "<math>", "<mi>", "<template>", "<select>", "<option>"),
    *("<textarea>", "<title>", "<noscript>", "<iframe>", "<xmp>", "<plaintext>"),
]


def dropped(html: str, *, inline: bool = False) -> list[str]:
    return [str(one) for one in clean(html, inline=inline).dropped]


def settled(html: str) -> str:
    try:
        return clean(html).html
    except UnstableError:
        reject()


def letters(text: str) -> Counter[str]:
    """Every visible character that is not a space, wherever it stands."""
    text = normalize("NFC", characters.visible(text)).replace("\u0338", "")
    return Counter(re.sub(r"\s+", "", text))


def test_the_whole_vocabulary_passes_as_it_is() -> None:
    assert clean(EVERYTHING) == (EVERYTHING, ())
    assert is_clean(EVERYTHING)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("<b>x</b> <i>y</i>", "<strong>x</strong> <em>y</em>"),
        ("<h1>x</h1><h5>y</h5><h6>z</h6>", "<h2>x</h2><h4>y</h4><h4>z</h4>"),
        ("<P>x<BR/>y", "<p>x<br>y</p>"),
        ("<p>x\r\ny\rz</p>\n ", "<p>x\ny\nz</p>"),
        ("<p>e\u0301 &eacute; &#233;</p>", "<p>é é é</p>"),
        ("<p>a &quot;b&quot; & c < d > e</p>", '<p>a "b" &amp; c &lt; d &gt; e</p>'),
        (
            "<table><tr><td>x</table>",
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        (
            "<table><tbody><tr><th scope=COL rowspan=2 colspan=1>x</th></tr></tbody></table>",
            '<table><tbody><tr><th rowspan="2" scope="col">x</th></tr></tbody></table>',
        ),
        (
            "<a href=' HTTPS://example.org/a b '>x</a>",
            '<a href="https://example.org/a%20b">x</a>',
        ),
        ("<cite data-ref=' b  a b '/>x", '<cite data-ref="b a"></cite>x'),
        ('<cite data-ref="a">1</cite>', '<cite data-ref="a"></cite>1'),
        ('<aside class="safety">x</aside>', '<aside class="safety">x</aside>'),
    ],
)
def test_another_spelling_of_the_same_is_not_a_loss(given_: str, expected: str) -> None:
    assert clean(given_) == (expected, ())


@pytest.mark.parametrize(
    ("given_", "expected", "told"),
    [
        ("<div>a</div><div>b</div>", "a\n\nb", ["<div> is not allowed here; its text was kept. (2 times)"]),
        ("5<span>00</span> mg", "500 mg", ["<span> is not allowed here; its text was kept."]),
        ("<script>alert(1)</script>a", "a", ["<script> was removed with its content."]),
        ("a<script>b</p>", "a", ["<script> was removed with its content."]),
        ("<style>p{}</STYLE >a", "a", ["<style> was removed with its content."]),
        ("<p onclick='x()'>a</p>", "<p>a</p>", ["The attribute onclick of <p> was removed."]),
        ("a<!-- b -->c<?d?><!doctype html>", "ac", ["A comment was removed. (3 times)"]),
        ("a<!-- never closed", "a&lt;!-- never closed", []),
        ("a <b and never closed", "a &lt;b and never closed", []),
        ("<img src=x onerror=alert(1)>a", "a", ["<img> is not allowed here; its text was kept."]),
        ("<svg><script>x</script><p>a</p></svg>", "<p>a</p>", ["<svg> is not allowed here; its text was kept.", "<script> was removed with its content."]),
        ("<math><mtext><p>a</p></mtext></math>", "<p>a</p>", ["<math> is not allowed here; its text was kept.", "<mtext> is not allowed here; its text was kept."]),
        ("<template>a</template>", "a", ["<template> is not allowed here; its text was kept."]),
        ("<aside>a</aside>", "a", ["<aside> without class; its text was kept."]),
        ('<aside class="note">a</aside>', "a", ["The class “note” of <aside> was refused."]),
        ("<a>a</a>", "a", ["<a> without href; its text was kept."]),
        ("<cite>The Lancet</cite>", "The Lancet", ["<cite> without data-ref; its text was kept."]),
        ('<cite data-ref="a !b"></cite>', '<cite data-ref="a"></cite>', ["The citation key “!b” was refused."]),
        ('<cite data-ref="-"></cite>', "", ["The data-ref “-” of <cite> was refused."]),
        ("<td>a</td>", "a", ["<td> stood where it may not stand; its text was kept."]),
        ("a\u202eb", "ab", ["The invisible character U+202E RIGHT-TO-LEFT OVERRIDE was removed."]),
        ("a&#x202e;b", "ab", ["The invisible character U+202E RIGHT-TO-LEFT OVERRIDE was removed."]),
        ('<td colspan="900">', "", ["The colspan “900” of <td> was refused.", "<td> stood where it may not stand; its text was kept."]),
    ],
)  # fmt: skip
def test_what_is_dropped_is_told(given_: str, expected: str, told: list[str]) -> None:
    assert clean(given_).html == expected
    assert dropped(given_) == told


def test_a_loss_is_a_sentence_with_a_count() -> None:
    assert clean("<u>a</u><u>b</u>").dropped == (
        Dropped("<u> is not allowed here; its text was kept.", 2),
    )


def test_a_flood_of_losses_is_summed_up() -> None:
    told = dropped("".join(f"<x{number}>" for number in range(70)))

    assert len(told) == 51
    assert told[-1] == "Something else was removed. (20 times)"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\u200bscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "mailto:a@example.org",
        "ftp://example.org/",
        "//example.org/",
        "/\t/example.org/",
        "relative/path",
        "#anchor",
        "?query",
        "",
        "https:example.org",
        "https://",
        "https:///path",
        "https://good.example@evil.example/",
        "https://[broken/",
        "https://host:port/",
        "\\\\example.org",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_a_link_that_leads_elsewhere_is_undone(address: str) -> None:
    html, told = clean(f'<p><a href="{entities.escape(address)}">x</a></p>')

    assert html == "<p>x</p>"
    assert told


def test_a_backslash_cannot_turn_a_path_into_a_host() -> None:
    assert clean(r'<a href="/\example.org">x</a>').html == (
        '<a href="/%5Cexample.org">x</a>'
    )


@pytest.mark.parametrize(
    "vector",
    [
        '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
        '<a href="https://x/" onmouseover="alert(1)">x</a><iframe srcdoc="<script>alert(1)</script>">',
        '<p title="`><img src=x onerror=alert(1)>">x',
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<<script>alert(1)//<</script>",
        "<img/src=`x`onerror=alert(1)>",
        '<a href="&#x6A;&#x61;vascript:alert(1)">x</a>',
        '<xmp><p title="</xmp><svg/onload=alert(1)>">',
        '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=alert(1)>">',
        '<a href="https://example.org/"><table><a href=javascript:alert(1)>x',
        "<plaintext><img src=x onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&am<b>p;lt;script>",
    ],
)  # fmt: skip
def test_no_vector_leaves_anything_that_runs(vector: str) -> None:
    html = clean(vector).html

    for element in lxml_html.fragment_fromstring(html, create_parent="main").iter():
        assert element.tag in ALLOWED | {"main"}
        assert set(element.attrib) <= {"href", "class", "data-ref", "colspan", "scope"}
        assert element.get("href", "/").startswith(("https://", "http://", "/"))


@given(MARKUP)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = settled(html)

    assert is_clean(once)
    assert clean(once) == (once, ())


@given(MARKUP)
def test_the_sanitiser_has_nothing_to_add(html: str) -> None:
    once = settled(html)

    assert nh3.clean(
        once,
        tags=ALLOWED,
        attributes={
            "a": {"href"},
            "aside": {"class"},
            "cite": {"data-ref"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        link_rel=None,
    ) == once  # fmt: skip


@given(st.lists(WORDS | st.sampled_from(CONTAINERS), max_size=12))
def test_text_is_never_lost(parts: list[str]) -> None:
    words = [part for part in parts if part not in CONTAINERS]

    html = clean("".join(parts)).html

    shown = entities.unescape(re.sub(r"<[^>]*>", "", html))
    assert letters(shown) == letters(entities.unescape("".join(words)))


@given(TEXT)
def test_any_text_survives_as_text(text: str) -> None:
    html = clean(f"<p>{entities.escape(text, quote=False)}</p>").html

    assert letters(entities.unescape(html[3:-4])) == letters(text)


@given(st.text(max_size=60))
def test_nothing_at_all_makes_it_fail_otherwise_than_by_a_sentence(text: str) -> None:
    assert is_clean(clean(text).html)


def test_a_key_answer_holds_only_what_fits_in_a_sentence() -> None:
    html, told = clean(
        '<p>Yes<cite data-ref="a"></cite></p><p><b>if</b><br>so</p>', inline=True
    )

    assert html == 'Yes<cite data-ref="a"></cite>\n\n<strong>if</strong>\nso'
    assert [str(one) for one in told] == [
        "<p> is not allowed here; its text was kept. (2 times)",
        "<br> is not allowed here; its text was kept.",
    ]


def test_a_clean_body_is_not_a_clean_key_answer() -> None:
    assert is_clean("<p>x</p>")
    assert not is_clean("<p>x</p>", inline=True)


def nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + "x" + f"</{tag}>" * depth


def test_the_deepest_text_passes_and_a_deeper_one_is_refused() -> None:
    assert clean(nested("blockquote", MAX_DEPTH)).dropped == ()

    with pytest.raises(
        TooLargeError, match=r"^The text is nested deeper than 50 levels\.$"
    ):
        clean(nested("blockquote", MAX_DEPTH + 1))


@pytest.mark.parametrize("end", ["</em>", "</strong>"])
def test_end_tags_that_close_nothing_buy_no_depth(end: str) -> None:
    assert is_too_deep(end * MAX_DEPTH + "<em>" * (MAX_DEPTH + 1))
    assert not is_too_deep(end * MAX_DEPTH + "<em>" * MAX_DEPTH)


def test_the_longest_text_passes_and_a_longer_one_is_refused() -> None:
    longest = "<p>" + "é" * ((MAX_BYTES - 7) // 2) + "</p>"

    assert clean(longest).html == longest
    with pytest.raises(
        TooLargeError, match=r"^The text is longer than 400,000 bytes\.$"
    ):
        clean(longest.replace("</p>", "éé</p>"))


def test_the_most_citations_pass_and_one_more_is_refused() -> None:
    marker = '<cite data-ref="a"></cite>'

    assert clean(marker * MAX_CITATIONS).dropped == ()
    with pytest.raises(
        TooLargeError, match=r"^The text has more than 2,000 citations\.$"
    ):
        clean(marker * (MAX_CITATIONS + 1))


def test_a_marker_names_twenty_works_and_no_more() -> None:
    keys = [f"k{number}" for number in range(21)]

    assert clean(f'<cite data-ref="{" ".join(keys[:20])}"></cite>').dropped == ()
    with pytest.raises(TooLargeError, match=r"^A citation names more than 20 works\.$"):
        clean(f'<cite data-ref="{" ".join(keys)}"></cite>')


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", '<a b="', "<!--", "&", "</p>", "<ul><li>", "<h2><li>", "<em></strong>", "<table>x", "<blockquote>", "<p><strong>x", "\u0338", "<x>"],
)  # fmt: skip
def test_hostile_repetition_takes_time_in_proportion(unit: str) -> None:
    hostile = (unit * MAX_BYTES)[: MAX_BYTES // 2]
    started = time.process_time()

    with suppress(TooLargeError):
        clean(hostile)

    assert time.process_time() - started < 30


def test_a_long_article_is_cleaned_within_fifty_milliseconds() -> None:
    long = EVERYTHING + "<p>" + "one two three four five " * 1_000 + "</p>"
    started = time.process_time()

    clean(long)

    assert time.process_time() - started < 0.5
