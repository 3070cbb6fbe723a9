"""Freezing a version: from its rows to its canonical bytes and their hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects

from articles import content
from articles.canonical import sha256_hex
from articles.models import Citation, Rendition
from articles.prepared import Prepared, keep

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Version


class Making(NamedTuple):
    """Who or what wrote the first words: a value of `Origin`, a tool, an ISO date."""

    kind: str
    tool: str = ""
    on: str | None = None


def making(version: Version) -> Making:
    on = version.origin_on
    return Making(
        str(version.origin), version.origin_tool, on.isoformat() if on else None
    )


def read(*versions: Version) -> None:
    """Read the renditions and the citations with their works, once for each version."""
    unread = [version for version in versions if not _is_read(version)]
    if len(unread) > 1:
        whole = Prefetch("citations", _with_works())
        prefetch_related_objects(unread, "renditions", whole)
    for version in unread:
        read_citations(version)
        read_renditions(version)


def read_renditions(version: Version) -> None:
    """Read the renditions alone, once for a version."""
    if not _has(version, "renditions"):
        keep(version, "renditions", RENDITIONS(version.pk), back="version")


def read_citations(version: Version) -> None:
    """Read the citations with their works alone, once for a version."""
    if not _has(version, "citations"):
        keep(version, "citations", CITED(version.pk), back="version")


def _with_works() -> QuerySet[Citation]:
    return Citation.objects.select_related("work").order_by("position", "pk")


def _cited(version: int) -> QuerySet[Citation]:
    return _with_works().filter(version=version)


def _renditions(version: int) -> QuerySet[Rendition]:
    return Rendition.objects.filter(version=version)


CITED, RENDITIONS = Prepared(_cited, count=1), Prepared(_renditions, count=1)


def lend(ready: Version, version: Version) -> None:
    """
    Give what was read of a frozen version to another reading of the same row.

    What is frozen cannot have changed in between: the database refuses it.
    """
    known = ready.__dict__.get("_prefetched_objects_cache", {})
    version.__dict__.setdefault("_prefetched_objects_cache", {}).update(known)


def _is_read(version: Version) -> bool:
    return _has(version, "renditions") and _has(version, "citations")


def _has(version: Version, relation: str) -> bool:
    return relation in version.__dict__.get("_prefetched_objects_cache", {})


def bodies(version: Version) -> list[str]:
    """The key answer, the main text, then the other renditions: the reading order."""
    by_audience = {r.audience: r.body for r in version.renditions.all()}
    main = by_audience.pop(version.audience, "")
    return [
        version.key_answer,
        main,
        *(by_audience[name] for name in sorted(by_audience)),
    ]


def reading_order(citations: list[Citation], texts: list[str]) -> list[Citation]:
    """Citations by first appearance in `texts`; those never cited come last."""
    order: dict[str, int] = {}
    for text in texts:
        for key in content.cited_keys(text):
            order.setdefault(key, len(order))
    return sorted(
        citations, key=lambda c: (order.get(c.key, len(order)), c.position, c.key)
    )


def freeze_citations(version: Version) -> None:
    """Copy each cited work as it is today, in reading order, into the version."""
    read(version)
    citations = list(version.citations.all())
    ordered = reading_order(citations, bodies(version))
    for position, citation in enumerate(ordered, start=1):
        citation.position = position
        citation.kind = citation.work.kind
        citation.csl = citation.work.csl
    Citation.objects.bulk_update(ordered, ["position", "kind", "csl"])


def canonical_bytes(version: Version, byline: list[dict[str, Any]]) -> bytes:
    """
    The bytes that the version's hash is made over; see `content.version_bytes`.

    Reads the renditions and the frozen citations, so call it after
    `freeze_citations`. A submitted version passes its own `byline`.
    """
    read(version)
    searched = version.evidence_searched_on
    return content.version_bytes(
        question=version.question,
        headline=version.headline,
        key_answer=version.key_answer,
        audience=str(version.audience),
        renditions={r.audience: r.body for r in version.renditions.all()},
        authors=byline,
        references=[_reference(c) for c in _ordered(version)],
        origin=making(version)._asdict(),
        evidence_searched_on=searched.isoformat() if searched else None,
    )


def sha256_of(version: Version) -> str:
    """The hash of a frozen version, computed from its rows, not read."""
    return sha256_hex(canonical_bytes(version, version.byline))


def _ordered(version: Version) -> list[Citation]:
    return sorted(version.citations.all(), key=lambda citation: citation.position)


def _reference(citation: Citation) -> dict[str, Any]:
    return {"key": citation.key, "type": citation.kind, "csl": citation.csl}
