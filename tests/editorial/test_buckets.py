"""What is promised for when, by working days too."""

from __future__ import annotations

import datetime as dt

import pytest

from editorial.buckets import BUCKETS, RANK, TO_ASSIGN, working_days_after

MONDAY = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
DAYS = {
    "monday": (0, 3),
    "tuesday": (1, 4),
    "wednesday": (2, 7),
    "thursday": (3, 8),
    "friday": (4, 9),
}


@pytest.mark.parametrize("name", DAYS)
def test_three_working_days_leave_out_the_weekend(name: str) -> None:
    start, end = (MONDAY + dt.timedelta(days=n) for n in DAYS[name])

    assert working_days_after(start, 3) == end


@pytest.mark.parametrize("days", [5, 6])
def test_a_weekend_counts_from_monday(days: int) -> None:
    wanted = dt.datetime(2026, 11, 12, tzinfo=dt.UTC)

    assert working_days_after(MONDAY + dt.timedelta(days=days), 3) == wanted


def test_what_was_submitted_is_taken_within_three_days() -> None:
    assert TO_ASSIGN.promised(MONDAY) == MONDAY + dt.timedelta(days=3)


def test_every_bucket_has_its_own_name_and_place() -> None:
    assert len(RANK) == len({bucket.label for bucket in BUCKETS}) == len(BUCKETS)
