"""
What an author writes: made ready to be stored, and stored.

The text is cleaned before anything is locked; what the cleaning left out is told in
sentences.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles import characters, content, slugs
from articles.models import Citation, Rendition
from articles.states import Standing
from articles.vocabulary import Audience, Origin, is_closer_to_people
from editorial import ledger, linting, shelving
from editorial.errors import Refused

if TYPE_CHECKING:
    from articles.models import Article, Version
    from editorial.models import User
    from editorial.shelving import Reference


_FILED = "The topics stay as they are while readers see the article."


@dataclass(frozen=True, slots=True)
class DraftText:
    """
    Everything an author writes in one version.

    `renditions` maps audience to HTML and holds the main text under `audience`;
    `key_answer` is inline HTML. Both are cleaned when they are stored.
    """

    question: str
    headline: str = ""
    key_answer: str = ""
    audience: str = Audience.CLINICIAN
    renditions: dict[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    origin: str = Origin.HUMAN
    origin_tool: str = ""
    origin_on: dt.date | None = None
    evidence_searched_on: dt.date | None = None
    change_summary: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A text as it will be stored; `dropped` says what of it will not be."""

    columns: dict[str, Any]
    bodies: dict[str, str]
    references: tuple[Reference, ...]
    topics: tuple[str, ...]
    dropped: tuple[str, ...]


def prepared(text: DraftText) -> Ready:
    """Clean the text; Refused when there is no honest way to store it."""
    dropped: list[str] = []
    columns = _columns(text, dropped)
    bodies = _bodies(text, dropped)
    return Ready(columns, bodies, text.references, text.topics, tuple(dropped))


def is_stored(version: Version, ready: Ready, dropped: list[str], *, by: User) -> bool:
    """Whether the version holds this text already, as it would be stored."""
    try:
        are_cited = shelving.are_cited(version, ready.references, dropped, by=by)
    except Refused:
        return False
    return (
        ready.columns == {name: getattr(version, name) for name in ready.columns}
        and ready.bodies == {r.audience: r.body for r in version.renditions.all()}
        and are_cited
        and _are_filed(version.article, ready.topics, dropped)
    )


def write(version: Version, ready: Ready, *, by: User, reason: str = "") -> list[str]:
    """Store the text; what was left out of it, in sentences."""
    dropped = list(ready.dropped)
    if version.pk:
        _require_honest(ready.columns["origin"], version.origin)
    for name, value in ready.columns.items():
        setattr(version, name, value)
    ledger.attribute(version, by=by, reason=reason)
    version.save()
    _store_renditions(version, ready.bodies, by=by)
    _store_citations(version, ready.references, dropped, by=by)
    _store_topics(version.article, ready.topics, dropped)
    _forget_what_was_read(version)
    return dropped


def _require_honest(origin: str, before: str) -> None:
    """What a machine or an import began is never called the work of people later."""
    if is_closer_to_people(origin, than=before):
        message = (
            f"This text is on record as “{Origin(before).label.lower()}”; it cannot "
            f"become “{Origin(origin).label.lower()}”."
        )
        raise Refused(message)


def _columns(text: DraftText, dropped: list[str]) -> dict[str, Any]:
    """What the version itself keeps of a text."""
    return {
        "question": characters.one_line(characters.visible(text.question)),
        "headline": characters.one_line(characters.visible(text.headline)),
        "audience": text.audience,
        "origin": text.origin,
        "origin_tool": characters.one_line(characters.visible(text.origin_tool)),
        "origin_on": text.origin_on,
        "evidence_searched_on": text.evidence_searched_on,
        "change_summary": characters.visible(text.change_summary),
        "key_answer": _cleaned(text.key_answer, dropped, "key answer", inline=True),
    }


def _bodies(text: DraftText, dropped: list[str]) -> dict[str, str]:
    return {
        audience: _cleaned(
            body, dropped, f"text for {Audience(audience).label.lower()}"
        )
        for audience, body in text.renditions.items()
        if body.strip() or audience == text.audience
    }


def _cleaned(html: str, dropped: list[str], where: str, *, inline: bool = False) -> str:
    try:
        cleaned = content.clean(html, inline=inline)
    except ValueError as error:
        raise Refused(str(error)) from error
    dropped.extend(f"In the {where}: {lost}" for lost in cleaned.dropped)
    return cleaned.html


def _store_renditions(version: Version, bodies: dict[str, str], *, by: User) -> None:
    existing = {r.audience: r for r in version.renditions.all()}
    for audience in existing.keys() - bodies.keys():
        ledger.attribute(existing[audience], by=by)
        existing[audience].delete()
    for audience, body in bodies.items():
        row = existing.get(audience) or Rendition(version=version, audience=audience)
        if row.pk is None or row.body != body:
            row.body = body
            ledger.attribute(row, by=by)
            row.save()


def _store_citations(
    version: Version, references: tuple[Reference, ...], dropped: list[str], *, by: User
) -> None:
    works = shelving.works_of(references, dropped, by=by)
    wanted = dict(zip((r.key for r in references), works, strict=True))
    if len(wanted) < len(references):
        message = "Two references have the same key; give each its own."
        raise Refused(message)
    existing = {c.key: c for c in version.citations.all()}
    if wanted.keys() - existing.keys():
        shelving.require_room(wanted)
    for key in existing.keys() - wanted.keys():
        ledger.attribute(existing[key], by=by)
        existing[key].delete()
    for position, (key, work) in enumerate(wanted.items(), start=1):
        row = existing.get(key) or Citation(version=version, key=key)
        if row.pk is None or (row.work_id, row.position) != (work.pk, position):
            row.work, row.position = work, position
            ledger.attribute(row, by=by)
            row.save()


def _store_topics(article: Article, names: tuple[str, ...], dropped: list[str]) -> None:
    """File an article that is not public under its topics; readers see those at once."""
    if not _are_filed(article, names, dropped):
        article.topics.set([slugs.topic(name) for name in names])


def _are_filed(article: Article, names: tuple[str, ...], dropped: list[str]) -> bool:
    """Whether its topics stay as they are; told, where they cannot be changed."""
    wanted = {" ".join(name.split()).lower() for name in names}
    if wanted == {topic.name.lower() for topic in article.topics.all()}:
        return True
    if article.standing == Standing.UNPUBLISHED:
        return False
    dropped.append(_FILED)
    return True


def _forget_what_was_read(version: Version) -> None:
    version.__dict__.pop("_prefetched_objects_cache", None)
    linting.forget(version)
