"""What happened to an article as its pages tell it, and whose reviews were counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, TextField, Value, When

from articles.prepared import Prepared
from articles.reading.facts import EventFact
from editorial.models import Event

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import Article

Counted = dict[int | None, frozenset[int]]
"""By version, on whose reviews its approval rests, where the record says so."""

PUBLIC_DEEDS = frozenset(
    {
        Event.Kind.SUBMITTED,
        Event.Kind.SENT_TO_REVIEW,
        Event.Kind.RETURNED,
        Event.Kind.APPROVED,
        Event.Kind.PUBLISHED,
    }
)


class Recorded(NamedTuple):
    """An event; `said` is its whole payload if it is an approval."""

    seq: int
    at: dt.datetime
    kind: str
    name: str
    credentials: str
    number: int | None
    hash: str
    version: int | None
    said: str


def _deeds(article: int) -> QuerySet[Any]:
    approval = When(kind=Event.Kind.APPROVED, then="payload")
    said = Case(approval, default=Value(""), output_field=TextField())
    rows = Event.objects.filter(article=article).order_by("seq").annotate(said=said)
    columns = ("seq", "at", "kind", "actor__name", "actor__credentials")
    return rows.values_list(*columns, "version__number", "hash", "version", "said")


DEEDS: Prepared[Any] = Prepared(_deeds, count=1)


def of(article: Article) -> list[Recorded]:
    return [Recorded(*row) for row in DEEDS(article.pk)]


def told(event: Recorded) -> EventFact:
    who = (event.name, event.credentials) if event.kind in PUBLIC_DEEDS else ()
    label, name = str(Event.Kind(event.kind).label), ", ".join(filter(None, who))
    return EventFact(event.seq, event.at, label, name, event.number, event.hash)


def counted(record: Iterable[Recorded]) -> Counted:
    approvals = {e.version: json.loads(e.said)["facts"] for e in record if e.said}
    return {
        version: frozenset(facts["counted"])
        for version, facts in approvals.items()
        if "counted" in facts
    }
