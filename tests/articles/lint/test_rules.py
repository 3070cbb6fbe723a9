"""Each rule finds what it is for, at its place, and leaves alone what comes near."""

import pytest

from articles.lint import RULES, lint
from tests.articles.lint.drafts import perfect
from tests.articles.lint.passages import FIRES, QUIET

CODES = [rule.code for rule in RULES]


def found(draft, code):
    return [f.place.reference or f.place.excerpt for f in lint(draft) if f.code == code]


@pytest.mark.parametrize(
    ("code", "draft", "place"),
    [(code, *case) for code, cases in FIRES.items() for case in cases],
)
def test_a_rule_finds_what_it_is_for_at_its_place(code, draft, place):
    assert place in found(draft, code)


@pytest.mark.parametrize(
    ("code", "draft"), [(code, case) for code, cases in QUIET.items() for case in cases]
)
def test_a_rule_leaves_alone_what_comes_near(code, draft):
    assert found(draft, code) == []


def test_every_rule_has_both_and_there_are_no_others():
    assert sorted(FIRES) == sorted(CODES)
    assert sorted(QUIET) == sorted(CODES)
    assert all(FIRES.values())
    assert all(QUIET.values())


def test_no_two_rules_have_one_code():
    assert len(set(CODES)) == len(CODES)


def test_a_draft_in_order_gives_nothing():
    assert lint(perfect()) == []
