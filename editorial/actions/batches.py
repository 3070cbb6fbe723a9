"""
Many articles at once: the rows, the histories and the events of a batch of lines.

What an author's deeds write one by one is written here table by table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from articles import content, freezing, importing, slugs
from articles.canonical import sha256_hex
from articles.models import (
    Article,
    Authorship,
    Citation,
    Rendition,
    Topic,
    Version,
    Work,
)
from articles.states import VersionState
from articles.vocabulary import WorkSource
from articles.works.identity import fingerprint
from articles.works.shared import shared
from editorial import ledger
from editorial.actions import authoring
from editorial.ledger import Deed, Subject
from editorial.models import Chain, Event, User

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from articles.importing import ArticleDraft

BATCH = 200
REASON = "Imported"


class Taken(NamedTuple):
    """A line that becomes an article."""

    number: int
    draft: ArticleDraft
    author: User


def create(new: Sequence[Taken], *, submit: bool) -> None:
    """Store every line as its author's article; call it inside a transaction."""
    if not new:
        return
    articles = _articles(new)
    versions = _versions(new, articles)
    _renditions(new, versions)
    _citations(new, versions)
    deeds = [
        [Deed(Event.Kind.IMPORTED, t.author, REASON, "", VersionState.DRAFT)]
        for t in new
    ]
    if submit:
        _submit(versions, new, deeds)
    _record(versions, deeds)


def _articles(new: Sequence[Taken]) -> list[Article]:
    names = _slugs([t.draft.question for t in new])
    articles = [
        Article(
            slug=slug,
            external_id=taken.draft.external_id,
            external_sha256=taken.draft.fingerprint,
            concepts=list(taken.draft.concepts),
        )
        for taken, slug in zip(new, names, strict=True)
    ]
    _insert(Article, articles, new)
    topics = _topics({name for taken in new for name in taken.draft.topics})
    through = Article.topics.through
    through.objects.bulk_create(
        through(article_id=article.pk, topic_id=topics[name.casefold()])
        for article, taken in zip(articles, new, strict=True)
        for name in dict.fromkeys(n.casefold() for n in taken.draft.topics)
    )
    authorships = [
        Authorship(article=article, user=taken.author)
        for article, taken in zip(articles, new, strict=True)
    ]
    _insert(Authorship, authorships, new)
    return articles


def _slugs(questions: list[str]) -> list[str]:
    """A free slug for each question; only the bases that collide are looked up."""
    bases = [slugs.stem(question, "article") for question in questions]
    taken = set(
        Article.objects.filter(slug__in=set(bases)).values_list("slug", flat=True)
    )
    for base in set(taken):
        alike = Article.objects.filter(slug__startswith=f"{base}-")
        taken.update(alike.values_list("slug", flat=True))
    return [slugs.numbered(base, taken) for base in bases]


def _topics(names: set[str]) -> dict[str, int]:
    """The key of each topic by its folded name; topics that are new are made."""
    found = Topic.objects.filter(name__in=names)
    known = {topic.name.casefold(): topic.pk for topic in found}
    for name in sorted(names):
        if name.casefold() not in known:
            known[name.casefold()] = slugs.topic(name).pk
    return known


def _versions(new: Sequence[Taken], articles: list[Article]) -> list[Version]:
    versions = [
        Version(
            article=article,
            number=1,
            question=taken.draft.question,
            headline=taken.draft.headline,
            key_answer=taken.draft.key_answer,
            audience=taken.draft.audience,
            origin=taken.draft.origin,
        )
        for taken, article in zip(new, articles, strict=True)
    ]
    _insert(Version, versions, new)
    return versions


def _renditions(new: Sequence[Taken], versions: list[Version]) -> None:
    pairs = [
        (taken, Rendition(version=version, audience=audience, body=body))
        for taken, version in zip(new, versions, strict=True)
        for audience, body in taken.draft.renditions.items()
    ]
    _insert(Rendition, [row for _, row in pairs], [taken for taken, _ in pairs])


def _citations(new: Sequence[Taken], versions: list[Version]) -> None:
    works = _works(new)
    pairs = [
        (
            taken,
            Citation(
                version=version,
                work_id=works[fingerprint(reference.csl)],
                key=reference.key,
                position=position,
            ),
        )
        for taken, version in zip(new, versions, strict=True)
        for position, reference in enumerate(taken.draft.references, start=1)
    ]
    _insert(Citation, [row for _, row in pairs], [taken for taken, _ in pairs])


def _works(new: Sequence[Taken]) -> dict[str, int]:
    """The key of each cited work by its fingerprint; works that are new are stored."""
    wanted: dict[str, tuple[importing.Reference, Taken]] = {}
    for taken in new:
        for reference in taken.draft.references:
            wanted.setdefault(fingerprint(reference.csl), (reference, taken))
    known = dict(
        Work.objects.filter(fingerprint__in=wanted).values_list("fingerprint", "pk")
    )
    pairs = [
        (taken, _work(reference))
        for mark, (reference, taken) in wanted.items()
        if mark not in known
    ]
    _insert(Work, [row for _, row in pairs], [taken for taken, _ in pairs])
    return known | {row.fingerprint: row.pk for _, row in pairs}


def _work(reference: importing.Reference) -> Work:
    work = Work(kind=reference.kind, source=WorkSource.IMPORTED)
    work.describe(shared(reference.csl).item)
    return work


def _insert(model: type[Model], rows: Sequence[Model], new: Sequence[Taken]) -> None:
    """Insert rows with their history, each attributed to its line's author."""
    for row, taken in zip(rows, new, strict=True):
        ledger.attribute(row, by=taken.author, reason=REASON)
    model.objects.bulk_create(rows, batch_size=BATCH)  # type: ignore[attr-defined]
    model.history.bulk_history_create(rows, batch_size=BATCH)  # type: ignore[attr-defined]


def _submit(
    versions: list[Version], new: Sequence[Taken], deeds: list[list[Deed]]
) -> None:
    """Freeze every version as a submission by its author would."""
    found = Version.objects.select_related("article").prefetch_related(
        "renditions", "citations__work"
    )
    by_pk = {v.pk: v for v in found.filter(pk__in=[v.pk for v in versions])}
    frozen = []
    for at, (version, taken) in enumerate(zip(versions, new, strict=True)):
        full = versions[at] = by_pk[version.pk]
        for citation in full.citations.all():
            citation.kind, citation.csl = citation.work.kind, citation.work.csl
            frozen.append(citation)
        byline = [authoring.byline_row(taken.author)]
        data = freezing.canonical_bytes(full, byline)
        full.submit(form=content.FORM, sha256=sha256_hex(data), byline=byline)
        full.submitted_by = taken.author
        deed = Deed(
            Event.Kind.SUBMITTED,
            taken.author,
            REASON,
            VersionState.DRAFT,
            VersionState.SUBMITTED,
        )
        deeds[at].append(deed)
    Citation.objects.bulk_update(frozen, ["kind", "csl"], batch_size=BATCH)
    for version, taken in zip(versions, new, strict=True):
        ledger.attribute(version, by=taken.author, reason=REASON)
        version.save()


def _record(versions: list[Version], deeds: list[list[Deed]]) -> None:
    """Open the chains with their first events, of which nobody is told."""
    chains, events = [], []
    for version, own in zip(versions, deeds, strict=True):
        link = ledger.new_chain(version.article, events=len(own))
        chains.append(link.chain)
        events += [ledger.compose(link, Subject.of(version), deed) for deed in own]
    Chain.objects.bulk_create(chains, batch_size=BATCH)
    Event.objects.bulk_create(events, batch_size=BATCH)
