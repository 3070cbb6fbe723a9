from articles.content import plain_text, word_count

BODY = (
    "<h2>Dose &amp; <em>timing</em></h2><p>5&nbsp;&lt;\n10 mg<sup>2</sup>"
    '<cite data-ref="a"></cite>.<br>Then</p><ul><li>one</li><li>two</li></ul>'
    "<table><caption>T</caption><tbody><tr><th>a</th><td>b</td></tr>"
    '<tr><td>c</td></tr></tbody></table><aside class="safety"><p>Stop.</p></aside>'
)


def test_each_block_is_a_line_and_each_row_one() -> None:
    assert plain_text(BODY).split("\n") == [
        "Dose & timing",
        "5 < 10 mg2.",
        "Then",
        "one",
        "two",
        "T",
        "a b",
        "c",
        "Stop.",
    ]


def test_words_are_counted_without_markers() -> None:
    assert word_count(BODY) == 15


def test_an_empty_body_has_no_words() -> None:
    assert (plain_text("<p></p>"), word_count("<p>&nbsp;</p>")) == ("", 0)
