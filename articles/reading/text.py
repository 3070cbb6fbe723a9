"""A version as it is read: everything of it that a page prints, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles import content, freezing
from articles.freezing import Making

if TYPE_CHECKING:
    import datetime as dt

    from articles.models import Citation, Version


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited work; its number is its place in `Text.references`, from 1."""

    key: str
    kind: str
    csl: dict[str, Any]
    retracted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TopicName:
    name: str
    slug: str

    @property
    def path(self) -> str:
        return f"/topics/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Text:
    """`bodies` maps each audience that has a text of its own to that text."""

    slug: str
    number: int
    sha256: str
    question: str
    headline: str
    key_answer: str
    audience: str
    bodies: dict[str, str]
    references: tuple[Reference, ...]
    byline: tuple[dict[str, Any], ...]
    origin: Making
    evidence_searched_on: dt.date | None
    change_summary: str
    topics: tuple[TopicName, ...]
    submitted_at: dt.datetime | None
    review_started_at: dt.datetime | None
    concepts: tuple[str, ...] = ()

    @property
    def canonical_bytes(self) -> bytes:
        """The bytes that the hash is made over, from what the pages print."""
        searched = self.evidence_searched_on
        return content.version_bytes(
            question=self.question,
            headline=self.headline,
            key_answer=self.key_answer,
            audience=self.audience,
            renditions=self.bodies,
            authors=list(self.byline),
            references=[
                {"key": r.key, "type": r.kind, "csl": r.csl} for r in self.references
            ],
            origin=self.origin._asdict(),
            evidence_searched_on=searched.isoformat() if searched else None,
        )


def text_of(version: Version) -> Text:
    """
    The version's text, from its rows.

    Reads the article, its topics, the renditions and the citations with their works;
    whoever reads many versions prefetches these.
    """
    return Text(
        slug=version.article.slug,
        number=version.number,
        sha256=version.sha256,
        question=version.question,
        headline=version.headline,
        key_answer=version.key_answer,
        audience=str(version.audience),
        bodies={r.audience: r.body for r in version.renditions.all()},
        references=_references(version),
        byline=tuple(version.byline),
        origin=freezing.making(version),
        evidence_searched_on=version.evidence_searched_on,
        change_summary=version.change_summary,
        topics=tuple(
            TopicName(topic.name, topic.slug) for topic in version.article.topics.all()
        ),
        submitted_at=version.submitted_at,
        review_started_at=version.review_started_at,
        concepts=tuple(version.article.concepts),
    )


def _references(version: Version) -> tuple[Reference, ...]:
    cited = sorted(version.citations.all(), key=lambda citation: citation.position)
    return tuple(_reference(citation) for citation in cited)


def _reference(citation: Citation) -> Reference:
    work = citation.work
    return Reference(
        key=citation.key,
        kind=citation.kind or work.kind,
        csl=citation.csl or work.csl,
        retracted_on=work.retracted_on,
    )
