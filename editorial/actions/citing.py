"""What authors do with the references of a draft, and with documents put into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles import content, freezing
from articles.models import Citation, Version, Work
from articles.states import VersionState
from articles.vocabulary import RefType, WorkSource
from editorial import ledger, shelving
from editorial.actions import authoring
from editorial.actions.authoring import DraftText, Edited, Reference
from editorial.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from editorial.models import User

MOST = shelving.MOST

_GONE = "This reference is no longer in the draft."
_CITED = "The text cites this reference; take the citation out of the text first."
_SHARED = (
    "Texts of others cite this work too, or an editor confirmed its record; an editor "
    "can change its type on the work's page."
)
_NO_TYPE = "Choose one of the types of evidence."


def stored(version: Version) -> DraftText:
    """The draft as it is stored, to be changed in one place and stored again."""
    rows = version.citations.select_related("work").order_by("position", "pk")
    return DraftText(
        question=version.question,
        headline=version.headline,
        key_answer=version.key_answer,
        audience=str(version.audience),
        renditions={r.audience: r.body for r in version.renditions.all()},
        references=tuple(Reference(row.key, row.work.csl) for row in rows),
        origin=str(version.origin),
        origin_tool=version.origin_tool,
        origin_on=version.origin_on,
        evidence_searched_on=version.evidence_searched_on,
        change_summary=version.change_summary,
        topics=tuple(topic.name for topic in version.article.topics.all()),
    )


def cite(
    version_id: int, *, by: User, references: Sequence[Reference], seen: int
) -> Edited:
    """Add references that were read or looked up; nothing else of a draft changes."""
    text = _read(version_id)
    together = (*text.references, *references)
    return _store(version_id, replace(text, references=together), by=by, seen=seen)


def remove(version_id: int, *, by: User, key: str, seen: int) -> Edited:
    """Take a reference that the text does not cite out of a draft."""
    text = _read(version_id)
    others = tuple(r for r in text.references if r.key != key)
    if len(others) == len(text.references):
        raise Refused(_GONE)
    if content.citation_counts([text.key_answer, *text.renditions.values()]).get(key):
        raise Refused(_CITED)
    return _store(version_id, replace(text, references=others), by=by, seen=seen)


def put(
    version_id: int,
    *,
    by: User,
    body: str,
    references: Sequence[Reference],
    seen: int,
    after: bool,
) -> Edited:
    """
    Put a document's text into a draft, `after` its main text or instead of it.

    The old text stays in the draft's history.
    """
    text = _read(version_id)
    main = text.renditions.get(text.audience, "") + body if after else body
    text = replace(
        text,
        renditions=text.renditions | {text.audience: main},
        references=(*text.references, *references),
    )
    return _store(version_id, text, by=by, seen=seen)


def classify(version_id: int, *, by: User, key: str, kind: str) -> Work:
    """
    Say what type of evidence a cited work is.

    The work is shared, so every text that is not yet frozen shows the new type; where
    others write one that cites it, the type is an editor's to change.
    """
    if kind not in RefType.values:
        raise Refused(_NO_TYPE)
    with ledger.drafting(version_id, by=by, seen=None) as version:
        cited = Work.objects.filter(
            citations__version=version, citations__key=key
        ).select_for_update(of=("self",))
        work = cited.first()
        if work is None:
            raise Refused(_GONE)
        if work.kind != kind:
            _require_own(work, by)
            work.kind = kind
            reason = f"Type set while writing {version}"
            ledger.attribute(work, by=by, reason=reason)
            work.save()
    return work


def _require_own(work: Work, by: User) -> None:
    drafts = shelving.cited_by_others(work, by).filter(
        version__state=VersionState.DRAFT
    )
    if work.source == WorkSource.CONFIRMED or drafts.exists():
        raise Refused(_SHARED)


def in_order(version: Version) -> list[Citation]:
    """The references of a version as its list numbers them."""
    freezing.read(version)
    return freezing.reading_order(
        list(version.citations.all()), freezing.bodies(version)
    )


def _read(version_id: int) -> DraftText:
    return stored(Version.objects.select_related("article").get(pk=version_id))


def _store(version_id: int, text: DraftText, *, by: User, seen: int) -> Edited:
    """Store what was read before the lock; `seen` proves that it is still so."""
    return authoring.edit(version_id, by=by, text=text, seen=seen)
