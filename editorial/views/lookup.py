"""Works that were only named by a DOI or PMID: found here, or asked for elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from articles import library
from articles.works import keys
from articles.works import lookup as clients
from articles.works.lookup import NotLookedUp
from articles.works.reading import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.works.csl import CSLItem
    from articles.works.readers.wanted import Wanted

MOST_AT_ONCE = 10
LONGEST = 15.0
"""Seconds after which no further question is asked in one request."""

_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
_OFF = "Looking works up is switched off in this house."
_NOTHING = "Nobody knows {} {}."


class Answered(NamedTuple):
    """What was found, what is still only named, and why."""

    found: list[Found]
    wanted: list[Wanted]
    problems: list[str]


def is_allowed() -> bool:
    return bool(settings.WORK_LOOKUP)


def of_the_library(wanted: Sequence[Wanted]) -> tuple[list[Found], list[Wanted]]:
    """Those of which the library has the work, as it has it, and the others."""
    named = [{_NAMES[one.kind]: one.value} for one in wanted]
    known, unknown = [], []
    for one, matches in zip(wanted, library.matches(named), strict=True):
        sure = next((match.work for match in matches if match.is_certain), None)
        if sure:
            known.append(_found(one, sure.csl))
        else:
            unknown.append(one)
    return known, unknown


def look_up(wanted: Sequence[Wanted]) -> Answered:
    """Ask for the first of them, as long as there is time; outside any transaction."""
    if not is_allowed():
        return Answered([], list(wanted), [_OFF])
    client = clients.client(enabled=True, contact=settings.WORK_LOOKUP_CONTACT)
    answered = Answered([], list(wanted[MOST_AT_ONCE:]), [])
    until = time.monotonic() + LONGEST
    for one in wanted[:MOST_AT_ONCE]:
        if time.monotonic() < until:
            _ask(client, one, answered)
        else:
            answered.wanted.append(one)
    return answered


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
