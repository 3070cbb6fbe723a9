"""
The lint of a version: what it is told, what it finds, and what was answered.

Nothing is stored but the answers; the findings are those of today's rules.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, Sum, prefetch_related_objects
from django.db.models.functions import Length
from django.utils import timezone

from articles import freezing, phrases
from articles.lint import (
    Draft,
    Finding,
    Provenance,
    Reference,
    RegulatoryFact,
    Weight,
    lint,
)
from articles.models import Citation, FindingAnswer, Version, Work
from articles.models import RegulatoryFact as FactRow
from articles.states import VersionState
from articles.vocabulary import MACHINE_MADE, WorkSource
from editorial import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from editorial.models import User

HOUSE = "Imprimatur"
LONG = 20_000
"""Characters of a key answer and all bodies; linted in about a tenth of a second."""

APPROVED = (VersionState.APPROVED, VersionState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, with the reason an author gave for leaving it, if any."""

    finding: Finding
    answer: FindingAnswer | None

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of a submission."""
        if self.finding.weight is Weight.INFORMATION:
            return False
        return not (self.finding.is_answerable and self.answer)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was found in a draft before it was locked."""

    version_id: int
    revision: int
    findings: list[Finding]

    def is_of(self, version: Version) -> bool:
        seen = self.version_id, self.revision, VersionState.DRAFT
        return (version.pk, version.revision, version.state) == seen


_AHEAD: ContextVar[_Ahead | None] = ContextVar("ahead", default=None)


def of(version: Version) -> list[Found]:
    """Every finding with its answer, the heaviest first; read once for a version."""
    known = version.__dict__
    if "found" not in known:
        answers = {a.finding: a for a in _answers(version)}
        ahead = _AHEAD.get()
        found = ahead.findings if ahead and ahead.is_of(version) else _lint(version)
        known["found"] = [Found(f, answers.get(f.id)) for f in found]
    every: list[Found] = known["found"]
    return every


def forget(version: Version) -> None:
    """Let the findings be found anew: a text or an answer has changed."""
    version.__dict__.pop("found", None)
    version.__dict__.get("_prefetched_objects_cache", {}).pop("finding_answers", None)


@contextmanager
def ahead(version_id: int, *, by: User) -> Iterator[None]:
    """
    Look at an author's draft before it is locked, for whoever asks within.

    A long text takes seconds; under the lock, on SQLite, nobody writes meanwhile. What
    was found counts only for the revision it was found in. A text that is not `LONG`
    takes less time than reading it twice.
    """
    drafts = _own(version_id, by).filter(state=VersionState.DRAFT)
    sized = drafts.annotate(size=Sum(Length("renditions__body")))
    version = sized.filter(size__gt=LONG - Length("key_answer")).first()
    token = _AHEAD.set(
        _Ahead(version.pk, version.revision, _lint(version)) if version else None
    )
    try:
        yield
    finally:
        _AHEAD.reset(token)


def found_before(version_id: int, *, by: User) -> frozenset[str]:
    """Which findings an author's version has, if reasons were given for some."""
    version = _own(version_id, by).exclude(finding_answers=None).first()
    return (
        frozenset(finding.id for finding in _lint(version)) if version else frozenset()
    )


def _own(version_id: int, by: User) -> QuerySet[Version]:
    own = Version.objects.filter(pk=version_id, article__authorships__user=by)
    return own.select_related("article").distinct()


def _lint(version: Version) -> list[Finding]:
    return lint(draft_of(version))


def draft_of(version: Version) -> Draft:
    """A version as the lint reads it, in a handful of queries whatever its size."""
    freezing.read(version)
    return Draft(
        question=version.question,
        headline=version.headline,
        key_answer=version.key_answer,
        audience=str(version.audience),
        bodies={r.audience: r.body for r in version.renditions.all()},
        references=_references(version),
        authors=_authors(version),
        origin=Provenance(str(version.origin), version.origin_tool, version.origin_on),
        facts=_known_facts(version),
        publishers=publishers(),
        tier=version.article.tier,
        today=timezone.localdate(),
    )


def _known_facts(version: Version) -> tuple[RegulatoryFact, ...]:
    """Those that a page read with the version, or else all there are."""
    known: tuple[RegulatoryFact, ...] | None = version.__dict__.get("facts")
    return facts() if known is None else known


def facts() -> tuple[RegulatoryFact, ...]:
    """The dated rules that editors keep, as the lint looks for them."""
    return dated(FactRow.objects.order_by("name"))


def dated(found: Iterable[FactRow]) -> tuple[RegulatoryFact, ...]:
    return tuple(
        RegulatoryFact(
            phrases=tuple(phrases.lines(row.phrases)),
            statement=row.statement,
            jurisdiction=row.jurisdiction,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
        )
        for row in found
    )


def publishers() -> tuple[str, ...]:
    """The names under which the house is known."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return (HOUSE, host) if "." in host else (HOUSE,)


def _authors(version: Version) -> tuple[str, ...]:
    if version.sha256:
        return tuple(line["name"] for line in version.byline)
    return tuple(row.user.name for row in rows.joined(version.article))


def _references(version: Version) -> tuple[Reference, ...]:
    citations = list(version.citations.all())
    new = _new_to_the_library(version, [c.work_id for c in citations])
    return tuple(
        Reference(
            key=c.key,
            kind=c.kind or c.work.kind,
            csl=c.csl or c.work.csl,
            retracted_on=c.work.retracted_on,
            in_library=c.work_id not in new,
        )
        for c in citations
    )


def _new_to_the_library(version: Version, works: list[int]) -> set[int]:
    """
    Works that nobody vouches for: typed or pasted, and cited in no approved text.

    What was imported, looked up or confirmed by an editor is vouched for. It matters
    for a machine's text alone, so nobody else is asked.
    """
    if version.origin not in MACHINE_MADE:
        return set()
    told = Work.objects.filter(pk__in=works, source=WorkSource.TYPED)
    typed = set(told.values_list("pk", flat=True))
    approved = Citation.objects.filter(work__in=typed, version__state__in=APPROVED)
    return typed - set(approved.values_list("work_id", flat=True))


def _answers(version: Version) -> list[FindingAnswer]:
    """The version's answers; whoever asks the version for them again reads them here."""
    written = FindingAnswer.objects.select_related("answered_by")
    prefetch_related_objects([version], Prefetch("finding_answers", written))
    return list(version.finding_answers.all())
