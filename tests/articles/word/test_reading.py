import socket
import time
from pathlib import Path

import pytest

from articles import content
from articles.word import Candidate, DocumentError, Imported, read_docx
from tests.articles.word.documents import (
    NUMBERS,
    STYLES,
    docx,
    item,
    link,
    note_reference,
    notes,
    p,
    part,
    styles,
    t,
    table,
)

ARTICLE = (
    "Lee JD, Nunes EV Jr. Naltrexone or buprenorphine. Lancet. 2018;391(10118):309-318. "
    "doi:10.5555/lancet.1"
)


def body(*blocks: str, **parts) -> str:
    return read_docx(docx(*blocks, **parts)).body


def report(*blocks: str, **parts) -> tuple[str, ...]:
    return read_docx(docx(*blocks, **parts)).report


def cite(*keys: str) -> str:
    return f'<cite data-ref="{" ".join(keys)}"></cite>'


def test_an_empty_document_is_an_empty_draft() -> None:
    assert read_docx(docx()) == Imported("", "", (), ())


@pytest.mark.parametrize(
    ("blocks", "question", "expected"),
    [
        ([p("Why?", style="Title"), p("A", style="Heading1"), p("b")], "Why?", "<h2>A</h2><p>b</p>"),
        ([p("Why?", style="Heading1"), p("A", style="Heading2"), p("b")], "Why?", "<h2>A</h2><p>b</p>"),
        ([p("A", style="Heading1"), p("x"), p("B", style="Heading1")], "A", "<h2>A</h2><p>x</p><h2>B</h2>"),
        ([p("x"), p("A", style="Heading1")], "A", "<p>x</p><h2>A</h2>"),
        ([p("x")], "", "<p>x</p>"),
        ([p("T", style="Title"), p("A", style="Heading3"), p("B", style="Heading4")], "T", "<h2>A</h2><h3>B</h3>"),
        ([p("T", style="Title"), *(p(f"{n}", style=f"Heading{n}") for n in range(1, 7))], "T", "<h2>1</h2><h3>2</h3><h4>3</h4><h4>4</h4><h4>5</h4><h4>6</h4>"),
        ([p("One", style="Title"), p("Two", style="Title")], "One", "<p>Two</p>"),
    ],
)  # fmt: skip
def test_title_and_headings(blocks, question: str, expected: str) -> None:
    read = read_docx(docx(*blocks))

    assert (read.question, read.body, read.report) == (question, expected, ())


def test_a_style_means_what_it_is_based_on() -> None:
    custom = (
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="berschrift2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Level"><w:name w:val="Level"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>'
    )

    html = body(
        p("T", style="Title"),
        p("a", style="Mine"),
        p("b", style="Level"),
        p("c", style="Round"),
        p("d", style="Unknown"),
        p("e", properties='<w:outlineLvl w:val="3"/>'),
        others={"word/styles.xml": styles(STYLES, custom)},
    )

    assert html == "<h2>a</h2><h3>b</h3><p>c</p><p>d</p><h4>e</h4>"


def test_emphasis_and_raised_and_lowered_text() -> None:
    html = body(p(t("a", "b"), t("b", "i"), t("c", "b", "i"), "d", t("2", "sub")))

    assert html == (
        "<p><strong>a</strong><em>b</em><strong><em>c</em></strong>d<sub>2</sub></p>"
    )


def test_lists_keep_their_levels() -> None:
    html = body(
        item("a"),
        item("b", level=1, kind=NUMBERS),
        item("c", level=2),
        item("d"),
        p("x"),
        item("e", kind=NUMBERS),
    )

    assert html == (
        "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ul><p>x</p>"
        "<ol><li>e</li></ol>"
    )


@pytest.mark.parametrize("level", range(9))
def test_every_level_that_word_has_is_a_list(level: int) -> None:
    html = body(*(item("x", level=each) for each in range(level + 1)))

    assert html.count("<ul>") == level + 1


HEADED = (
    '<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
    "<tbody><tr><td>A</td><td>5 mg</td></tr></tbody></table>"
)
BARE = (
    "<table><tbody><tr><td>{}</td><td>{}</td></tr><tr><td>A</td><td>5 mg</td></tr>"
    "</tbody></table>"
)
TAKEN = "The first row of 1 table was taken for its header; see that it is."


@pytest.mark.parametrize(
    ("head", "kind", "expected", "told"),
    [
        (["Drug", "Dose"], {"header": True}, HEADED.format("Drug", "Dose"), ()),
        (["Drug", "Dose"], {"look": 'w:val="04A0" w:firstRow="1"'}, HEADED.format("Drug", "Dose"), (TAKEN,)),
        (["Drug", "Dose"], {"look": 'w:val="0020"'}, HEADED.format("Drug", "Dose"), (TAKEN,)),
        ([p(t("Drug", "b")), p(t("Dose", "b"))], {"look": 'w:val="0600"'}, HEADED.format("<strong>Drug</strong>", "<strong>Dose</strong>"), (TAKEN,)),
        (["Drug", "Dose"], {"look": 'w:val="0600"'}, BARE.format("Drug", "Dose"), ()),
        (["Drug", "Dose"], {"look": 'w:val="zzzz"'}, BARE.format("Drug", "Dose"), ()),
        (["Drug", "Dose"], {"look": 'w:firstRow="0" w:val="04A0"'}, BARE.format("Drug", "Dose"), ()),
        ([p(t("Drug", "b")), "Dose"], {}, BARE.format("<strong>Drug</strong>", "Dose"), ()),
    ],
)  # fmt: skip
def test_a_table_has_a_header_row(head, kind, expected: str, told) -> None:
    read = read_docx(docx(table(head, ["A", "5 mg"], **kind)))

    assert (read.body, read.report) == (expected, told)


def test_merged_cells_stay_merged() -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc>"

    html = body(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>", table(["a", "b"]))

    assert '<td colspan="2"></td>' in html


def test_links_survive_and_lead_out_only() -> None:
    inside = '<w:hyperlink w:anchor="place"><w:r><w:t>there</w:t></w:r></w:hyperlink>'

    read = read_docx(
        docx(
            p(link("a", "site"), " ", link("b", "evil"), " ", inside, link("c", "!")),
            links={"a": "https://example.org/?a=1&b=2", "b": "javascript:alert(1)"},
        )
    )

    assert read.body == (
        '<p><a href="https://example.org/?a=1&amp;b=2">site</a> evil there!</p>'
    )
    assert read.report == ("The href “javascript:alert(1)” of <a> was refused.",)


def test_a_quotation_is_one() -> None:
    assert body(p("a", style="Quote"), p("b", style="Quote"), p("c")) == (
        "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"
    )


NOTES_TAKEN = (
    "2 notes became citations to be matched; what is said there is no longer in the "
    "text."
)


def test_notes_become_candidates() -> None:
    read = read_docx(
        docx(
            p("One", note_reference(2), " two", note_reference(1, "endnote"), "."),
            others={
                "word/footnotes.xml": notes("An aside.", ARTICLE),
                "word/endnotes.xml": notes("See PMID: 123.", kind="endnote"),
            },
        )
    )

    assert read.body == f"<p>One{cite('word-note-1')} two{cite('word-note-2')}.</p>"
    assert [(one.number, one.raw, one.doi, one.pmid) for one in read.candidates] == [
        (1, ARTICLE, "10.5555/lancet.1", None),
        (2, "See PMID: 123.", None, "123"),
    ]
    assert read.report == (NOTES_TAKEN,)


LISTED = [
    [item(ARTICLE, kind=NUMBERS), item("Second", kind=NUMBERS)],
    [p(f"1. {ARTICLE}"), p("2. Second")],
    [p(f"[1] {ARTICLE}"), p("[2]\tSecond")],
    [p(f"1\t{ARTICLE}"), p("2\t", t("Second", "i"))],
    [p(ARTICLE), p("Second")],
]


@pytest.mark.parametrize("entries", LISTED)
@pytest.mark.parametrize(
    "heading",
    [
        p("References", style="Heading1"),
        p("Bibliography:", style="Heading2"),
        p(t("Literature", "b")),
        p("6. REFERENCES", style="Heading1"),
    ],
)
def test_a_reference_list_is_split_into_its_entries(heading: str, entries) -> None:
    read = read_docx(docx(p("Text [1, 2]."), heading, *entries))

    assert read.body == f"<p>Text{cite('word-ref-1', 'word-ref-2')}.</p>"
    assert read.candidates == (
        Candidate(
            key="word-ref-1",
            number=1,
            raw=ARTICLE,
            doi="10.5555/lancet.1",
            pmid=None,
            url=None,
            guess={
                "type": "article-journal",
                "author": [
                    {"family": "Lee", "given": "JD"},
                    {"family": "Nunes", "given": "EV", "suffix": "Jr"},
                ],
                "title": "Naltrexone or buprenorphine",
                "container-title": "Lancet",
                "issued": {"date-parts": [[2018]]},
                "volume": "391",
                "issue": "10118",
                "page": "309-318",
                "DOI": "10.5555/lancet.1",
            },
        ),
        Candidate("word-ref-2", 2, "Second", None, None, None, None),
    )
    assert read.report == ()


def test_what_follows_the_list_stays() -> None:
    read = read_docx(
        docx(
            p("Text [1]."),
            p("References", style="Heading1"),
            p("1. One"),
            p("continued"),
            p("Appendix", style="Heading1"),
            p("More"),
        )
    )

    assert read.body == f"<p>Text{cite('word-ref-1')}.</p><h2>Appendix</h2><p>More</p>"
    assert [one.raw for one in read.candidates] == ["One continued"]


def test_numbers_without_an_entry_stay_and_are_told() -> None:
    read = read_docx(
        docx(p("A [1], b [3], c [1-4]."), p("References"), p("1. One"), p("2. Two"))
    )

    assert read.body == f"<p>A{cite('word-ref-1')}, b [3], c [1-4].</p>"
    assert read.report == (
        "The list of references has no entry for [3], [1-4]; it stayed text.",
        "Cited nowhere in the text: reference 2.",
    )


def test_a_document_without_a_list_keeps_its_numbers() -> None:
    read = read_docx(docx(p("A [1], b [2].")))

    assert read.body == "<p>A [1], b [2].</p>"
    assert read.report == ("No list of references was found; [1], [2] stayed text.",)


def test_numbers_after_sentences_are_to_be_looked_at() -> None:
    read = read_docx(docx(p("It is so. 1 It works."), p("References"), p("1. One")))

    assert read.body == f"<p>It is so.{cite('word-ref-1')} It works.</p>"
    assert read.report == (
        "Numbers after sentences were taken for citations once; look at each.",
    )


def test_two_entries_of_one_number_are_told() -> None:
    read = read_docx(docx(p("A [1]."), p("References"), p("1. One"), p("1. Two")))

    assert [(one.key, one.raw) for one in read.candidates] == [
        ("word-ref-1", "One"),
        ("word-ref-1-again", "Two"),
    ]
    assert read.body == f"<p>A{cite('word-ref-1')}.</p>"
    assert read.report[0] == "Two entries of the list have the number 1."


IMAGE = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="x"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
BOX = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
TEXT_BOX = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


@pytest.mark.parametrize(
    ("block", "expected", "told"),
    [
        (p("a", IMAGE, "b", IMAGE), "<p>ab</p>", "2 images were left out."),
        (p("a", "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"), "<p>a</p>", "1 drawing (chart, diagram or shape) was left out."),
        (p("a", "<w:r><w:pict/></w:r>"), "<p>a</p>", "1 drawing (chart, diagram or shape) was left out."),
        (p("a", TEXT_BOX, "b"), "<p>ab</p><p>In the box</p>", "The text of 1 text box was put after the paragraph it hung on."),
        (p("a", "<w:r><w:object/></w:r>"), "<p>a</p>", "1 embedded object was left out."),
        (p("a ") + '<w:altChunk r:id="x"/>', "<p>a </p>", "1 embedded object was left out."),
        ("<w:p><w:r><w:t>If</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:t>then</w:t></w:r></w:p>", "<p>If [equation] then</p>", "1 equation was left out; [equation] stands in its place."),
        (p("a", '<w:r><w:commentReference w:id="1"/></w:r>'), "<p>a</p>", "1 comment was left out."),
        (p("a", "<w:ins>" + t("new") + "</w:ins>"), "<p>anew</p>", "Changes were tracked: 1 insertion was taken as accepted."),
        (p("a", "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "<w:moveFrom>" + t("x") + "</w:moveFrom>"), "<p>a</p>", "Changes were tracked: 2 deletions were carried out."),
        (p("a", t("secret", "<w:vanish/>")), "<p>a</p>", "1 passage of hidden text was left out."),
        (p("a", '<w:r><w:sym w:font="Nobody" w:char="F041"/></w:r>'), "<p>a</p>", "1 character of a symbol font could not be read and was left out."),
        (p("a", properties='<w:sectPr><w:footerReference r:id="x"/></w:sectPr>'), "<p>a</p>", "A header or footer was left out."),
        ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>' + p("1 A") + "</w:sdtContent></w:sdt>" + p("a"), "<p>a</p>", "The table of contents was left out; headings make their own."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told(block: str, expected: str, told: str) -> None:
    read = read_docx(docx(block))

    assert (read.body, read.report) == (expected, (told,))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (p("a", t("shown", '<w:vanish w:val="0"/>')), "<p>ashown</p>"),
        (p("<w:fldSimple w:instr='REF x'>" + t("b") + "</w:fldSimple>"), "<p>b</p>"),
        (p("5 ", '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>', "g"), "<p>5 μg</p>"),
        (p("<w:ruby><w:rt>" + t("x") + "</w:rt><w:rubyBase>" + t("y") + "</w:rubyBase></w:ruby>"), "<p>y</p>"),
        ("<w:sdt><w:sdtContent>" + p("a") + "</w:sdtContent></w:sdt>", "<p>a</p>"),
        (p("a", "<w:r><w:br/></w:r>", "b"), "<p>a<br>b</p>"),
        (p("a", t("b", "<w:strike/>", '<w:u w:val="single"/>')), "<p>ab</p>"),
        (p('<w:bookmarkStart w:id="0" w:name="note-footnote-1"/>', "a"), "<p>a</p>"),
        (p(""), ""),
    ],
)  # fmt: skip
def test_what_is_understood_says_nothing(block: str, expected: str) -> None:
    read = read_docx(docx(block))

    assert (read.body, read.report) == (expected, ())


WORD = f"""
<w:p w:rsidR="00A1"><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r w:rsidRPr="00B2"><w:t>Does</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t xml:space="preserve"> naltrexone work?</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:bookmarkStart w:id="0" w:name="_Toc1"/><w:r><w:t>Answer</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>
<w:p><w:r><w:t xml:space="preserve">It does </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ADDIN EN.CITE &lt;x&gt; </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>[1]</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:ins w:id="1" w:author="A"><w:r><w:t>, we think</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>{TEXT_BOX}</w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>References</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="EndNoteBibliography"/></w:pPr><w:r><w:t>1.</w:t></w:r><w:r><w:tab/><w:t>{ARTICLE}</w:t></w:r></w:p>
<w:sectPr/>
"""
GOOGLE = f"""
<w:p><w:pPr><w:pStyle w:val="Title"/><w:rPr/></w:pPr><w:bookmarkStart w:colFirst="0" w:colLast="0" w:name="_x1" w:id="0"/><w:bookmarkEnd w:id="0"/><w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">Does naltrexone work?</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">Answer</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>It</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve"> does.</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>References</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>{ARTICLE}</w:t></w:r></w:p>
"""
LIBRE = """
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:rPr></w:rPr><w:t>Does naltrexone work?</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>Answer</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="TextBody"/></w:pPr><w:r><w:rPr><w:rStyle w:val="StrongEmphasis"/></w:rPr><w:t>It</w:t></w:r><w:r><w:t xml:space="preserve"> does.</w:t></w:r><w:r><w:rPr><w:rStyle w:val="FootnoteAnchor"/></w:rPr><w:footnoteReference w:id="1"/></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Quotations"/></w:pPr><w:r><w:t>Quoted</w:t></w:r></w:p>
"""
GERMAN = {"Titel": "Title", "berschrift1": "heading 1", "EndNoteBibliography": "EN"}
RUNS = (
    '<w:style w:type="character" w:styleId="StrongEmphasis"><w:name w:val="Strong Emphasis"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteAnchor"><w:name w:val="Footnote Anchor"/></w:style>'
)
WRITTEN_BY_LIBRE = {
    "Title": "Title",
    "Heading1": "Heading 1",
    "TextBody": "Body Text",
    "Quotations": "Quotations",
}


@pytest.mark.parametrize(
    ("document", "parts", "expected", "number"),
    [
        (WORD, {"word/styles.xml": styles(GERMAN)}, f"<h2>Answer</h2><p>It does{cite('word-ref-1')}, we think.</p><p>In the box</p>", "word-ref-1"),
        (GOOGLE, {}, f"<h2>Answer</h2><p><strong>It</strong> does.{cite('word-ref-1')}</p><ul><li>item</li></ul>", "word-ref-1"),
        (LIBRE, {"word/styles.xml": styles(WRITTEN_BY_LIBRE, RUNS), "word/footnotes.xml": notes(ARTICLE)}, f"<h2>Answer</h2><p><strong>It</strong> does.{cite('word-note-1')}</p><blockquote><p>Quoted</p></blockquote>", "word-note-1"),
    ],
    ids=["Word", "Google Docs", "LibreOffice"],
)  # fmt: skip
def test_documents_of_every_program(document, parts, expected: str, number) -> None:
    read = read_docx(docx(document, others=parts))

    assert read.question == "Does naltrexone work?"
    assert read.body == expected
    assert [(one.key, one.doi) for one in read.candidates] == [
        (number, "10.5555/lancet.1")
    ]


def test_nothing_is_fetched_or_written(monkeypatch) -> None:
    def refuse(*_, **__):
        raise AssertionError

    data = docx(
        p("a", IMAGE, '<w:r><w:pict><v:imagedata r:id="x"/></w:pict></w:r>'),
        links={"x": "http://127.0.0.1:9/x.png"},
        others={
            "word/_rels/settings.xml.rels": b"<x/>",
            "mammoth/style-map": b"p => script",
        },
    )
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)

    assert read_docx(data).body == "<p>a</p>"


@pytest.mark.parametrize(
    "block",
    [
        p("<w:r><w:sym/></w:r>"),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/></w:tcPr></w:tc></w:tr></w:tbl>",
        p("<w:r><w:footnoteReference/></w:r>"),
        p(note_reference(7)),
    ],
)
def test_a_broken_document_gives_a_sentence(block: str) -> None:
    with pytest.raises(
        DocumentError, match=r"^The document is damaged and cannot be read\.$"
    ):
        read_docx(docx(block))


def test_a_text_that_is_too_long_gives_a_sentence() -> None:
    words = "".join(chr(97 + n * n % 26) for n in range(9_973)) * 45

    with pytest.raises(DocumentError, match="longer than 400,000 bytes"):
        read_docx(docx(p(words)))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("note", ["n " * 1_000, "</w:t></w:r><w:r><w:t>" * 15])
def test_a_note_that_is_referred_to_too_often_gives_a_sentence(kind, note) -> None:
    def document(times: int) -> bytes:
        written = notes("NOTE", kind=kind).replace(b"NOTE", note.encode())
        references = "".join(note_reference(1, kind) for _ in range(times))
        return docx(p(references), others={f"word/{kind}s.xml": written})

    assert read_docx(document(300)).body == f"<p>{cite('word-note-1') * 300}</p>"
    with pytest.raises(DocumentError, match=r"^The notes are too long"):
        read_docx(document(2_000))


def test_a_long_title_is_cut_and_told() -> None:
    read = read_docx(docx(p("x" * 301, style="Title"), p("a")))

    assert read.question == "x" * 300
    assert read.report == ("The title was too long for a question and was cut.",)


def test_the_body_is_clean() -> None:
    read = read_docx(docx(WORD, others={"word/numbering.xml": part("numbering", "")}))

    assert content.clean(read.body) == (read.body, ())


def test_five_thousand_words_are_read_within_two_seconds() -> None:
    sentence = "The dose of naltrexone is 50 mg a day in most people "
    paragraph = p(*[part_ for _ in range(10) for part_ in (sentence[:-1], " [1] ")])
    data = docx(*[paragraph] * 42, p("References"), p("1. " + ARTICLE))
    started = time.process_time()

    read = read_docx(data)

    assert content.word_count(read.body) > 4_500
    assert time.process_time() - started < 20
