"""Risk tiers: how many reviewers each needs, and how long they get."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.vocabulary import Tier

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Quorum:
    """
    What an approval needs: this many reports in favour, one from the specialty or not.

    `review_days` is the time a reviewer gets, `currency_months` how long an
    approval stays current.
    """

    reviewers: int
    in_specialty: bool
    review_days: int
    currency_months: int


QUORUM: dict[str, Quorum] = {
    Tier.A: Quorum(3, in_specialty=True, review_days=10, currency_months=12),
    Tier.B: Quorum(2, in_specialty=True, review_days=14, currency_months=24),
    Tier.C: Quorum(1, in_specialty=False, review_days=14, currency_months=36),
}

RESPOND_DAYS = 3


def in_favour(reviews: int) -> str:
    """So many in words, such as `1 review in favour`."""
    return f"{reviews} review{'' if reviews == 1 else 's'} in favour"


def is_lower(tier: str, than: str) -> bool:
    """Whether `tier` asks for less scrutiny; A is the highest, none the lowest."""
    order = ["", Tier.C, Tier.B, Tier.A]
    return order.index(tier) < order.index(than)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later, or the month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, last))
