"""
Whom to call, by country: for a danger to life, for somebody who thinks of suicide, for poison.

These are facts about the world. Whoever runs the house checks them, and changes them
here, before it answers in public and once a year from then on, and says on which day in
`NUMBERS_CHECKED_ON`: readers are told, and `manage.py check --deploy` knows when a year
is over.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings

from articles.asking.emergencies import Emergency


class Help(NamedTuple):
    """Numbers as they are dialled there; empty where the first is the one for all."""

    country: str
    emergency: str
    crisis: str
    poison: str


LASTS = dt.timedelta(days=366)
"""How long numbers count as checked."""

# Above each: who answers the crisis line; who answers about poison.
BY_COUNTRY = {
    # 988 Suicide & Crisis Lifeline; Poison Control centers
    "US": Help("United States", "911", "988", "1-800-222-1222"),
    # 9-8-8 Suicide Crisis Helpline; Poison centres of Canada
    "CA": Help("Canada", "911", "988", "1-844-764-7669"),
    # Samaritans; NHS 111
    "GB": Help("United Kingdom", "999", "116 123", "111"),
    # Samaritans; National Poisons Information Centre, Beaumont Hospital
    "IE": Help("Ireland", "112 or 999", "116 123", "01 809 2166"),
    # Lifeline; Poisons Information Centre
    "AU": Help("Australia", "000", "13 11 14", "13 11 26"),
    # 1737 Need to talk?; National Poisons Centre
    "NZ": Help("New Zealand", "111", "1737", "0800 764 766"),
    # SADAG suicide crisis helpline; Poisons Information Helpline
    "ZA": Help("South Africa", "112", "0800 567 567", "0861 555 777"),
    # Tele-MANAS; National Poisons Information Centre, AIIMS
    "IN": Help("India", "112", "14416", "1800 116 117"),
    # Numéro national de prévention du suicide
    "FR": Help("France", "112 or 15", "3114", ""),
    # TelefonSeelsorge
    "DE": Help("Germany", "112", "116 123", ""),
}
ELSEWHERE = Help("Anywhere else in Europe, and from most mobile phones", "112", "", "")

FIRST: dict[Emergency, str] = {
    Emergency.SUICIDE: "If you think of ending your life, or are with somebody who does, talk to a person now. Call the crisis line below, free and at any hour; where we know of none, or if it is about to happen, call the emergency number. You do not have to be sure.",
    Emergency.OVERDOSE: "If somebody took too much of a medicine, a drug or a poison, call for help now, also if they feel well: some harm shows only hours later. If they cannot be woken or do not breathe well, call the emergency number. Keep the packet. Do not make them vomit.",
    Emergency.CHILD: "If a child swallowed something that may be harmful, call now, also if the child seems well; a button battery or a magnet is always an emergency. If the child does not breathe, has a fit or cannot be woken, call the emergency number. Keep the packet. Do not make the child vomit.",
    Emergency.ANAPHYLAXIS: "If the throat, tongue or face swells, or breathing is hard after a sting, a food or a medicine, use an adrenaline pen if there is one and call the emergency number now. Let the person lie down, or sit up if breathing is hard.",
    Emergency.HEART: "Pain or pressure in the chest, trouble breathing, a drooping face, a weak arm or slurred speech: call the emergency number now. Minutes count. Do not drive there yourself.",
}
"""What is said before anything else, in words that can be read in a hurry."""

CRISIS = frozenset({Emergency.SUICIDE})
POISON = frozenset({Emergency.OVERDOSE, Emergency.CHILD})


def checked_on() -> dt.date | None:
    """When the house checked the numbers; None if it does not say."""
    found: dt.date | None = settings.NUMBERS_CHECKED_ON
    return found


def is_checked(today: dt.date) -> bool:
    """Whether that was within the year."""
    day = checked_on()
    return day is not None and dt.timedelta(0) <= today - day <= LASTS


def nearest_first(languages: str) -> list[Help]:
    """
    The countries; those that the browser names, as in `en-GB`, before the others.

    A language alone names none: `ca` is Catalan.
    """
    tags = (part.partition(";")[0].strip() for part in languages.split(","))
    named = [tag.rpartition("-") for tag in tags]
    codes = [country.upper() for language, _, country in named if language]
    first = dict.fromkeys(code for code in codes if code in BY_COUNTRY)
    return [BY_COUNTRY[code] for code in first | BY_COUNTRY] + [ELSEWHERE]
