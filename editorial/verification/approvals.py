"""Approvals: who signed, on whose reviews, and what was published on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from articles.models import Article, Version
from articles.states import READABLE, SIGNED_OFF, Standing
from editorial.models import Publication
from editorial.verification.witness import BATCH, Broken
from reviews import signing, tiers
from reviews.models import Report, Signature
from reviews.states import IN_FAVOUR, AssignmentState, Meaning
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness


def signatures(witness: Witness) -> Iterator[Broken]:
    seen = set()
    rows = Signature.objects.select_related("version").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        seen.add(row.value)
        if not signing.is_valid(row):
            yield Broken(f"signature {row.pk}", "it does not verify for its version")
        elif row.value not in witness.signatures:
            yield Broken(f"signature {row.pk}", "no event speaks of it")
    for value in sorted(witness.signatures - seen):
        yield Broken(f"signature {value[:16]}…", "an event speaks of it and it is gone")
    approved = Version.objects.filter(state__in=SIGNED_OFF).exclude(
        signatures__meaning=Meaning.APPROVAL
    )
    for pk in approved.order_by("pk").values_list("pk", flat=True):
        yield Broken(f"version {pk}", "it counts as approved and nobody signed")


def quorums(witness: Witness) -> Iterator[Broken]:
    """
    Every approval had, under its very hash, the reviews that its tier needs.

    Where it says whose were counted, nobody else's are.
    """
    reports = _in_favour()
    for pk, facts in witness.approved.items():
        counted = {
            reviewer: was_fitting
            for reviewer, was_fitting in reports.get(pk, ())
            if reviewer not in witness.handled.get(pk, ())
            and reviewer in facts.get("counted", (reviewer,))
        }
        if why := _short_of(facts, counted):
            yield Broken(f"version {pk}", why)


def _in_favour() -> dict[int, list[tuple[int, bool]]]:
    """
    By version, who was in favour of its very hash, and if then of the specialty.

    Reports that came late, or were to be taken up again, are not among them.
    """
    columns = ("version", "reviewer", "in_specialty")
    rows = Report.objects.filter(
        sha256=F("assignment__version__sha256"),
        vote__in=IN_FAVOUR,
        assignment__state=AssignmentState.REPORTED,
    ).values_list(*(f"assignment__{name}" for name in columns))
    found: dict[int, list[tuple[int, bool]]] = {}
    for version, reviewer, was_fitting in rows.iterator(chunk_size=BATCH):
        found.setdefault(version, []).append((reviewer, was_fitting))
    return found


def _short_of(facts: dict[str, Any], counted: dict[int, bool]) -> str | None:
    """
    What an approval lacked.

    One recorded before approvals named the specialists goes by the invitations.
    """
    quorum = QUORUM[facts["tier"]]
    approved = f"it was approved in tier {facts['tier']} with"
    if len(counted) < quorum.reviewers:
        return f"{approved} {tiers.in_favour(len(counted))}"
    invited = [reviewer for reviewer, was_fitting in counted.items() if was_fitting]
    fitting = facts.get("from_specialty", invited)
    if quorum.in_specialty and counted.keys().isdisjoint(fitting):
        return f"{approved} no review in favour from its specialty"
    return None


def publications(witness: Witness) -> Iterator[Broken]:
    rows = Publication.objects.select_related("version", "approval").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        hashes = {row.sha256, row.version.sha256, row.approval.sha256}
        same = row.approval.version_id == row.version_id
        if len(hashes) > 1 or not same or row.version.article_id != row.article_id:
            yield Broken(
                f"publication {row.pk}", "it is not of the text that was approved"
            )
        elif row.version_id not in witness.published:
            yield Broken(f"publication {row.pk}", "no event speaks of it")
    current = Publication.objects.filter(ended_at=None).values("article")
    was_out = (*READABLE, Standing.REMOVED)
    bare = Article.objects.filter(standing__in=was_out).exclude(pk__in=current)
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield Broken(f"article {pk}", "it counts as public and nothing is published")
