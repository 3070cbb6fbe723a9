"""What a harvester asks, read strictly: the protocol has a name for every mistake."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.http import QueryDict

TOKEN = "resumptionToken"  # noqa: S105  a name
FORMATS = ("oai_dc", "jats")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class WrongError(Exception):
    """A request that the protocol refuses, with the code it has for that."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class Takes(NamedTuple):
    """The arguments of a verb; a token stands alone where it `resumes`."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    resumes: bool = False


_SELECTIVE = Takes(
    frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), resumes=True
)
VERBS = {
    "Identify": Takes(),
    "ListMetadataFormats": Takes(optional=frozenset({"identifier"})),
    "ListSets": Takes(resumes=True),
    "ListIdentifiers": _SELECTIVE,
    "ListRecords": _SELECTIVE,
    "GetRecord": Takes(frozenset({"identifier", "metadataPrefix"})),
}


@dataclass(frozen=True, slots=True)
class Asked:
    verb: str
    arguments: dict[str, str] = field(default_factory=dict)


def read(given: QueryDict) -> Asked:
    """Raise WrongError for what is no request of the protocol."""
    verbs = given.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise WrongError("badVerb", "The verb is missing, unknown or there twice.")
    lists = {name: values for name, values in given.lists() if name != "verb"}
    if any(len(values) > 1 for values in lists.values()):
        raise WrongError("badArgument", "An argument is there twice.")
    arguments = {name: str(values[0]) for name, values in lists.items()}
    _check(verbs[0], arguments)
    return Asked(verbs[0], arguments)


def _check(verb: str, arguments: dict[str, str]) -> None:
    takes, names = VERBS[verb], set(arguments)
    if takes.resumes and TOKEN in names:
        if names != {TOKEN}:
            raise WrongError("badArgument", f"A {TOKEN} stands alone.")
        return
    if missing := takes.required - names:
        raise WrongError("badArgument", f"It lacks {', '.join(sorted(missing))}.")
    if names - takes.required - takes.optional:
        raise WrongError("badArgument", f"{verb} takes no such argument.")


class Selection(NamedTuple):
    """Which records are meant; both ends of the time belong to it."""

    prefix: str
    start: str = ""
    end: str = ""
    set: str = ""

    @property
    def since(self) -> dt.datetime | None:
        return _moment(self.start) if self.start else None

    @property
    def before(self) -> dt.datetime | None:
        """The first moment that no longer belongs to it."""
        if not self.end:
            return None
        unit = (
            dt.timedelta(days=1)
            if _DAY.fullmatch(self.end)
            else dt.timedelta(seconds=1)
        )
        return _moment(self.end) + unit


def selection(arguments: dict[str, str]) -> Selection:
    """Raise WrongError for a format there is none of and for times that make no sense."""
    found = Selection(
        arguments["metadataPrefix"],
        arguments.get("from", ""),
        arguments.get("until", ""),
        arguments.get("set", ""),
    )
    check_format(found.prefix)
    given = [time for time in (found.start, found.end) if time]
    if not all(map(_is_time, given)) or len({len(time) for time in given}) > 1:
        raise WrongError(
            "badArgument", "The times are not of one of our granularities."
        )
    if found.start and found.end and found.start > found.end:
        raise WrongError("badArgument", "The times end before they begin.")
    return found


def check_format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise WrongError("cannotDisseminateFormat", "There is no such format.")


def _is_time(text: str) -> bool:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        return False
    try:
        _moment(text)
    except (ValueError, OverflowError):
        return False
    return True


def _moment(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    found + dt.timedelta(days=1)
    return found
