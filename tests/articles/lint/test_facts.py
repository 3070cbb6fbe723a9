import datetime as dt
import re

import pytest

from articles import phrases
from articles.lint import FACTS, RegulatoryFact, lint
from tests.articles.lint.drafts import body

WAIVER = FACTS[0]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.statement)
def test_every_fact_is_whole(fact):
    assert phrases.objection("\n".join(fact.phrases)) is None
    assert fact.statement.endswith(".")
    assert fact.jurisdiction
    assert re.fullmatch(r"https://[\w.-]+\.gov/\S+", fact.source)
    assert (fact.valid_from or dt.date.min) < fact.valid_to


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("You need a DATA 2000 waiver.", FACTS[0]),
        ("Hydrocodone with paracetamol is in Schedule III.", FACTS[1]),
        ("It is in FDA pregnancy category C.", FACTS[2]),
        ("Medicare has a doughnut hole.", FACTS[3]),
    ],
)
def test_a_text_that_states_an_expired_fact_is_found(text, fact):
    found = [f for f in lint(body(f"<p>{text}</p>")) if f.code == "REGFACT_EXPIRED"]

    assert [finding.message.count(fact.source) for finding in found] == [1]


def test_the_message_says_what_was_true_where_and_until_when():
    (finding,) = lint(body("<p>An X-waiver is needed.</p>"))

    assert finding.message == (
        "“X-waiver”: A separate federal waiver was needed to prescribe buprenorphine for "
        "opioid use disorder. This was so in the United States until 29 December 2022 "
        "(https://www.congress.gov/bill/117th-congress/house-bill/2617)."
    )


def test_a_fact_is_true_until_the_end_of_its_last_day():
    assert WAIVER.is_expired(dt.date(2022, 12, 29)) is False
    assert WAIVER.is_expired(dt.date(2022, 12, 30)) is True


def test_a_fact_without_an_end_is_not_expired():
    fact = RegulatoryFact(("x",), "X.", "nowhere", None, None, "")

    assert fact.is_expired(dt.date.max) is False
