"""What authors do: open, write, submit, recall, withdraw, revise."""

from __future__ import annotations

import functools
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles import content, freezing, slugs
from articles.canonical import sha256_hex
from articles.machine import LostRaceError
from articles.models import Article, Authorship, Opening, Version
from articles.states import VersionState
from articles.vocabulary import MACHINE_MADE
from editorial import (
    copying,
    drafting,
    drafts_history,
    ledger,
    linting,
    policies,
    roles,
    rows,
    shopfront,
    workflow,
)
from editorial.actions import reviewing
from editorial.drafting import DraftText
from editorial.errors import MovedOn, Refused
from editorial.ledger import Deed, Noted, Subject, taking
from editorial.models import Event
from editorial.shelving import Reference
from reviews.models import Comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from editorial.models import User

__all__ = [
    "DraftText",
    "Edited",
    "Reference",
    "begin",
    "byline_of",
    "byline_row",
    "edit",
    "may_edit",
    "open_article",
    "recall",
    "retried",
    "revise",
    "submit",
    "withdraw",
]

Told = ParamSpec("Told")
Done = TypeVar("Done")

ATTEMPTS = 3

RESPONSIBILITY = (
    "{name} has checked every claim against its source and takes responsibility for "
    "this text."
)
UNCHECKED = (
    "A machine took part in this text; whoever submits it says that they have checked "
    "every claim against its source and take responsibility."
)


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
    ready = drafting.prepared(text)
    article = Article(slug=slugs.free(text.question), external_id=external_id)
    with transaction.atomic(durable=True):
        edited = begin(article, ready, by=by, author=by)
        if opening:
            version = edited.version
            known_by = {"version": version, "revision": version.revision}
            Opening.objects.create(token=opening, **known_by)
    return edited


def begin(article: Article, ready: drafting.Ready, *, by: User, author: User) -> Edited:
    """Store a new article with its first draft, within the transaction of a deed."""
    ledger.attribute(article, by=by)
    article.save()
    authorship = Authorship.objects.create(article=article, user=author)
    version = Version(article=article, number=1)
    dropped = drafting.write(version, ready, by=by)
    link = ledger.new_chain(article)
    link.chain.save()
    deed = Deed(Event.Kind.CREATED, by, after=VersionState.DRAFT)
    deed.noted.rows.append(authorship)
    ledger.record(link, Subject.of(version), deed)
    return Edited(version, tuple(dropped))


@retried
def edit(
    version_id: int,
    *,
    by: User,
    text: DraftText,
    seen: int | None,
    goes_back: bool = False,
) -> Edited:
    """
    Store what an author wrote in a draft; kept by the history, not by the ledger.

    One that `goes_back` to an earlier text takes the place of a later one, which the
    list of what was saved then shows by itself.

    A text that is stored already leaves no trace at all. Raises PermissionDenied,
    MovedOn when the draft was saved or submitted meanwhile (`mine` when this very text
    is what is stored), and Refused when the text cannot be stored.
    """
    ready = drafting.prepared(text)
    try:
        with ledger.drafting(version_id, by=by, seen=seen) as version:
            dropped = list(ready.dropped)
            if not drafting.is_stored(version, ready, dropped, by=by):
                why = drafts_history.WENT_BACK if goes_back else ""
                dropped = drafting.write(version, ready, by=by, reason=why)
    except LostRaceError as error:
        raise ledger.draft_moved_on(version_id) from error
    except MovedOn as told:
        stored = Version.objects.select_related("article").get(pk=version_id)
        told.mine = drafting.is_stored(stored, ready, [], by=by)
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
        draft = copying.next_draft(version, still, by=by)
        noted.facts["next"] = {"id": draft.pk, "number": draft.number}
    return draft


def _items(version: Version) -> list[Comment]:
    """The comments that came with a draft, as its authors leave them."""
    if version.number == 1:
        return []
    return list(Comment.objects.filter(version=version).order_by("pk"))


def byline_of(article: Article) -> list[dict[str, Any]]:
    """The authors who joined, in order, as they are printed today."""
    return [byline_row(row.user, row.contributions) for row in rows.joined(article)]


def byline_row(author: User, contributions: Iterable[str] = ()) -> dict[str, Any]:
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


def may_edit(user: User, version: Version) -> bool:
    """Whether `user` may write in `version` now."""
    return version.state == VersionState.DRAFT and policies.is_author(user, version)
