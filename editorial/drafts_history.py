"""
A draft as it was: the states in which it was saved, and the text of each.

A version's row is saved before the rows that hang on it, within a moment: each of these
belongs to the save just before it. Rows are told apart by their order, which a clock
that was set back does not change.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max

from articles.models import Citation, Rendition, Version, Work
from editorial.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOGETHER = dt.timedelta(minutes=5)
"""What one person saves within this time counts as one state."""

WENT_BACK = "Went back to an earlier text"
"""
Why a save stands apart from the one before it: that one is to be found again.

Histories hold this very sentence; it must not change.
"""

MOMENTS = dt.timedelta(minutes=1)
"""More than the rows of one save are apart."""

COLUMNS = (
    *("question", "headline", "key_answer", "audience", "origin", "origin_tool"),
    *("origin_on", "evidence_searched_on", "change_summary"),
)

REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Moment:
    """A draft's text at one revision: its columns, its bodies, and what it cited."""

    revision: int
    at: dt.datetime
    who: str
    columns: dict[str, Any]
    bodies: dict[str, str]
    cited: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(slots=True)
class Saved:
    """
    States that one person saved close together: the last of them stands for all.

    Beside it stands what the state before it had not: columns by name, texts by their
    audience, and whether it was the references.
    """

    revision: int
    first: int
    at: dt.datetime
    user: int | None
    who: str = ""
    is_first: bool = False
    columns: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    cites: bool = False


class Save(NamedTuple):
    """A row of a version's history."""

    revision: int
    at: dt.datetime
    user: int | None
    why: str | None


def moment(version: Version, revision: int) -> Moment | None:
    """The draft as it was saved with this revision; None if it never was."""
    rows = Version.history.filter(id=version.pk, revision=revision)
    row = rows.select_related("history_user").order_by("history_id").last()
    if row is None:
        return None
    saves = list(_newest_first(version))
    return Moment(
        revision,
        row.history_date,
        str(row.history_user or "The system"),
        {name: getattr(row, name) for name in COLUMNS},
        {r.audience: r.body for r in _as_of(Rendition, version, revision, saves)},
        _cited(_as_of(Citation, version, revision, saves)),
    )


@dataclass(frozen=True, slots=True)
class Sittings:
    """The states of a draft, newest first; what one sitting saved counts once."""

    version: Version

    def __getitem__(self, wanted: slice) -> list[Saved]:
        """Those states, each with who saved it and what the one before had not."""
        found, saves = self._read(wanted.stop + 1)
        shown = found[wanted]
        _name(shown)
        _describe(self.version, shown, found[wanted.start + 1 : wanted.stop + 1], saves)
        return shown

    def _read(self, most: int) -> tuple[list[Saved], list[Save]]:
        """So many sittings, and no row more than they were saved in."""
        found: list[Saved] = []
        saves: list[Save] = []
        for save in _newest_first(self.version):
            last = found[-1] if found else None
            apart = bool(saves) and saves[-1].why == WENT_BACK
            if last and not apart and _is_one_sitting(last, save):
                last.first = save.revision
            elif len(found) == most:
                break
            else:
                found.append(Saved(save.revision, save.revision, save.at, save.user))
            saves.append(save)
        return found, saves


def _is_one_sitting(last: Saved, save: Save) -> bool:
    return last.user == save.user and last.at - save.at < TOGETHER


def _newest_first(version: Version) -> Iterator[Save]:
    rows = Version.history.filter(id=version.pk).order_by("-history_id")
    columns = ("revision", "history_date", "history_user_id", "history_change_reason")
    named = rows.values_list(*columns)
    return (Save(*row) for row in named.iterator(chunk_size=500))


def _name(states: Sequence[Saved]) -> None:
    people = User.objects.in_bulk({state.user for state in states if state.user})
    for state in states:
        state.who = str(people[state.user]) if state.user in people else "The system"


def _describe(
    version: Version,
    states: Sequence[Saved],
    befores: Sequence[Saved],
    saves: Sequence[Save],
) -> None:
    columns = _columns_of(version, [*states, *befores[-1:]])
    parts = _parts_written(version, saves)
    for state, before in itertools.zip_longest(states, befores):
        if before is None:
            state.is_first = True
            continue
        now, was = columns[state.revision], columns[before.revision]
        changed = {n for at, n in parts if state.first <= at <= state.revision}
        state.columns = tuple(name for name in COLUMNS if now[name] != was[name])
        state.audiences = tuple(sorted(changed - {REFERENCES}))
        state.cites = REFERENCES in changed


def _columns_of(version: Version, states: Sequence[Saved]) -> dict[int, dict[str, Any]]:
    """The columns of each state by its revision."""
    wanted = [state.revision for state in states]
    rows = Version.history.filter(id=version.pk, revision__in=wanted)
    return {row["revision"]: row for row in rows.values("revision", *COLUMNS)}


def _parts_written(version: Version, saves: Sequence[Save]) -> set[tuple[int, str]]:
    """With which of the saves the text for which audience, or REFERENCES, was written."""
    if not saves:
        return set()
    since = {"version_id": version.pk, "history_date__gte": saves[-1].at}
    bodies = Rendition.history.filter(**since).order_by("-history_id")
    named = list(bodies.values_list("history_date", "audience"))
    cited = Citation.history.filter(**since).order_by("-history_id")
    dates = list(cited.values_list("history_date", flat=True))
    of_bodies = _saved_with([at for at, _ in named], saves)
    return {
        *(
            (save.revision, audience)
            for save, (_, audience) in zip(of_bodies, named, strict=True)
            if save
        ),
        *((save.revision, REFERENCES) for save in _saved_with(dates, saves) if save),
    }


def _saved_with(
    dates: Sequence[dt.datetime], saves: Sequence[Save]
) -> list[Save | None]:
    """The save that each of some rows belongs to; of both the newest comes first."""
    by_date = sorted((save.at, number) for number, save in enumerate(saves))
    found: list[Save | None] = []
    reached = 0
    for written in dates:
        at = bisect(by_date, (written, len(saves)))
        while at and by_date[at - 1][1] < reached:
            at -= 1
        if at and written - by_date[at - 1][0] < MOMENTS:
            reached = by_date[at - 1][1]
            found.append(saves[reached])
        else:
            found.append(None)
    return found


def _as_of(
    model: type[Rendition | Citation],
    version: Version,
    revision: int,
    saves: Sequence[Save],
) -> list[Any]:
    """The rows of a version as they were once it was saved with this revision."""
    rows = model.history.filter(version_id=version.pk)
    named = list(rows.order_by("-history_id").values_list("history_id", "history_date"))
    written = _saved_with([at for _, at in named], saves)
    kept = zip(named, written, strict=True)
    newest = (row for (row, _), save in kept if save and save.revision <= revision)
    rows = rows.filter(history_id__lte=next(newest, 0))
    latest = rows.order_by().values("id").annotate(newest=Max("history_id"))
    found = model.history.filter(history_id__in=latest.values("newest"))
    return list(found.exclude(history_type="-").order_by("history_id"))


def _cited(rows: list[Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
    works = Work.objects.in_bulk({row.work_id for row in rows})
    ordered = sorted(rows, key=lambda row: (row.position, row.key))
    return tuple((row.key, works[row.work_id].csl) for row in ordered)
