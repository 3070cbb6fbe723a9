import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.works.readers.record import Refused
from articles.works.readers.wanted import Wanted
from articles.works.reading import MAX_BYTES, Found, Read, read

EXPORTS = Path(__file__).parent / "exports"
EXPECTED: dict[str, Any] = json.loads((EXPORTS / "expected.json").read_text())
NOTHING = (
    "There is no reference in it: it is neither RIS, NBIB, BibTeX nor CSL-JSON, and "
    "no list of DOIs or PMIDs."
)


def as_read(expected: dict[str, Any]) -> Read:
    items = [
        Found(one["key"], one["item"], one["record"], tuple(one["notes"]))
        for one in expected["items"]
    ]
    return Read(
        expected["format"],
        tuple(items),
        tuple(Refused(*one) for one in expected["refused"]),
        tuple(Wanted(*one) for one in expected["wanted"]),
        tuple(expected["problems"]),
    )


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_program_is_understood(name: str) -> None:
    data = (EXPORTS / name).read_bytes()

    assert read(data) == as_read(EXPECTED[name])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("endnote.bib", ("BibTeX", 2, 0, 0)),
        ("endnote.ris", ("RIS", 2, 0, 0)),
        ("jabref.bib", ("BibTeX", 3, 1, 0)),
        ("jabref.ris", ("RIS", 2, 1, 0)),
        ("list.txt", ("identifiers", 0, 2, 7)),
        ("mendeley-bom.ris", ("RIS", 1, 1, 0)),
        ("mendeley.bib", ("BibTeX", 2, 0, 0)),
        ("mendeley.ris", ("RIS", 2, 1, 0)),
        ("pubmed-book.nbib", ("NBIB", 1, 0, 0)),
        ("pubmed.nbib", ("NBIB", 3, 0, 0)),
        ("zotero-biblatex.bib", ("BibTeX", 2, 0, 0)),
        ("zotero.bib", ("BibTeX", 2, 0, 0)),
        ("zotero.json", ("CSL-JSON", 1, 2, 0)),
        ("zotero.ris", ("RIS", 3, 0, 0)),
    ],
)
def test_every_file_gives_as_many_references(
    name: str, told: tuple[str, int, int, int]
) -> None:
    found = read((EXPORTS / name).read_bytes())

    counts = len(found.items), len(found.refused), len(found.wanted)
    assert (found.format, *counts) == told


def test_every_export_has_its_expectation() -> None:
    files = {path.name for path in EXPORTS.iterdir()} - {"expected.json"}

    assert files == set(EXPECTED)


@pytest.mark.parametrize(
    "junk", ["", " \n", "word", "\0\1", "[1, 2]", "{}", "2018", b"\xff"]
)
def test_junk_is_answered_with_a_sentence(junk: str | bytes) -> None:
    assert read(junk).problems[-1] == NOTHING


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[{"type": "book",', "The file is not complete JSON, line 1."),
        ('{"a":' * 200_000, "The JSON in the file is nested too deeply."),
        ("x" * (MAX_BYTES + 1), "The file is larger than 2 MB; nothing was read."),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(
    text: str, problem: str
) -> None:
    assert read(text) == Read(
        "CSL-JSON" if text[0] in "[{" else "", problems=(problem,)
    )


@pytest.mark.parametrize(
    "record",
    [
        "TY  - JOUR\nTI  - T\nER  - \n",
        "PMID- 1\nTI  - T.\n\n",
        "@misc{{k{0}, title={{T}}}}\n",
        '{{"type": "book", "title": "T"}},',
    ],
)
def test_two_thousand_records_are_enough(record: str) -> None:
    text = "".join(record.format(number) for number in range(2_001))

    found = read(f"[{text[:-1]}]" if record[0] == "{" else text)

    assert len(found.items) == 2_000
    assert found.problems == (
        "The file holds 2,001 records; only the first 2,000 were read.",
    )


def test_a_list_of_more_works_than_that_is_cut_too() -> None:
    found = read("\n".join(f"10.5555/{number}" for number in range(2_001)))

    assert len(found.wanted) == 2_000
    assert found.problems == (
        "The list names 2,001 works; only the first 2,000 were taken.",
    )


def test_strings_made_of_strings_do_not_grow() -> None:
    laughs = ['@string{a0 = "hahahahahahahahahahaha"}']
    laughs += [f"@string{{a{n + 1} = a{n} # a{n} # a{n}}}" for n in range(30)]

    found = read("\n".join([*laughs, "@misc{k, title = a30}"]))

    assert [one.reason for one in found.refused] == ["The reference has no title."]
    assert found.problems[0] == (
        "The string “a10” was left out: strings put in more than 1,000,000 characters."
    )


def test_of_many_dates_of_one_record_the_first_four_are_read() -> None:
    four = "DA  - 2018\n" * 4 + "PY  - 2018\n" * 4

    [found] = read(f"TY  - JOUR\nTI  - T\n{four}DA  - 2018/01/27\nER  - \n").items

    assert found.item["issued"] == {"date-parts": [[2018]]}


def test_no_entity_and_no_file_is_expanded() -> None:
    found = read(
        "@misc{k, title = {&lol; \\input{/etc/passwd} \\def\\x{y} <!ENTITY a 'b'>}}"
    )

    assert found.items[0].item["title"] == "&lol; y <!ENTITY a 'b'>"


def test_what_is_not_understood_is_kept_within_bounds() -> None:
    many = "".join(f"U{n % 10}  - {'x' * 600}\n" for n in range(100))

    [found] = read(f"TY  - JOUR\nTI  - T\n{many}ER  - \n").items

    assert sum(map(len, found.item["custom"]["raw"].values())) == 50
    assert {len(x) for one in found.item["custom"]["raw"].values() for x in one} == {
        500
    }
    assert found.notes == (
        "Not understood: U0, U1, U2, U3, U4.",
        "50 more values were not understood and left out.",
        "What was not understood was cut to 500 characters a value.",
    )


def test_a_name_of_the_file_decides_only_between_formats_that_fit() -> None:
    text = "PMID- 1\nTI  - T.\nAB  - It said\nTY  - JOUR\n"

    assert read(text).format == "RIS"
    assert read(text, name="x.nbib").format == "NBIB"
    assert read("10.5555/x", name="x.ris").format == "identifiers"


def test_what_is_in_another_format_is_said_not_to_be_read() -> None:
    one, other = (
        "TY  - JOUR\nTI  - T\nER  - \n",
        "@article{wheatley2019,\n title={U}\n}",
    )

    [told] = read(f"{one}\n{other}").problems
    assert told.startswith("It was read as RIS. Some of it looks like BibTeX, and that")
    assert read(one).problems == read(other).problems == ()


def test_keys_are_the_files_own_or_author_and_year_and_each_once() -> None:
    record = "TY  - JOUR\nTI  - T\nAU  - Müller-Lüdenscheidt, A\nPY  - 2018\n"

    found = read(
        f"{record}ID  - mine\nER  - \n{record}ID  - mine\nER  - \n{record}ID  - 7\n"
    )

    assert [one.key for one in found.items] == [
        "mine",
        "mine-2",
        "mullerludenscheidt2018",
    ]


PIECES = st.sampled_from(
    [
        *("TY  - ", "JOUR", "\n", "ER  - ", "AU  - ", "TI  - T", "PY  - ", "SP  - 1-"),
        *("@article{", "k,", "title", "=", "{", "}", '"', "#", "jan", "\\", "$", "\\'"),
        *(
            "PMID- 1",
            "FAU - ",
            "DP  - ",
            "LID - ",
            "[doi]",
            "      ",
            "author",
            " and ",
        ),
        *(
            "[",
            "]",
            '{"',
            '":',
            '"type": "book"',
            '"title": "T"',
            ",",
            "10.5555/",
            "\0",
        ),
        *("\ud800", "\u202e", "é", "2018", "Jan", "/", "-"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_that_comes_in_makes_it_fail(text: str) -> None:
    for found in read(text).items:
        assert found.item["title"]


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    read(data)
