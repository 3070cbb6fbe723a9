"""How a stored text is laid out to be read, and gathered again."""

from __future__ import annotations

from editorial.forms.written import gathered, spread


def test_a_text_is_spread_over_lines_between_blocks_only() -> None:
    html = "<h2>A</h2><ul><li>b <em>c</em></li></ul><p>d</p>"

    assert spread(html) == ("<h2>A</h2>\n<ul>\n<li>b <em>c</em></li>\n</ul>\n<p>d</p>")
    assert spread(spread(html)) == spread(html)
    assert gathered(spread(html)) == html
