"""Claims on pages of a form: a bounded number of them, and no answer lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial.forms import checks
from editorial.forms.checks import Checks, Portion
from reviews.coverage import Claim
from reviews.states import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAIMS = [Claim(f"key{n}", f"Sentence {n}.", "clinician") for n in range(1, 8)]


@pytest.fixture(autouse=True)
def _three_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_SHOWN", 3)


def made(
    stored: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
    *,
    claims: list[Claim] = CLAIMS,
) -> Checks:
    return Checks(claims, stored or {}, sent, {"auto_id": "id-%s"})


def shown(found: Checks) -> list[str]:
    return [str(form.prefix) for form in found.shown]


def test_a_page_shows_so_many_claims_and_leads_to_the_others() -> None:
    found = made()

    assert shown(found) == ["cite-1", "cite-2", "cite-3"]
    assert found.neighbours == [Portion(2, 4, 6)]
    found.turn_to(2)
    assert shown(found) == ["cite-4", "cite-5", "cite-6"]
    assert found.neighbours == [Portion(1, 1, 3), Portion(3, 7, 7)]
    found.turn_to(3)
    assert shown(found) == ["cite-7"]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (4, 3), (10**17, 3)])
def test_a_page_that_is_none_is_the_nearest(asked: int, given: int) -> None:
    found = made()

    found.turn_to(asked)

    assert found.portion == given


def test_a_short_text_has_one_page_and_a_text_without_claims_none() -> None:
    assert made(claims=CLAIMS[:3]).neighbours == []
    assert made(claims=[]).shown == []


def test_every_verdict_is_offered_in_a_word() -> None:
    [first, *_] = made().shown

    offered = [(button.data["value"], word) for button, word in first.answers]

    assert offered == [
        ("supports", "supports"),
        ("partly", "partly"),
        ("does_not", "does not"),
        ("not_accessible", "no access"),
    ]
    assert [value for value, _ in offered] == list(Verdict)


@pytest.mark.parametrize(
    ("stored", "unfolded"),
    [
        ({}, False),
        ({"cite-1-verdict": "supports"}, False),
        ({"cite-1-verdict": "supports", "cite-1-locator": "p. 4"}, True),
        ({"cite-1-verdict": "supports", "cite-1-note": "Barely"}, True),
        *(({"cite-1-verdict": v}, True) for v in list(Verdict)[1:]),
    ],
)
def test_more_is_unfolded_where_it_is_said_or_asked(
    stored: dict[str, str], *, unfolded: bool
) -> None:
    found = made(stored)

    assert found.shown[0].unfolds == unfolded


@pytest.mark.parametrize("name", ["locator", "note"])
def test_what_is_said_of_a_claim_needs_a_verdict(name: str) -> None:
    found = made(sent={f"cite-1-{name}": "p. 4"})

    errors = [form.errors for form in found.shown]

    assert errors[0] == {"verdict": ["Say whether the work supports the claim."]}
    assert not any(errors[1:])


def test_the_first_claim_without_an_answer_is_known() -> None:
    answered = {f"cite-{n}-verdict": "partly" for n in (1, 2, 3, 7)}
    found = made(answered | {"cite-2-verdict": ""})
    first = found.unanswered
    found.turn_to(3)

    assert first is not None
    assert first.html_name == "cite-2-verdict"
    assert found.unanswered is None


def test_answers_on_other_pages_are_kept_and_counted() -> None:
    found = made(
        {"cite-7-verdict": "supports", "cite-5-note": "Ask", "cite-9-note": ""}
    )

    assert [str(form.prefix) for form in found.kept] == ["cite-5", "cite-7"]
    assert found.answered_elsewhere == 1
    found.turn_to(3)
    assert [form["verdict"].value() for form in found.shown] == ["supports"]
    assert found.answered_elsewhere == 0


def test_of_what_was_sent_and_what_was_saved_before_nothing_is_lost() -> None:
    stored = {
        "cite-1-verdict": "supports",
        "cite-2-verdict": "partly",
        "cite-7-verdict": "does_not",
        "cite-7-locator": "p. 4",
        "remarks": "Not a claim",
    }
    sent = {"cite-1-verdict": "", "cite-1-note": "", "cite-3-verdict": "partly"}

    found = made(stored, sent)

    assert shown(found) == ["cite-1", "cite-3"]
    assert all(form.is_valid() for form in found.all)
    said = [form.check for form in found.all]
    assert [(c.key, c.verdict, c.locator) for c in said if c] == [
        ("key3", "partly", ""),
        ("key2", "partly", ""),
        ("key7", "does_not", "p. 4"),
    ]
    assert found.unsent() == {
        "cite-2-verdict": "partly",
        "cite-7-verdict": "does_not",
        "cite-7-locator": "p. 4",
    }


def test_a_claim_that_the_text_does_not_have_is_none() -> None:
    sent = {"cite-8-verdict": "supports", "cite-0-verdict": "supports"}

    assert shown(made({}, sent)) == ["cite-1", "cite-2", "cite-3"]
    assert [form.is_valid() and form.check for form in made({}, sent).all] == [None] * 3
