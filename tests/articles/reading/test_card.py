"""Who stands behind a text, and its dates."""

import dataclasses
import datetime as dt

import pytest
from django.utils.html import strip_tags

from articles.freezing import Making
from articles.reading import card
from articles.reading.card import Row
from tests.articles.reading import samples

TEXT = samples.text()


def told(rows: list[Row]) -> dict[str, str]:
    return {row.label: strip_tags(row.value) for row in rows}


def test_an_approved_text_names_everybody_who_signed() -> None:
    found = card.of(TEXT, samples.trust(TEXT.sha256))

    assert told(found.who) == {
        "Written by": "Josiah Carberry, MD, Brown University",
        "Approved by": "Ada Quill, MD, chief editor, 18 Dec 2025",
        "Reviewed by": "Ines Calder, MD (addiction medicine);"
        " Tomas O'Reed, PharmD; and one reviewer not named",
        "Conflicts": "None declared",
        "Policy in force": "Editorial policy, number 1",
        "Check it": f"Record and signatures · {TEXT.sha256[:8]}…{TEXT.sha256[-4:]}",
    }
    assert told(found.dates) == {
        "First published": "4 Feb 2025",
        "Content last changed": "25 Nov 2025",
        "Last reviewed": "18 Dec 2025",
        "Next review due": "18 Dec 2026",
        "Evidence searched to": "1 Nov 2025",
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, None), (1, "One further review"), (2, "Two further reviews")],
)
@pytest.mark.parametrize(
    ("fact", "row"), [("against", "Not in favour"), ("not_counted", "Not counted")]
)
def test_reviews_on_which_no_approval_rests_are_told_by_their_number(
    fact: str, row: str, number: int, said: str | None
) -> None:
    approval = samples.approval(**{fact: number})

    found = card.of(TEXT, samples.trust(TEXT.sha256, approval=approval))

    assert told(found.who).get(row) == said


def test_a_pending_text_names_its_authors_and_nobody_else() -> None:
    found = card.of(TEXT, samples.pending(TEXT.sha256))

    assert told(found.who) == {
        "Written by": "Josiah Carberry, MD, Brown University",
        "Reviews": "1 of 2 in",
    }
    assert told(found.dates) == {
        "Content last changed": "25 Nov 2025",
        "Evidence searched to": "1 Nov 2025",
    }


def test_who_did_what_is_printed_as_the_byline_has_it() -> None:
    byline = (
        {"name": "Ada Ames", "contributions": ["methodology", "software"]},
        {"name": "Bea Booth", "contributions": []},
        {"name": "Cy Cole"},
        {"name": "Di Drew", "contributions": ["supervision"]},
    )

    found = card.of(
        dataclasses.replace(TEXT, byline=byline), samples.trust(TEXT.sha256)
    )

    assert told(found.who)["Contributions"] == (
        "Ada Ames: Methodology, Software; Di Drew: Supervision"
    )


def test_what_a_signature_says_is_marked() -> None:
    found = card.of(TEXT, samples.trust(TEXT.sha256))

    assert [row.label for row in found.who if not row.is_trust] == ["Written by"]


def test_a_replaced_text_names_who_approved_it() -> None:
    kept = samples.history(TEXT.sha256)[1]

    found = card.of_kept(TEXT, kept)

    assert told(found.who) == {
        "Written by": "Josiah Carberry, MD, Brown University",
        "Approved by": "Ada Quill, MD, 3 Feb 2025",
        "Check it": f"Its exact bytes · {TEXT.sha256[:8]}…{TEXT.sha256[-4:]}",
    }
    assert told(found.dates) == {
        "Published": "4 Feb 2025",
        "Replaced": "18 Dec 2025",
        "Evidence searched to": "1 Nov 2025",
    }


def test_declared_conflicts_are_printed() -> None:
    approval = samples.approval(conflicts=("Owns shares in A", "Consults for B"))

    found = card.of(TEXT, samples.trust(TEXT.sha256, approval=approval))

    assert told(found.who)["Conflicts"] == "Owns shares in A; Consults for B"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (
            Making("machine_generated", "Scribe 2", "2026-01-02"),
            {
                "Origin": "Drafted by a machine (Scribe 2, 2 Jan 2026); "
                "not yet reviewed and approved by people"
            },
        ),
        (
            Making("machine_assisted"),
            {
                "Origin": "Drafted with a machine; not yet reviewed and approved by people"
            },
        ),
        (Making("imported"), {"Origin": "Imported"}),
        (Making("human"), {}),
    ],
)
def test_what_no_person_wrote_says_so(origin: Making, expected: dict[str, str]) -> None:
    text = samples.text(origin=origin, byline=())

    found = card.of(text, samples.pending(text.sha256, reviews_in=0))

    assert told(found.who) == expected | {"Reviews": "0 of 2 in"}


MACHINES = Making("machine_assisted", "Scribe 2", "2026-01-02")
SAID = "Drafted with a machine (Scribe 2, 2 Jan 2026); reviewed and approved by "


def test_an_approved_text_of_a_machine_names_who_approved_it() -> None:
    text = samples.text(origin=MACHINES)
    kept = samples.history(text.sha256)[1]

    approved = card.of(text, samples.trust(text.sha256))
    replaced = card.of_kept(text, kept)

    assert told(approved.who)["Origin"] == f"{SAID}Ada Quill, MD"
    assert told(replaced.who)["Origin"] == f"{SAID}Ada Quill, MD"
    assert strip_tags(approved.origin) == f"{SAID}Ada Quill, MD"


def test_a_tool_is_words_and_never_markup() -> None:
    text = samples.text(origin=Making("machine_generated", "<b>&", None), byline=())

    found = card.of(text, samples.pending(text.sha256))

    assert found.origin.startswith("Drafted by a machine (&lt;b&gt;&amp;);")


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        ({"content_changed_at": samples.at(9, 1, 2026)}, {"Content last changed"}),
        (
            {"approval": samples.approval(approved_at=samples.at(9, 1, 2026))},
            {"Last reviewed"},
        ),
        (
            {"approval": samples.approval(next_review_due=dt.date(2030, 1, 1))},
            {"Next review due"},
        ),
        ({"first_published_at": samples.at(9, 1)}, {"First published"}),
    ],
)
def test_each_date_moves_alone(changes: dict[str, object], moved: set[str]) -> None:
    before = told(card.of(TEXT, samples.trust(TEXT.sha256)).dates)

    after = told(card.of(TEXT, samples.trust(TEXT.sha256, **changes)).dates)

    assert {label for label in before if before[label] != after[label]} == moved
