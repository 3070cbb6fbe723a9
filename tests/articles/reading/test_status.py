"""The three public steps and the caution."""

from dataclasses import replace

import pytest
from django.utils.html import strip_tags

from articles.reading import status
from articles.reading.facts import Trust
from tests.articles.reading import samples

TEXT = samples.text()
SUBMITTED = samples.pending(TEXT.sha256, review_status="submitted", reviews_in=0)
UNDER_REVIEW = samples.pending(TEXT.sha256)
APPROVED = samples.trust(TEXT.sha256)


def told(found: status.Status) -> list[tuple[str, str, str, bool]]:
    return [
        (step.shape, step.label, strip_tags(step.words), step.is_current)
        for step in found.steps
    ]


def test_a_submitted_text_waits() -> None:
    found = status.of(TEXT, SUBMITTED)

    assert told(found) == [
        ("now", "Submitted", "25 Nov 2025", True),
        ("todo", "Under review", "Not yet", False),
        ("todo", "Approved", "Not yet", False),
    ]
    assert strip_tags(found.caution) == (
        "It has waited for medical review since 25 Nov 2025."
    )


def test_a_text_under_review_tells_how_many_reviews_are_in() -> None:
    found = status.of(TEXT, UNDER_REVIEW)

    assert told(found) == [
        ("done", "Submitted", "25 Nov 2025", False),
        ("now", "Under review", "Since 28 Nov 2025, 1 of 2 reviews in", True),
        ("todo", "Approved", "Not yet", False),
    ]
    assert found.caution == "It is under medical review, with 1 of 2 reviews in."


def test_an_approved_text_has_three_dates_and_no_caution() -> None:
    found = status.of(TEXT, APPROVED)

    assert told(found) == [
        ("done", "Submitted", "25 Nov 2025", False),
        ("done", "Under review", "28 Nov 2025 to 18 Dec 2025", False),
        ("now", "Approved", "18 Dec 2025, version 2", True),
    ]
    assert found.caution == ""


def test_a_replaced_text_keeps_its_own_dates() -> None:
    old = samples.text(number=1)
    kept = APPROVED.history[1]

    found = status.of_kept(old, kept)

    assert told(found)[2] == ("now", "Approved", "3 Feb 2025, version 1", True)


@pytest.mark.parametrize(
    "facts",
    [
        replace(APPROVED, approval=None),
        replace(UNDER_REVIEW, approval=APPROVED.approval),
    ],
)
def test_a_status_that_no_approval_bears_out_is_refused(facts: Trust) -> None:
    with pytest.raises(ValueError, match="disagrees with its approval"):
        status.of(TEXT, facts)
