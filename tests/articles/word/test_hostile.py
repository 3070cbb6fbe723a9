"""Everything hostile, by every way in, and on the way out."""

import re
import time
from contextlib import suppress
from html import escape

import pytest
from lxml import html as lxml_html

from articles import characters, content
from articles.word import DocumentError, from_text, mark, read_docx, tidy
from tests.articles.word.documents import docx, item, link, notes, p, t, table

DEEP = 10_000
PLAIN = (
    "h2 h3 h4 p ul ol li table caption thead tbody tr blockquote strong em sub sup br"
)
ALLOWED = {
    **{tag: set() for tag in PLAIN.split()},
    "a": {"href"},
    "aside": {"class"},
    "cite": {"data-ref"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SHOWN = {
    **ALLOWED,
    **{tag: {"id"} for tag in ("h2", "h3", "h4")},
    "a": {"href", "rel", "data-citation", "id"},
    "aside": {"class", "role", "aria-label"},
    "p": {"class"},
    "sup": {"class"},
    "span": {"data-citation", "id"},
    "div": {"class", "tabindex", "role", "aria-label"},
}
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " \x01javascript:alert(1)",
    "java&#115;cript:alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java\u200bscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "DATA:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/",
    "\\\\evil.example\\x",
    "https://good.example@evil.example/",
    "blob:https://x/1",
    "feed:javascript:alert(1)",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    '<img src="https://tracker.example/pixel.gif">',
    "<p onclick=alert(1) onmouseover='alert(1)'>x</p>",
    "<body onload=alert(1)>x",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
    "<svg><foreignObject><p>x</p><script>alert(1)</script></foreignObject></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><svg/onload=alert(1)>">',
    "<template><script>alert(1)</script><p>x</p></template>",
    "<template><template><img src=x onerror=alert(1)></template>",
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=alert(1)>">',
    '<iframe src="javascript:alert(1)" srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)><embed src=javascript:alert(1)></object>",
    "<base href='https://evil.example/'><link rel=stylesheet href=https://evil.example/x.css>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<style>@import 'https://evil.example/x.css';p{background:url(javascript:alert(1))}</style>",
    '<p style="width:expression(alert(1));background:url(https://evil.example/)">x</p>',
    '<span style="font-weight:700;position:fixed;behavior:url(x.htc)">x</span>',
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->x",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><!DOCTYPE html [<!ENTITY x 'y'>]>&x;",
    "<p>a\x00b<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "<p>\u202eevil\u202c \u200bzero\u200d \ufeffwidth \u2066x\u2069</p>",
    "<p>&#x202e;x&#x200b;y&#0;z</p>",
    "<b><i><p></b>x</i></p><table><a href='https://x.example/'><td>y</table>",
    "<p><b><table><tr><td><p></b>x",
    "<a href='https://x.example/'><a href='javascript:alert(1)'>x</a></a>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<textarea><img src=x onerror=alert(1)></textarea><title><script>x</script></title>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img onerror=x&amp;gt;",
    "<cite data-ref='a\" onclick=\"x'>1</cite><cite data-ref='<script>'>2</cite>",
    "<aside class='safety\" onclick=\"x'>x</aside>",
    "<th scope='col\" onclick=\"x' colspan=9e9>x</th>",
    "<p class=MsoListParagraph style='mso-list:l0 level9'>·<script>alert(1)</script></p>",
    "<p>>\u0338<script\u0338>alert(1)</p>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "[1]<img src=x onerror=alert(1)>[2",
    *(f'<a href="{address}">x</a>' for address in ADDRESSES),
    *(f"<a href='{address}'>x" for address in ADDRESSES),
]
SECOND = re.compile(
    r"(?i)<(?:script|img|svg|math|style|iframe|object|embed|form|input)\b"
)


def strangers(html: str, vocabulary: dict[str, set[str]]) -> list[str]:
    """Whatever an HTML parser sees that is not of the vocabulary."""
    found = []
    for element in lxml_html.fragment_fromstring(html, create_parent="main").iter():
        if element.tag == "main":
            continue
        if not isinstance(element.tag, str) or element.tag not in vocabulary:
            found.append(str(element.tag))
            continue
        found += [
            f"{element.tag} {name}={value}"
            for name, value in element.attrib.items()
            if name not in vocabulary[element.tag] or not is_harmless(name, value)
        ]
    return found


def is_harmless(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith(("https://", "http://", "/", "#ref-"))
    return not re.search(r"[<>\"'`]", value) or name == "aria-label"


def assert_only_the_vocabulary(html: str) -> None:
    shown = content.render(html, numbers={"word-ref-1": 1})

    assert strangers(html, ALLOWED) == []
    assert strangers(shown, SHOWN) == []
    assert not SECOND.search(html)
    assert not SECOND.search(shown)
    assert html == characters.visible(html)
    assert content.clean(html) == (html, ())


@pytest.mark.parametrize("hostile", MARKUP)
def test_hostile_markup_is_pasted(hostile: str) -> None:
    for given in (hostile, f"<p>before {hostile} after</p>", hostile * 3):
        html = content.clean(tidy(given)).html

        assert_only_the_vocabulary(html)
        assert_only_the_vocabulary(mark(html, {1: "word-ref-1"}).html)
        assert tidy(html) == html


@pytest.mark.parametrize("hostile", MARKUP)
def test_hostile_markup_is_never_shown_uncleaned(hostile: str) -> None:
    shown = content.render(hostile, numbers={})

    assert strangers(shown, SHOWN) == []
    assert not SECOND.search(shown)


@pytest.mark.parametrize("hostile", MARKUP)
def test_hostile_text_is_pasted_as_text(hostile: str) -> None:
    assert_only_the_vocabulary(content.clean(from_text(hostile)).html)


def printable(text: str) -> str:
    """As much of it as XML can hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


@pytest.mark.parametrize("hostile", MARKUP)
def test_hostile_markup_in_a_document_is_text(hostile: str) -> None:
    text = printable(hostile)

    read = read_docx(
        docx(
            p(text, style="Title"),
            p(t(text, "b"), link("evil", text), "[1]"),
            item(text),
            table([p(text)], [p(text)], header=True),
            p("References"),
            p(f"1. {text}"),
            links={"evil": text},
            others={"word/footnotes.xml": notes(text)},
        )
    )

    assert_only_the_vocabulary(read.body)
    assert read.question == characters.one_line(text)[:300]
    assert not any("\n" in sentence for sentence in read.report)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_documents_links_lead_nowhere_else(address: str) -> None:
    field = f'HYPERLINK "{escape(printable(address))}"'
    complex_field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{field}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{t('field')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )

    read = read_docx(
        docx(
            p(link("a", "link"), complex_field),
            links={"a": printable(address)},
        )
    )

    assert read.body == "<p>linkfield</p>"
    assert read.report


def cleaned_or_refused(hostile: str) -> str:
    try:
        return content.clean(tidy(hostile)).html
    except content.TooLargeError as refused:
        return {"The text is nested deeper than 50 levels.": ""}[str(refused)]


@pytest.mark.parametrize(
    "tag", ["b", "em", "ul", "ol", "li", "blockquote", "div", "span", "table", "svg", "a href='https://x.example/'", "p style='mso-list:l0 level9'", "template"]
)  # fmt: skip
@pytest.mark.parametrize("closed", [True, False])
def test_huge_nesting_is_refused_or_flattened(tag: str, *, closed: bool) -> None:
    name = tag.partition(" ")[0]
    hostile = f"<{tag}>" * DEEP + "x" + (f"</{name}>" * DEEP if closed else "")
    started = time.process_time()

    assert_only_the_vocabulary(cleaned_or_refused(hostile))
    assert time.process_time() - started < 30


UNITS = ["<", ">", "&", "&lt;", "[1", "[1]", "[1,", "<sup>1", "<!--", "<![CDATA[", "\u202e", "1. ", "\u0338", "<p><li>"]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_repetition_takes_time_in_proportion(unit: str) -> None:
    hostile = (unit * 100_000)[:100_000]
    started = time.process_time()

    with suppress(content.TooLargeError):
        mark(content.clean(tidy(hostile)).html, {1: "word-ref-1"})
    with suppress(DocumentError):
        read_docx(docx(p(printable(hostile)), p("References"), p(printable(hostile))))

    assert time.process_time() - started < 50


def test_the_test_would_see_a_stranger() -> None:
    assert strangers(
        "<p onclick=x>a<img></p><a href='javascript:x'>b</a>", ALLOWED
    ) == [
        "p onclick=x",
        "img",
        "a href=javascript:x",
    ]
