"""What each risk tier asks for."""

from __future__ import annotations

import itertools

from articles.vocabulary import Tier
from reviews.tiers import QUORUM, Quorum, is_lower


def test_the_quorum_of_each_tier() -> None:
    assert {
        "A": Quorum(3, in_specialty=True, review_days=10, currency_months=12),
        "B": Quorum(2, in_specialty=True, review_days=14, currency_months=24),
        "C": Quorum(1, in_specialty=False, review_days=14, currency_months=36),
    } == QUORUM
    assert QUORUM.keys() == set(Tier.values)


def test_a_tier_is_lower_than_those_above_it_alone() -> None:
    order = ["", "C", "B", "A"]

    lower = {pair for pair in itertools.product(order, repeat=2) if is_lower(*pair)}

    assert lower == set(itertools.combinations(order, 2))
