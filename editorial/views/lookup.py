"""
Works that were only named by a DOI or PMID: found here, or asked for elsewhere.

What is found elsewhere comes into the library at once, because only then does the house
know by itself where the record comes from.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from allauth.core import ratelimit
from django.conf import settings

from articles import library
from articles.vocabulary import VOUCHED, WorkSource
from articles.works import keys
from articles.works import lookup as clients
from articles.works.lookup import NotLookedUp
from articles.works.reading import Found
from editorial.actions import library as library_deeds
from editorial.actions.authoring import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.works.csl import CSLItem
    from articles.works.readers.wanted import Wanted
    from editorial.models import User
    from editorial.views.staff import StaffRequest

MOST_AT_ONCE = 10
LONGEST = 15.0
"""Seconds after which no further question is asked in one request."""

_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
_OFF = "Looking works up is switched off in this house."
_NOTHING = "Nobody knows {} {}."
_ENOUGH = "You have looked up many works in a short time; go on in an hour."
_OTHERWISE = (
    "The library has another record of “{}”, which other texts cite; an editor can "
    "correct it on the page of the work."
)
_SOURCE = "Looked up"


class Answered(NamedTuple):
    """What was found, what is still only named, and why."""

    found: list[Found]
    wanted: list[Wanted]
    problems: list[str]


def is_allowed() -> bool:
    return bool(settings.WORK_LOOKUP)


def of_the_library(wanted: Sequence[Wanted]) -> tuple[list[Found], list[Wanted]]:
    """Those of which the library has a record to rely on, and the others."""
    named = [{_NAMES[one.kind]: one.value} for one in wanted]
    known, unknown = [], []
    for one, matches in zip(wanted, library.matches(named), strict=True):
        sure = next((match.work for match in matches if match.is_certain), None)
        if sure and (sure.source in VOUCHED or not is_allowed()):
            known.append(_found(one, sure.csl))
        else:
            unknown.append(one)
    return known, unknown


def look_up(request: StaffRequest, wanted: Sequence[Wanted]) -> Answered:
    """Ask for the first of them, as long as there is time; outside any transaction."""
    if not is_allowed():
        return Answered([], list(wanted), [_OFF])
    client = clients.client(enabled=True, contact=settings.WORK_LOOKUP_CONTACT)
    answered = Answered([], list(wanted[MOST_AT_ONCE:]), [])
    until = time.monotonic() + LONGEST
    for place, one in enumerate(wanted[:MOST_AT_ONCE]):
        if time.monotonic() >= until:
            answered.wanted.append(one)
        elif ratelimit.consume(request, action="look_up", user=request.user):
            _ask(client, one, answered)
        else:
            answered.wanted.extend(wanted[place:MOST_AT_ONCE])
            answered.problems.append(_ENOUGH)
            break
    _take_in(request.user, answered)
    return answered


def _take_in(by: User, answered: Answered) -> None:
    brought = [Reference(one.key, one.item) for one in answered.found]
    works = library_deeds.take_in(
        by=by, references=brought, source=_SOURCE, record=WorkSource.LOOKED_UP
    )
    answered.problems.extend(
        _OTHERWISE.format(work) for work in works if work.source not in VOUCHED
    )


def _ask(client: clients.Client, one: Wanted, answered: Answered) -> None:
    try:
        item = client.look_up(one.value)
    except NotLookedUp as error:
        answered.wanted.append(one)
        answered.problems.append(f"{_NAMES[one.kind]} {one.value}: {error}")
        return
    if item is None:
        answered.wanted.append(one)
        answered.problems.append(_NOTHING.format(_NAMES[one.kind], one.value))
        return
    answered.found.append(_found(one, item))


def _found(one: Wanted, item: CSLItem) -> Found:
    return Found(keys.suggested("", item), item, one.line, ())
