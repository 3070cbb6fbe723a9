"""What the clock will do about a review that nobody hands in, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reviews import reminders

if TYPE_CHECKING:
    from reviews.models import Assignment


def ahead(row: Assignment) -> str:
    """The next steps that the clock takes by itself, each with its day."""
    steps = dict(reminders.ahead(row))
    end = reminders.OVERDUE if row.due_at else 0
    over = _at_the_end(row)
    words = [f"reminder on {_day(at)}" for day, at in steps.items() if day != end][:1]
    words += [f"{over} on {_day(at)}" for day, at in steps.items() if day == end]
    if row.asked_until and reminders.asks_for_time(row):
        words.append(f"they ask for time until {_day(row.asked_until)}")
    if not words:
        return "Reminded for the last time; nothing more happens by itself"
    sentence = "; ".join(words)
    return sentence[:1].upper() + sentence[1:]


def _at_the_end(row: Assignment) -> str:
    """What happens when nobody answers; only who was named can step in."""
    stands_by: int = row.stands_by  # type: ignore[attr-defined]  # as it was found
    if row.due_at:
        return "an alternate asked" if stands_by else "the editor told"
    return "it lapses and an alternate is asked" if stands_by else "it lapses"


def _day(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%-d %b}"
