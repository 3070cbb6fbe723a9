"""Printed references as plain text."""

from __future__ import annotations

from articles.works.listing import numbered, words


def test_markup_goes_and_characters_come_back() -> None:
    html = 'Lee &amp; Co. <i>H<sub>2</sub>O</i>. <a href="https://x.org">doi:1</a>'

    assert words(html) == "Lee & Co. H2O. doi:1"


def test_every_reference_has_its_number_and_line() -> None:
    assert numbered(["One.", "<b>Two</b>."]) == "1. One.\n2. Two.\n"
    assert numbered([]) == ""
