"""How the pages put dates, numbers and people into words."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.reading.facts import Person

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
SPECIALTIES = 2
"""As many as a line on a phone holds; the board's own page lists them all."""
_TIMES = ("", "once", "twice")


@lru_cache(maxsize=2048)
def _written(date: dt.date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), plain(date))


def plain(date: dt.date) -> str:
    """A date in words, such as `3 Mar 2026`, for where no mark-up can stand."""
    return f"{date.day} {date:%b %Y}"


def day(moment: dt.date | None) -> SafeString:
    """A date in words, in UTC, marked up for machines; nothing for None."""
    if moment is None:
        return SafeString()
    if isinstance(moment, dt.datetime):
        moment = moment.astimezone(dt.UTC).date()
    return _written(moment)


def period(start: dt.date | None, end: dt.date) -> SafeString:
    """From a day to a day; a single day when they are the same."""
    began, ended = day(start), day(end)
    if began in ("", ended):
        return ended
    return format_html("{} to {}", began, ended)


def reviews_in(count: int, needed: int) -> str:
    """How many reviews there are of those needed; what is more is no part of them."""
    if count > needed:
        return f"{count} reviews in, {needed} needed"
    return f"{count} of {needed} reviews in"


def instant(moment: dt.datetime) -> SafeString:
    """A time to the second, in UTC."""
    at = moment.astimezone(dt.UTC)
    written = f"{at.day} {at:%b %Y, %H:%M:%S} UTC"
    exact = at.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', exact, written)


def number(count: int) -> str:
    """A small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def times(count: int) -> str:
    """`once`, `twice`, `3 times`."""
    return _TIMES[count] if count < len(_TIMES) else f"{count} times"


def author(entry: dict[str, str]) -> str:
    """An entry of a byline: name, credentials, affiliation, as far as they are known."""
    parts = (entry.get(part, "") for part in ("name", "credentials", "affiliation"))
    return ", ".join(filter(None, parts))


def reviewer(person: Person) -> str:
    """A person with the specialties a board membership proves, the first of them."""
    first, more = person.specialties[:SPECIALTIES], person.specialties[SPECIALTIES:]
    if not first:
        return person.printed
    rest = f" and {number(len(more))} more" if more else ""
    return f"{person.printed} ({', '.join(first).lower()}{rest})"


def listed(entries: Sequence[str]) -> str:
    """Entries with commas of their own, kept apart."""
    return "; ".join(entries)


def reviewers(people: Sequence[Person], *, unnamed: int) -> str:
    """Everybody who is named, and how many are not."""
    named = [reviewer(person) for person in people]
    if not unnamed:
        return listed(named)
    others = "reviewer" if unnamed == 1 else "reviewers"
    rest = f"{number(unnamed)} {others} not named"
    return f"{listed(named)}; and {rest}" if named else rest.capitalize()


def further_reviews(count: int) -> str:
    """How many more reviews there were."""
    if not count:
        return ""
    noun = "review" if count == 1 else "reviews"
    return f"{number(count).capitalize()} further {noun}"


def short(digest: str) -> str:
    """The two ends of a hash, for the eye; the record prints it whole."""
    return f"{digest[:8]}…{digest[-4:]}"
