"""The rows that events speak of: as the last of them left them, and still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from articles import freezing
from articles.models import (
    Article,
    Notice,
    NoticeSignature,
    RegulatoryFact,
    Term,
    Version,
)
from articles.states import VersionState
from editorial import ledger
from editorial.models import Policy, Publication
from editorial.verification.witness import BATCH, Broken
from reviews.models import (
    Alternate,
    Assignment,
    CitationCheck,
    Declaration,
    Disclosure,
    Recommendation,
    Reply,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from editorial.verification.witness import Witness

RECORDED: tuple[type[Model], ...] = (
    *(Article, Assignment, Disclosure, Report, Publication, Policy),
    *(RegulatoryFact, Term, Recommendation),
    *(Notice, NoticeSignature),
    *(Declaration, Alternate, Reply, CitationCheck),
)
CHANGED = "its row is not what its last event left"
STILL_WRITTEN: dict[str, dict[str, str]] = {
    "comment": {"version__state": VersionState.DRAFT}
}
"""Rows that change without an event, for now."""


def versions(witness: Witness) -> Iterator[Broken]:
    drafts = Version.objects.filter(state=VersionState.DRAFT).order_by("pk")
    for pk in drafts.values_list("pk", flat=True):
        if witness.states.get(pk) != VersionState.DRAFT:
            yield Broken(f"version {pk}", "the record does not say that it is a draft")
    rows = (
        Version.objects.exclude(state=VersionState.DRAFT)
        .prefetch_related("renditions", "citations", "finding_answers")
        .order_by("pk")
    )
    for version in rows.iterator(chunk_size=BATCH):
        where = f"version {version.pk}"
        if why := _wrong_text(version):
            yield Broken(where, why)
        elif witness.rows.get(f"version:{version.pk}") != ledger.row_digest(version):
            yield Broken(where, CHANGED)
        elif version.sha256 and _has_other_parts(version, witness):
            yield Broken(where, "its parts are not those that were submitted")
    yield from _missing(
        "version", witness, set(Version.objects.values_list("pk", flat=True))
    )


def _has_other_parts(version: Version, witness: Witness) -> bool:
    said = witness.parts.get(version.pk)
    return said not in (None, ledger.parts_digest(version))


def _wrong_text(version: Version) -> str | None:
    if not version.sha256:
        return None
    try:
        computed = freezing.sha256_of(version)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"its text cannot be read ({type(error).__name__})"
    if computed != version.sha256:
        return "its text does not have the hash it was submitted under"
    positions = sorted(citation.position for citation in version.citations.all())
    if positions != list(range(1, len(positions) + 1)):
        return "its references are not numbered one by one"
    return None


def _missing(kind: str, witness: Witness, present: set[int]) -> Iterator[Broken]:
    said = {
        int(name.partition(":")[2])
        for name in witness.rows
        if name.startswith(f"{kind}:")
    }
    for pk in sorted(said - present):
        yield Broken(f"{kind} {pk}", "the record speaks of it and it is gone")


def recorded(witness: Witness) -> Iterator[Broken]:
    """Rows that only events change: each as the last event that names it left it."""
    for model in RECORDED:
        yield from _recorded(model, witness)


def _recorded(model: type[Model], witness: Witness) -> Iterator[Broken]:
    present = set()
    for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH):  # noqa: SLF001
        present.add(row.pk)
        name = ledger.row_name(row)
        if witness.rows.get(name) != ledger.row_digest(row):
            where = name.replace(":", " ")
            yield Broken(where, CHANGED)
    yield from _missing(str(model._meta.model_name), witness, present)


def named(witness: Witness) -> Iterator[Broken]:
    """Rows of other tables, as far as events name them."""
    models = {str(model._meta.model_name): model for model in apps.get_models()}
    asked_elsewhere = {name for name, m in models.items() if m in (*RECORDED, Version)}
    kinds = {name.partition(":")[0] for name in witness.rows}
    for kind in sorted(kinds - asked_elsewhere):
        yield from _named(kind, models[kind], witness)


def _named(kind: str, model: type[Model], witness: Witness) -> Iterator[Broken]:
    rows: QuerySet[Any] = model._default_manager.order_by("pk")  # noqa: SLF001
    settled = rows.exclude(**STILL_WRITTEN.get(kind, {"pk": None}))
    for row in settled.iterator(chunk_size=BATCH):
        left = witness.rows.get(ledger.row_name(row))
        if left not in (None, ledger.row_digest(row)):
            yield Broken(f"{kind} {row.pk}", CHANGED)
    yield from _missing(kind, witness, set(rows.values_list("pk", flat=True)))
