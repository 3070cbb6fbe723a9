import pytest

from articles.lint.blocks import Citation, Kind, Link, parse


def shapes(html):
    return [(block.kind, block.raw, block.level) for block in parse(html)]


def sentences(text):
    return [sentence.text for (block,) in [parse(text)] for sentence in block.sentences]


def test_a_body_is_read_as_blocks_in_order():
    html = (
        "<h2>Milk</h2><p>Warm &amp; white.</p><ul><li>One<ul><li>Two</li></ul>after</li>"
        "</ul><table><caption>Cups</caption><tr><th>Size</th></tr><tr><td>Big</td></tr>"
        "</table><p> </p>"
    )

    assert shapes(html) == [
        (Kind.HEADING, "Milk", 2),
        (Kind.PARAGRAPH, "Warm & white.", 0),
        (Kind.ITEM, "One", 0),
        (Kind.ITEM, "Two", 0),
        (Kind.ITEM, "after", 0),
        (Kind.CAPTION, "Cups", 0),
        (Kind.HEADER, "Size", 0),
        (Kind.CELL, "Big", 0),
    ]


def test_a_block_knows_its_table_its_warning_and_its_quotation():
    html = (
        '<aside class="safety"><p>Hot.</p></aside><blockquote><p>Old.</p></blockquote>'
        "<table><tr><td>A</td></tr></table><table><tr><td>B</td></tr></table><p>End.</p>"
    )

    found = [(b.safety, b.is_quoted, b.table) for b in parse(html)]

    assert found == [
        (1, False, 0),
        (0, True, 0),
        (0, False, 1),
        (0, False, 2),
        (0, False, 0),
    ]


def test_citations_and_links_keep_their_places():
    html = '<p>A <a href="/b">bee</a>.<cite data-ref="x y"></cite> Two.</p>'

    (block,) = parse(html)

    assert block.raw == "A bee. Two."
    assert block.citations == (Citation(6, ("x", "y")),)
    assert block.links == (Link(2, 5, "/b"),)


@pytest.mark.parametrize(
    ("html", "cited"),
    [
        ('<p>One.<cite data-ref="x"></cite> Two. Three.</p>', [True, False, False]),
        ('<p>One. Two<cite data-ref="x"></cite>. Three.</p>', [False, True, False]),
        ('<p>One. <cite data-ref="x"></cite>Two. Three.</p>', [True, False, False]),
        ('<p>One. Two. Three.<cite data-ref="x"></cite></p>', [False, False, True]),
        ('<p><cite data-ref="x"></cite>One. Two. Three.</p>', [True, False, False]),
    ],
)
def test_a_citation_belongs_to_the_sentence_before_it(html, cited):
    (block,) = parse(html)

    assert [sentence.is_cited for sentence in block.sentences] == cited


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Take 0.5 mg. Then wait.", ["Take 0.5 mg.", "Then wait."]),
        ("Take 5 mg. 3 times or so.", ["Take 5 mg. 3 times or so."]),
        ("Take 5 mg. a day.", ["Take 5 mg. a day."]),
        ("See Dr. Carberry, e.g. Monday.", ["See Dr. Carberry, e.g. Monday."]),
        ("By J. Carberry. He slept.", ["By J. Carberry.", "He slept."]),
        (
            "It was 3 p.m. then. “So.” He left.",
            ["It was 3 p.m. then.", "“So.”", "He left."],
        ),
        ("Wait ... and see. Good.", ["Wait ... and see.", "Good."]),
        ("first line<br>second line", ["first line", "second line"]),
        ("no stop", ["no stop"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(f"<p>{text}</p>") == expected


def test_folding_keeps_every_character_in_its_place():
    (block,) = parse("<p>İ am LOUD, isn\u2019t it</p>")

    assert block.folded == "İ am loud, isn't it"


def test_broken_nesting_is_read_all_the_same():
    assert shapes("</p><li>a</ul><p>b</h2>") == [
        (Kind.ITEM, "a", 0),
        (Kind.ITEM, "b", 0),
    ]
