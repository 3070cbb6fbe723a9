"""
A draft as it was: the states in which it was saved, and the text of each.

A version's row is saved before the rows that hang on it, so everything saved before
the next revision belongs to this one.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone

from articles.models import Citation, Rendition, Version, Work
from articles.vocabulary import Audience
from editorial.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOGETHER = dt.timedelta(minutes=5)
"""What one person saves within this time counts as one state."""

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
    """States that one person saved close together: the last of them stands for all."""

    revision: int
    began: dt.datetime
    at: dt.datetime
    user: int | None
    who: str = ""
    what: tuple[str, ...] = ()


def moment(version: Version, revision: int) -> Moment | None:
    """The draft as it was saved with this revision; None if it never was."""
    rows = Version.history.filter(id=version.pk, revision=revision)
    row = rows.select_related("history_user").order_by("history_id").last()
    if row is None:
        return None
    until = _next_save(version, revision)
    return Moment(
        revision,
        row.history_date,
        str(row.history_user or "The system"),
        {name: getattr(row, name) for name in COLUMNS},
        {r.audience: r.body for r in _as_of(Rendition, version, until)},
        _cited(_as_of(Citation, version, until)),
    )


def saved(version: Version) -> list[Saved]:
    """The states of a draft, newest first; what one sitting saved counts once."""
    rows = Version.history.filter(id=version.pk).order_by("-history_id")
    found: list[Saved] = []
    for revision, at, user in rows.values_list(
        "revision", "history_date", "history_user_id"
    ):
        last = found[-1] if found else None
        if last and last.user == user and last.at - at < TOGETHER:
            last.began = at
        else:
            found.append(Saved(revision, at, at, user))
    return found


def described(version: Version, states: Sequence[Saved], shown: slice) -> None:
    """
    Say of the states shown who saved each, and what is different from the one before.

    `states` are all of them, newest first: a state lasts until the next one began.
    """
    found = states[shown]
    newer, older = states[: shown.start][-1:], states[shown.stop :][:1]
    people = User.objects.in_bulk({state.user for state in found if state.user})
    columns = _columns_of(version, [*found, *older])
    parts = _parts_written(version)
    until = newer[0].began if newer else timezone.now()
    for state, before in itertools.zip_longest(found, [*found[1:], *older]):
        state.who = str(people[state.user]) if state.user in people else "The system"
        was = columns[before.revision] if before else None
        changed = {name for at, name in parts if state.began <= at < until}
        state.what = (
            *_columns_changed(columns[state.revision], was),
            *sorted(changed - {REFERENCES}),
            *([REFERENCES] if REFERENCES in changed else []),
        )
        until = state.began


def _columns_of(version: Version, states: Sequence[Saved]) -> dict[int, dict[str, Any]]:
    """The columns of each state by its revision."""
    wanted = [state.revision for state in states]
    rows = Version.history.filter(id=version.pk, revision__in=wanted)
    return {row["revision"]: row for row in rows.values("revision", *COLUMNS)}


def _parts_written(version: Version) -> list[tuple[dt.datetime, str]]:
    """When a text for an audience, or the list of references, was ever written."""
    bodies = Rendition.history.filter(version_id=version.pk)
    cited = Citation.history.filter(version_id=version.pk)
    return [
        *(
            (at, f"text for {Audience(audience).label.lower()}")
            for at, audience in bodies.values_list("history_date", "audience")
        ),
        *((at, REFERENCES) for at in cited.values_list("history_date", flat=True)),
    ]


def _columns_changed(now: dict[str, Any], was: dict[str, Any] | None) -> Iterable[str]:
    if was is None:
        return ["everything"]
    changed = (name for name in COLUMNS if now[name] != was[name])
    return (name.replace("_", " ") for name in changed)


def _next_save(version: Version, revision: int) -> dt.datetime | None:
    later = Version.history.filter(id=version.pk, revision__gt=revision)
    dates = later.order_by("revision", "history_id")
    found: dt.datetime | None = dates.values_list("history_date", flat=True).first()
    return found


def _as_of(
    model: type[Rendition | Citation], version: Version, until: dt.datetime | None
) -> list[Any]:
    """The rows of a version as they were before that time."""
    rows = model.history.filter(version_id=version.pk)
    if until:
        rows = rows.filter(history_date__lt=until)
    newest = rows.order_by().values("id").annotate(newest=Max("history_id"))
    found = model.history.filter(history_id__in=newest.values("newest"))
    return list(found.exclude(history_type="-").order_by("history_id"))


def _cited(rows: list[Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
    works = Work.objects.in_bulk({row.work_id for row in rows})
    ordered = sorted(rows, key=lambda row: (row.position, row.key))
    return tuple((row.key, works[row.work_id].csl) for row in ordered)
