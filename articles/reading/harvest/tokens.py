"""Where a harvest goes on: the whole of what was asked, so that nothing is kept here."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from articles.reading.harvest.asking import Selection, WrongError, selection

LONGEST = 300
"""Characters; ours have fewer, and many brackets are too deep to read."""


class Place(NamedTuple):
    """After which row of a selection, and how many records came before."""

    selection: Selection
    after: int = 0
    cursor: int = 0


def write(place: Place) -> str:
    parts = [*place.selection, place.after, place.cursor]
    told = json.dumps(parts, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def read(token: str) -> Place:
    """Raise WrongError for a token that is none of ours."""
    try:
        place = _place(token)
    except (ValueError, TypeError, WrongError) as error:
        raise WrongError("badResumptionToken", "It is none of ours.") from error
    if write(place) != token:
        raise WrongError("badResumptionToken", "It is none of ours.")
    return place


def _place(token: str) -> Place:
    if len(token) > LONGEST:
        raise ValueError(token)
    padded = token + "=" * (-len(token) % 4)
    told = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    prefix, start, end, set_, after, cursor = told
    if not all(isinstance(part, str) for part in (prefix, start, end, set_)):
        raise TypeError(token)
    if not all(type(part) is int and 0 <= part < 2**53 for part in (after, cursor)):
        raise TypeError(token)
    given = {"metadataPrefix": prefix, "from": start, "until": end, "set": set_}
    return Place(selection(given), after, cursor)
