import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import content
from articles.word import from_text, tidy
from tests.articles.content.test_cleaning import EVERYTHING, MARKUP

BULLET = "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>"
NUMBER = "<![if !supportLists]><span><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span></span><![endif]>"
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<title>Hidden title</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0}} --></style></head><body lang=EN-US><!--StartFragment-->
<p class=MsoTitle>Does it work?<o:p></o:p></p>
<h1 style='margin:0'><b>Answer</b><o:p></o:p></h1>
<p class=MsoNormal align=left style='text-align:left'>Text <b style='mso-bidi-font-weight:normal'>bold</b>
<span style='font-style:italic'>slanted</span> CO<span style='vertical-align:sub'>2</span>
<st1:place w:st="on">Paris</st1:place> <a name="_Toc1">here</a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'>{BULLET}First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>{NUMBER}Inner<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>{BULLET}Last<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoQuote>Quoted</p>
<table class=MsoTableGrid border=1 cellspacing=0><thead><tr style='x'><td width=100 valign=top>Drug</td></tr></thead>
<tr><td>A</td></tr></table><!--EndFragment--></body></html>"""
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
<h1 dir="ltr"><span style="font-size:20pt;font-weight:400">Answer</span></h1>
<p dir="ltr"><span style="font-weight:400;font-style:normal">Text </span><span style="font-weight:700">bold</span>
<span style="font-style:italic">slanted</span><span style="font-size:0.6em;vertical-align:super">2</span></p>
<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>First</span></p></li>
<ul><li dir="ltr" aria-level="2"><p role="presentation"><span>Inner</span></p></li></ul>
<li dir="ltr"><p role="presentation"><span>Last</span></p></li></ul><br></b>"""
WEB = """<div class="page"><div>Line one</div><div><section><h2 id="x">Title</h2>
<p>See <a href="#note">[1]</a> and <a href="https://example.org/" target="_blank" rel="nofollow">site</a>.</p>
</section></div></div>"""
ONLINE = '<p role="heading" aria-level="2">Part</p>'


def cleaned(html: str) -> tuple[str, list[str]]:
    html, dropped = content.clean(tidy(html))
    return html.replace("\n", ""), [str(one) for one in dropped]


FROM_WORD = (
    "<h2>Does it work?</h2><h2>Answer</h2>"
    "<p>Text <strong>bold</strong><em>slanted</em> CO<sub>2</sub>Paris here</p>"
    "<ul><li>First<ol><li>Inner</li></ol></li><li>Last</li></ul>"
    "<blockquote><p>Quoted</p></blockquote>"
    '<table><thead><tr><th scope="col">Drug</th></tr></thead>'
    "<tbody><tr><td>A</td></tr></tbody></table>"
)
FROM_GOOGLE = (
    "<h2>Answer</h2>"
    "<p>Text <strong>bold</strong><em>slanted</em><sup>2</sup></p>"
    "<ul><li>First<ul><li>Inner</li></ul></li><li>Last</li></ul>"
)
FROM_WEB = (
    "<p>Line one</p><h2>Title</h2>"
    '<p>See [1] and <a href="https://example.org/">site</a>.</p>'
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (WORD, FROM_WORD),
        (GOOGLE, FROM_GOOGLE),
        (WEB, FROM_WEB),
        (ONLINE, "<h2>Part</h2>"),
    ],
    ids=["Word", "Google Docs", "a web page", "Word on the web"],
)
def test_what_programs_put_on_the_clipboard(html: str, expected: str) -> None:
    assert cleaned(html) == (expected, [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p class=MsoListParagraph>· One</p><p class=MsoListParagraph>·<span>&nbsp; </span>Two</p>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<p class=MsoListParagraph>1) One</p><p>x</p>", "<ol><li>One</li></ol><p>x</p>"),
        ("<p class=MsoListParagraph>o One</p>", "<ul><li>One</li></ul>"),
        ("<p class=MsoListParagraph>One more</p>", "<p>One more</p>"),
        ("<p style='mso-list:l0 level1'>One</p>", "<ul><li>One</li></ul>"),
        (f"<p style='mso-list:l0 level2'>{NUMBER}x</p>", "<ol><li><ol><li>x</li></ol></li></ol>"),
        (f"<p style='mso-list:l0 level1'>{NUMBER}x</p><p style='mso-list:l1 level1'>{BULLET}y</p>", "<ol><li>x</li></ol><ul><li>y</li></ul>"),
        ("<p>A 5 mg dose</p>", "<p>A 5 mg dose</p>"),
        ("<p><span style='font-weight:600'>b</span><i style='font-style:normal'>n</i></p>", "<p><strong>b</strong>n</p>"),
        ("<h2><span style='font-weight:700'>b</span></h2>", "<h2>b</h2>"),
        ("<p class=x>a</p><p><br></p><p>&nbsp;</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<div>a<div>b</div>c</div>", "a<p>b</p>c"),
        ('<cite data-ref="a">1</cite><aside class="safety x">s</aside>', '<cite data-ref="a"></cite>1<aside class="safety">s</aside>'),
        ("", ""),
    ],
)  # fmt: skip
def test_painted_structure_becomes_structure(html: str, expected: str) -> None:
    assert cleaned(html) == (expected, [])


def test_what_is_no_paint_is_still_told() -> None:
    assert cleaned('<p onclick="x()">a<img src="https://x.example/"></p>') == (
        "<p>a</p>",
        [
            "The attribute onclick of <p> was removed.",
            "<img> is not allowed here; its text was kept.",
        ],
    )


def test_a_clean_text_is_left_as_it_is() -> None:
    assert tidy(EVERYTHING) == EVERYTHING


@pytest.mark.parametrize("html", [WORD, GOOGLE, WEB, ONLINE])
def test_tidying_twice_changes_nothing(html: str) -> None:
    assert tidy(tidy(html)) == tidy(html)


@given(MARKUP)
def test_tidying_changes_no_words(html: str) -> None:
    try:
        before = content.plain_text(content.clean(html).html)
        after = content.plain_text(content.clean(tidy(html)).html)
    except ValueError:
        return

    if "<title>" not in html:
        assert "".join(after.split()) == "".join(before.split())


@given(st.text(max_size=80))
def test_any_text_can_be_pasted(text: str) -> None:
    html = content.clean(from_text(text)).html

    assert content.is_clean(html)


def test_plain_text_keeps_its_paragraphs_and_lines() -> None:
    assert from_text("One < two\r\nthree\r\n\r\n \n\nfour\n") == (
        "<p>One &lt; two<br>three</p><p>four</p>"
    )


UNITS = ["<", "<a ", "<p class=msolist>", "<p style='mso-list:l level3'>", "<ul><li></li>", "<span style='mso-list:ignore'>", "<div>", "<b><i>", "</span>", "<li></li><ul>", "<p>", "<head>", "<p> ", "<br> "]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_tidying_takes_time_in_proportion(unit: str) -> None:
    hostile = (unit * 100_000)[:100_000]
    started = time.process_time()

    tidy(hostile)

    assert time.process_time() - started < 20
