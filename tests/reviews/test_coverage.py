"""Which sentences are claims, and how many of them a tier wants checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviews import coverage
from reviews.coverage import Claim, Coverage

BODIES = {
    "clinician": (
        '<p>It halves the risk of stroke.<cite data-ref="trial review"></cite> It is '
        'cheap. Prescribe amoxicillin.<cite data-ref="trial"></cite></p><ul><li>Nothing '
        "cited</li></ul>"
    ),
    "patient": (
        '<p>It halves the risk of stroke.<cite data-ref="trial"></cite> You should take '
        'it at night.<cite data-ref="review"></cite></p>'
    ),
}


def test_a_claim_is_a_cited_sentence_once_for_each_work() -> None:
    found = coverage.claims('Yes.<cite data-ref="trial"></cite>', BODIES, "clinician")

    assert found == [
        Claim("trial", "Yes.", "key_answer"),
        Claim("trial", "It halves the risk of stroke.", "clinician"),
        Claim("review", "It halves the risk of stroke.", "clinician"),
        Claim("trial", "Prescribe amoxicillin.", "clinician", recommends=True),
        Claim("review", "You should take it at night.", "patient", recommends=True),
    ]


def test_a_citation_in_front_belongs_to_the_first_sentence() -> None:
    html = '<p><cite data-ref="a"></cite>One. Two.</p><p><cite data-ref="b"></cite></p>'

    found = coverage.claims("", {"clinician": html}, "clinician")

    assert found == [Claim("a", "One.", "clinician")]


def many(advising: int, others: int) -> list[Claim]:
    advice = [
        Claim("a", f"Offer {n}.", "clinician", recommends=True) for n in range(advising)
    ]
    return advice + [Claim("a", f"Fact {n}.", "clinician") for n in range(others)]


@pytest.mark.parametrize(
    ("tier", "advised", "read", "missing"),
    [
        *[("A", 4, 10, 0), ("A", 4, 9, 1), ("A", 0, 0, 14)],
        *[("B", 4, 3, 0), ("B", 3, 10, 1), ("B", 4, 2, 1), ("B", 0, 0, 7)],
        *[("C", 5, 0, 1), ("C", 0, 5, 0), ("C", 2, 2, 1)],
        ("", 0, 0, 0),
    ],
)
def test_each_tier_wants_its_share(
    tier: str, advised: int, read: int, missing: int
) -> None:
    asked = many(4, 10)
    checked = {c.name for c in [*asked[: min(advised, 4)], *asked[4 : 4 + read]]}

    found = coverage.of(tier, asked, checked)

    assert found.missing == missing


def test_what_is_no_claim_of_the_text_counts_for_nothing() -> None:
    found = coverage.of("C", many(0, 2), {("a", "Fact 0."), ("a", "Elsewhere.")})

    assert found == Coverage(
        *(1, 2, 1, "Tier C: 5 claims, or all if there are fewer."),
        Claim("a", "Fact 1.", "clinician"),
    )


def test_too_few_are_told_in_a_sentence() -> None:
    asked = many(0, 2)

    assert coverage.objection(coverage.of("A", asked, {("a", "Fact 0.")})) == (
        "1 of 2 claims are checked against the works they cite, and 1 more must be, "
        "beginning with “Fact 1.” (a): Tier A: every claim."
    )
    assert coverage.objection(coverage.of("A", asked, {c.name for c in asked})) is None


BESIDE = " {} more cannot count: whoever checked {} has an interest in what the text is"


@pytest.mark.parametrize(
    ("discounted", "told"),
    [
        (0, ""),
        (1, f"{BESIDE.format(1, 'it')} about."),
        (2, f"{BESIDE.format(2, 'them')} about."),
    ],
)
def test_what_was_checked_and_cannot_count_is_told_beside(
    discounted: int, told: str
) -> None:
    found = coverage.of("A", many(0, 3), {("a", "Fact 0.")})

    said = coverage.objection(replace(found, discounted=discounted))

    assert said is not None
    assert said.endswith(f"(a): Tier A: every claim.{told}")


@pytest.mark.parametrize(
    ("tier", "first"), [("A", "Fact 0."), ("B", "Offer 0."), ("C", "Fact 0.")]
)
def test_in_tier_b_a_recommendation_is_missed_first(tier: str, first: str) -> None:
    asked = [*many(0, 1), *many(1, 0)]

    found = coverage.of(tier, asked, set())

    assert found.first is not None
    assert found.first.text == first


def test_a_long_claim_is_told_by_its_opening() -> None:
    asked = [Claim("a", "x" * 200, "clinician")]

    said = coverage.objection(coverage.of("A", asked, set()))

    assert said is not None
    assert f"“{'x' * 119}…” (a)" in said
