import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.content import Heading, anchors, clean, outline, render

DASH = "\N{EN DASH}"
KEYS = ["a", "b", "c", "d", "e-1", "e.2"]
NUMBERS = {key: number for number, key in enumerate(KEYS, start=1)}


def marker(keys: str) -> str:
    return f'<cite data-ref="{keys}"></cite>'


def seen(html: str) -> str:
    """What stands in the raised numbers."""
    return str(lxml_html.fragment_fromstring(html, create_parent="p").text_content())


def test_a_citation_is_a_raised_link_to_its_reference() -> None:
    assert render(f"<p>x.{marker('b')}</p>", numbers=NUMBERS) == (
        '<p>x.<sup class="cite">'
        '<a href="#ref-2" data-citation="b" id="cite-b-1">2</a></sup></p>'
    )


def test_two_works_stand_side_by_side() -> None:
    assert render(marker("b a"), numbers=NUMBERS) == (
        '<sup class="cite">'
        '<a href="#ref-1" data-citation="a" id="cite-a-1">1</a>,'
        '<a href="#ref-2" data-citation="b" id="cite-b-1">2</a></sup>'
    )


def test_of_a_run_the_ends_are_links_and_the_middle_can_be_found() -> None:
    assert render(marker("c a b"), numbers=NUMBERS) == (
        '<sup class="cite">'
        '<a href="#ref-1" data-citation="a" id="cite-a-1">1</a>'
        '<span data-citation="b" id="cite-b-1"></span>'
        f'{DASH}<a href="#ref-3" data-citation="c" id="cite-c-1">3</a></sup>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (marker("a") + marker("b"), "1,2"),
        (marker("a") + " " + marker("b c"), f"1{DASH}3"),
        (marker("d a"), "1,4"),
        (marker("a b c e-1"), f"1{DASH}3,5"),
        (marker("a") + "x" + marker("b"), "1x2"),
        (marker("a") + marker("a"), "1"),
        (marker("a z"), "1,[?] no reference “z”"),
        (marker("z"), "[?] no reference “z”"),
    ],
)
def test_numbers_are_written_as_ama_writes_them(html: str, expected: str) -> None:
    assert seen(render(html, numbers=NUMBERS)) == expected


def test_two_keys_of_one_work_share_its_number() -> None:
    html = render(marker("a b"), numbers={"a": 1, "b": 1})

    assert html == (
        '<sup class="cite"><a href="#ref-1" data-citation="a" id="cite-a-1">1</a>'
        '<span data-citation="b" id="cite-b-1"></span></sup>'
    )


@given(st.lists(st.lists(st.sampled_from([*KEYS, "z"]), min_size=1, max_size=5)))
def test_every_mention_can_be_linked_back_to(groups: list[list[str]]) -> None:
    html = clean("".join(f"{marker(' '.join(keys))}x" for keys in groups)).html

    shown = render(html, numbers=NUMBERS, prefix="p-")

    ids = re.findall(r' id="([^"]*)"', shown)
    assert sorted(ids) == sorted(
        id_ for ids in anchors(html, "p-").values() for id_ in ids
    )
    assert len(ids) == len(set(ids))


def test_headings_have_the_ids_of_the_outline() -> None:
    html = (
        "<h2>Dose &amp; timing</h2><h3>Dose, timing!</h3><h4>Für <em>Kinder</em></h4>"
        f"<h2>???</h2><h2>dose timing 2{marker('a')}</h2><h2>Dose timing</h2>"
    )

    assert outline(html) == [
        Heading(2, "Dose & timing", "s-dose-timing"),
        Heading(3, "Dose, timing!", "s-dose-timing-2"),
        Heading(4, "Für Kinder", "s-fur-kinder"),
        Heading(2, "???", "s-section"),
        Heading(2, "dose timing 2", "s-dose-timing-2-2"),
        Heading(2, "Dose timing", "s-dose-timing-3"),
    ]
    shown = render(html, numbers={}, prefix="p-")
    assert re.findall(r'<h[2-4] id="([^"]*)"', shown) == [
        heading.id for heading in outline(html, "p-")
    ]


@given(st.lists(st.sampled_from(["a", "a 2", "a-2", "A", "", "b", "a 2 2"])))
def test_no_two_headings_share_an_id(texts: list[str]) -> None:
    html = clean("".join(f"<h2>{text}</h2>" for text in texts)).html

    ids = [heading.id for heading in outline(html)]

    assert len(ids) == len(set(ids)) == len(texts)


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name() -> None:
    table = "<table><caption>Doses <em>&amp;</em> “units”</caption></table>"
    other = "<table><tbody><tr><td>x</td></tr></tbody></table>"

    assert render(table + other, numbers={}) == (
        '<div class="table" tabindex="0" role="region" aria-label="Doses &amp; “units”">'
        f"{table}</div>"
        f'<div class="table" tabindex="0" role="region" aria-label="Table 2">{other}</div>'
    )


def test_the_name_of_a_table_cannot_leave_its_attribute() -> None:
    html = render('<table><caption>" onload="x</caption></table>', numbers={})

    assert 'aria-label="&quot; onload=&quot;x"' in html


def test_a_safety_call_out_says_so_to_eye_and_ear() -> None:
    html = '<aside class="safety"><p>Call for help.</p></aside>'

    assert render(html, numbers={}) == (
        '<aside class="safety" role="note" aria-label="Safety">'
        '<p class="label">Safety</p><p>Call for help.</p></aside>'
    )


def test_only_links_to_elsewhere_are_cut_off_from_the_page() -> None:
    html = '<a href="https://x.org/?a&amp;b">x</a> <a href="/policy">y</a>'

    assert render(html, numbers={}) == (
        '<a href="https://x.org/?a&amp;b" rel="noopener">x</a> <a href="/policy">y</a>'
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12 / 546 people", "12_/_546 people"),
        ("12 /546 of 10 000", "12_/546 of 10_000"),
        ("95 % of them", "95_% of them"),
        ("In 2024 two of 3 or 4", "In 2024 two of 3 or 4"),
    ],
)
def test_no_line_ends_within_a_number(written: str, shown: str) -> None:
    html = render(f"<p>{written}</p>", numbers={})

    assert html.replace("\N{NO-BREAK SPACE}", "_") == f"<p>{shown}</p>"


def test_keys_that_are_numbers_are_still_told_apart() -> None:
    html = render(marker("1 2"), numbers={"1": 1, "2": 2})

    assert seen(html) == seen(render(marker("a b"), numbers={"a": 1, "b": 2}))


def test_what_was_never_cleaned_is_cleaned_first() -> None:
    html = '<p onclick="x()">a<script>alert(1)</script></p>'

    assert render(html, numbers={}) == "<p>a</p>"


@given(st.text(st.sampled_from('<>/"= abcdefhlprstuy&;'), max_size=80))
def test_nothing_makes_it_fail(text: str) -> None:
    assert isinstance(render(text, numbers={"a": 1}), str)


def test_a_long_article_is_shown_within_fifty_milliseconds() -> None:
    part = f"<h2>Part</h2><p>{'five words of running text ' * 20}{marker('a b c')}</p>"
    long = part * 50
    started = time.process_time()

    render(long, numbers=NUMBERS)

    assert time.process_time() - started < 0.5
