"""
The records there are: one for each article that ever was published.

A record is live while its article can be read, and deleted for ever after: the last
publication, which stays, says that there was one. What a notice stands above is a live
record that says so, and a later one than before.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from articles.models import Notice, Version
from articles.reading.elsewhere import addresses
from articles.reading.harvest.asking import Selection, WrongError
from articles.reading.queries import is_as_approved
from articles.states import READABLE, Standing
from articles.vocabulary import Specialty

if TYPE_CHECKING:
    from articles.reading.harvest.tokens import Place

APPROVED = "status:approved"
SETS = {
    "status": "By standing",
    APPROVED: "Approved and published",
    **{
        f"status:{standing}": str(standing.label)
        for standing in READABLE
        if standing is not Standing.PUBLISHED
    },
    "specialty": "By specialty",
    **{f"specialty:{code}": str(label) for code, label in Specialty.choices},
}


def identifier(slug: str) -> str:
    return f"oai:{addresses.host()}:articles/{slug}"


def slug_of(identifier_: str) -> str:
    prefix = identifier("")
    return identifier_.removeprefix(prefix) if identifier_.startswith(prefix) else ""


def one(identifier_: str) -> Version:
    """Raise WrongError where there never was such a record."""
    slug = slug_of(identifier_)
    found: Version | None = _records().filter(article__slug=slug).first()
    if found is None:
        raise WrongError("idDoesNotExist", "There is no such record.")
    return found


def some(place: Place, count: int) -> list[Version]:
    """Up to `count` records of a selection after a place in it; WrongError for none."""
    rows = _selected(place.selection).filter(publication__pk__gt=place.after)
    found = list(rows.order_by("publication__pk")[:count])
    if not found:
        raise WrongError("noRecordsMatch", "There are no such records.")
    return found


def earliest() -> dt.datetime:
    """Before any datestamp."""
    seen = Version.objects.filter(publication__pk__gt=0)
    found = seen.aggregate(first=Min("publication__published_at"))["first"]
    return found or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def key(version: Version) -> int:
    return int(version.__dict__["key"])


def stamp(version: Version) -> dt.datetime:
    found: dt.datetime = version.__dict__["stamp"]
    return found


def is_live(version: Version) -> bool:
    is_current = version.__dict__["ended"] is None
    return is_current and version.article.standing in READABLE


def is_signed(version: Version) -> bool:
    """Whether it is of the text that was approved, hash by hash."""
    return bool(version.__dict__["is_signed"])


def sets(version: Version) -> list[str]:
    specialty = version.article.specialty
    found = [_status(version)] if is_live(version) else []
    return [*found, *([f"specialty:{specialty}"] if specialty else [])]


def _status(version: Version) -> str:
    stands = version.article.standing
    return APPROVED if stands == Standing.PUBLISHED else f"status:{stands}"


def _told() -> Subquery:
    """When the last notice on an article was issued."""
    issued = Notice.objects.filter(
        article=OuterRef("article"), issued_at__isnull=False
    ).order_by()
    last = issued.values("article").annotate(last=Max("issued_at"))
    return Subquery(last.values("last"))


def _records() -> QuerySet[Any]:
    later = Version.objects.filter(
        article=OuterRef("article"), publication__pk__gt=OuterRef("publication__pk")
    )
    return (
        Version.objects.filter(~Exists(later), publication__pk__gt=0)
        .annotate(
            key=F("publication__pk"),
            ended=F("publication__ended_at"),
            is_signed=is_as_approved("publication__", ""),
            stamp=Coalesce(
                "publication__ended_at",
                Greatest(
                    "publication__published_at",
                    Coalesce(_told(), "publication__published_at"),
                ),
            ),
        )
        .select_related("article")
        .prefetch_related("article__topics")
    )


def _selected(wanted: Selection) -> QuerySet[Any]:
    rows = _records()
    if wanted.since:
        rows = rows.filter(stamp__gte=wanted.since)
    if wanted.before:
        rows = rows.filter(stamp__lt=wanted.before)
    return rows.filter(**_in_set(wanted.set))


def _in_set(name: str) -> dict[str, Any]:
    kind, _, value = name.partition(":")
    if not name:
        return {}
    if name not in SETS:
        raise WrongError("noRecordsMatch", "There is no such set.")
    if kind == "status":
        wanted = {"": READABLE, "approved": (Standing.PUBLISHED,)}
        return {
            "article__standing__in": wanted.get(value, (value,)),
            "publication__ended_at": None,
        }
    return {"article__specialty": value} if value else {"article__specialty__gt": ""}
