"""What authors do: open, write, submit, recall, withdraw, revise."""

from __future__ import annotations

import datetime as dt
import functools
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles import characters, content, freezing, slugs
from articles.canonical import sha256_hex
from articles.machine import LostRaceError
from articles.models import (
    Article,
    Authorship,
    Citation,
    FindingAnswer,
    Opening,
    Rendition,
    Version,
)
from articles.states import Standing, VersionState
from articles.vocabulary import (
    MACHINE_MADE,
    Audience,
    Origin,
    WorkSource,
    is_closer_to_people,
)
from editorial import (
    carryover,
    ledger,
    linting,
    policies,
    roles,
    rows,
    shelving,
    shopfront,
    workflow,
)
from editorial.actions import reviewing
from editorial.errors import MovedOn, Refused
from editorial.ledger import Deed, Noted, Subject, taking
from editorial.models import Event
from reviews.models import Comment

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from uuid import UUID

    from editorial.models import User

Told = ParamSpec("Told")
Done = TypeVar("Done")

ATTEMPTS = 3

_FILED = "The topics stay as they are while readers see the article."

RESPONSIBILITY = (
    "{name} has checked every claim against its source and takes responsibility for "
    "this text."
)
UNCHECKED = (
    "A machine took part in this text; whoever submits it says that they have checked "
    "every claim against its source and take responsibility."
)


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A work as an author cites it: the key in the text and its CSL-JSON item.

    The `source` says where its record comes from, as far as the house knows.
    """

    key: str
    item: dict[str, Any]
    source: str = WorkSource.TYPED


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
class Edited:
    """A stored draft, and in sentences what the cleaning dropped."""

    version: Version
    dropped: tuple[str, ...]


def retried(deed: Callable[Told, Done]) -> Callable[Told, Done]:
    """Do a deed again whose new slug, topic or work somebody else stored first."""

    @functools.wraps(deed)
    def attempt(*args: Told.args, **kwargs: Told.kwargs) -> Done:
        for _ in range(ATTEMPTS - 1):
            with suppress(IntegrityError):
                return deed(*args, **kwargs)
        return deed(*args, **kwargs)

    return attempt


@retried
def open_article(
    *,
    by: User,
    text: DraftText,
    external_id: str | None = None,
    opening: UUID | None = None,
    seen: int | None = None,
) -> Edited:
    """
    Open an article with its first draft; `by` is its first author.

    The page that asks names itself by `opening`. What it sends again, perhaps before
    the first answer, is stored in the draft that it opened.
    """
    if roles.AUTHOR not in by.roles or not by.is_active:
        raise PermissionDenied
    known = Opening.objects.filter(token=opening).first() if opening else None
    if known:
        stored = known.revision if seen is None else seen
        return edit(known.version_id, by=by, text=text, seen=stored)
    with transaction.atomic(durable=True):
        article = Article(slug=slugs.free(text.question), external_id=external_id)
        ledger.attribute(article, by=by)
        article.save()
        authorship = Authorship.objects.create(article=article, user=by)
        version = Version(article=article, number=1)
        dropped = _write(version, text, by=by)
        link = ledger.new_chain(article)
        link.chain.save()
        deed = Deed(Event.Kind.CREATED, by, after=VersionState.DRAFT)
        deed.noted.rows.append(authorship)
        ledger.record(link, Subject.of(version), deed)
        if opening:
            known_by = {"version": version, "revision": version.revision}
            Opening.objects.create(token=opening, **known_by)
    return Edited(version, tuple(dropped))


@retried
def edit(version_id: int, *, by: User, text: DraftText, seen: int | None) -> Edited:
    """
    Store what an author wrote in a draft; kept by the history, not by the ledger.

    A text that is stored already leaves no trace at all. Raises PermissionDenied,
    MovedOn when the draft was saved or submitted meanwhile (`mine` when this very text
    is what is stored), and Refused when the text cannot be stored.
    """
    try:
        with ledger.drafting(version_id, by=by, seen=seen) as version:
            dropped: list[str] = []
            if not _is_stored(version, text, dropped, by=by):
                dropped = _write(version, text, by=by)
    except LostRaceError as error:
        raise ledger.draft_moved_on(version_id) from error
    except MovedOn as told:
        stored = Version.objects.select_related("article").get(pk=version_id)
        told.mine = _is_stored(stored, text, [], by=by)
        raise
    return Edited(version, tuple(dropped))


@retried
def submit(
    version_id: int,
    *,
    by: User,
    takes_responsibility: bool = False,
    seen: int | None = None,
) -> Version:
    """
    Freeze a draft: copy the cited works, compute the hash, hand it to the desk.

    For a text in which a machine took part, whoever submits it takes responsibility.
    """
    noted = Noted()
    with (
        linting.ahead(version_id, by=by),
        taking(workflow.SUBMIT, version_id, by=by, seen=seen, noted=noted) as version,
    ):
        responsibility = _responsibility(version, by, taken=takes_responsibility)
        _settle_address(version, by=by)
        freezing.freeze_citations(version)
        byline = byline_of(version.article)
        data = freezing.canonical_bytes(version, byline)
        version.submit(
            form=content.FORM,
            sha256=sha256_hex(data),
            byline=byline,
            responsibility=responsibility,
        )
        version.submitted_by = by
        noted.facts["parts"] = ledger.parts_digest(version)
        noted.rows += _items(version)
        if responsibility:
            noted.facts["responsibility"] = responsibility
    return version


def recall(version_id: int, *, by: User, seen: int | None = None) -> Version:
    """Take a submitted version back into the draft it was."""
    noted = Noted()
    with taking(workflow.RECALL, version_id, by=by, seen=seen, noted=noted) as version:
        version.recall()
        shopfront.end_with(version, by=by, noted=noted)
    return version


def withdraw(
    version_id: int, *, by: User, reason: str, seen: int | None = None
) -> Version:
    """Give a version up; its open assignments end, its preview goes."""
    noted = Noted()
    with taking(
        workflow.WITHDRAW, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        noted.rows += _items(version)
        version.withdraw()
        reviewing.let_go(version, by=by, noted=noted)
        shopfront.end_with(version, by=by, noted=noted)
    return version


def revise(version_id: int, *, by: User, seen: int | None = None) -> Version:
    """
    Open the next draft from a returned or a public version, its content copied.

    Whatever is still open over all versions is carried over as items to answer, the
    editor's reasons for returning one among it; the old versions stay as they are.
    """
    noted = Noted()
    still = linting.found_before(version_id, by=by)
    with taking(workflow.REVISE, version_id, by=by, seen=seen, noted=noted) as version:
        draft = _copy(version, still, by=by)
        noted.facts["next"] = {"id": draft.pk, "number": draft.number}
    return draft


def _items(version: Version) -> list[Comment]:
    """The comments that came with a draft, as its authors leave them."""
    if version.number == 1:
        return []
    return list(Comment.objects.filter(version=version).order_by("pk"))


def byline_of(article: Article) -> list[dict[str, Any]]:
    """The authors who joined, in order, as they are printed today."""
    return [printed(row.user, row.contributions) for row in rows.joined(article)]


def printed(author: User, contributions: Iterable[str] = ()) -> dict[str, Any]:
    """An author as a byline prints them."""
    return {
        "name": author.name,
        "credentials": author.credentials,
        "affiliation": author.affiliation,
        "contributions": sorted(contributions),
    }


def _settle_address(version: Version, *, by: User) -> None:
    """
    Let the address follow the question that the desk will read.

    It stays as it is from the day on which the public could first use it.
    """
    article = version.article
    if slugs.fits(article.slug, version.question) or _was_public(article):
        return
    article.slug = slugs.free(version.question)
    ledger.attribute(article, by=by, reason="As the question is now")
    article.save()


def _was_public(article: Article) -> bool:
    shown = (Event.Kind.PREVIEW_SHOWN, Event.Kind.PUBLISHED)
    return Event.objects.filter(article=article, kind__in=shown).exists()


def _responsibility(version: Version, by: User, *, taken: bool) -> str:
    """The sentence by which `by` stands behind a machine's text; empty for a person's."""
    if version.origin not in MACHINE_MADE:
        return ""
    if not taken:
        raise Refused(UNCHECKED)
    return RESPONSIBILITY.format(name=by.printed_name)


def _write(version: Version, text: DraftText, *, by: User) -> list[str]:
    dropped: list[str] = []
    if version.pk:
        _require_honest(text.origin, version.origin)
    for name, value in _columns(text, dropped).items():
        setattr(version, name, value)
    ledger.attribute(version, by=by)
    version.save()
    _store_renditions(version, _bodies(text, dropped), by=by)
    _store_citations(version, text.references, dropped, by=by)
    _store_topics(version.article, text.topics, dropped)
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


def _is_stored(
    version: Version, text: DraftText, dropped: list[str], *, by: User
) -> bool:
    """Whether the version holds this text already, as it would be stored."""
    try:
        wanted, bodies = _columns(text, dropped), _bodies(text, dropped)
        are_cited = shelving.are_cited(version, text.references, dropped, by=by)
    except Refused:
        return False
    return (
        wanted == {name: getattr(version, name) for name in wanted}
        and bodies == {r.audience: r.body for r in version.renditions.all()}
        and are_cited
        and _are_filed(version.article, text.topics, dropped)
    )


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
    drop_prefetched(version)


def drop_prefetched(version: Version) -> None:
    """Forget rows read before they were written anew."""
    version.__dict__.pop("_prefetched_objects_cache", None)
    linting.forget(version)


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


def _copy(version: Version, still: Container[str], *, by: User) -> Version:
    newest = version.article.versions.order_by("-number").values_list(
        "number", flat=True
    )
    draft = Version(
        article=version.article,
        number=newest[0] + 1,
        question=version.question,
        headline=version.headline,
        key_answer=version.key_answer,
        audience=version.audience,
        origin=version.origin,
        origin_tool=version.origin_tool,
        origin_on=version.origin_on,
        evidence_searched_on=version.evidence_searched_on,
    )
    ledger.attribute(draft, by=by, reason=f"Copied from version {version.number}")
    draft.save()
    for rendition in version.renditions.all():
        copy = Rendition(
            version=draft, audience=rendition.audience, body=rendition.body
        )
        ledger.attribute(copy, by=by)
        copy.save()
    for citation in version.citations.all():
        copied = Citation(
            version=draft,
            work_id=citation.work_id,
            key=citation.key,
            position=citation.position,
        )
        ledger.attribute(copied, by=by)
        copied.save()
    carryover.carry(version.article, draft, by=by)
    _carry_answers(version, draft, still, by=by)
    return draft


def _carry_answers(
    version: Version, draft: Version, still: Container[str], *, by: User
) -> None:
    """Reasons that were given for what is still found."""
    for answer in FindingAnswer.objects.filter(version=version):
        if answer.finding in still:
            answer.pk, answer.version = None, draft
            answer._state.adding = True  # noqa: SLF001  a copy is a new row
            ledger.attribute(answer, by=by)
            answer.save()


def may_edit(user: User, version: Version) -> bool:
    """Whether `user` may write in `version` now."""
    return version.state == VersionState.DRAFT and policies.is_author(user, version)
