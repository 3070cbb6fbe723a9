"""Who writes an article: invite, join, decline, take back, arrange."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone

from articles.models import Article, Authorship
from articles.vocabulary import Contribution
from editorial import ledger, people, roles, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from editorial.models import User
from reviews.models import Assignment, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = (
    "No author who could join has the address {email}. An author needs an account with "
    "the author role, and no other part in this article; the desk can help."
)
"""One sentence for all causes: another would tell an author who reviewed the text."""

ASKED_A_DAY = 3
"""How often one person may be invited to one article in a day: each is a mail."""

CHANGED = "The list of authors has changed; look at it again."


@dataclass(frozen=True, slots=True)
class Place:
    """An author in the order of the byline, with terms of `Contribution`."""

    authorship_id: int
    contributions: tuple[str, ...] = ()


def invite_author(
    article_id: int, *, by: User, email: str, seen: int | None = None
) -> Authorship:
    """Ask somebody to write; they see the draft at once and write once they joined."""
    noted = Noted()
    with taking(
        workflow.INVITE_AUTHOR, article_id, by=by, seen=seen, noted=noted
    ) as article:
        last = article.authorships.aggregate(last=Max("position"))["last"] or 0
        row = Authorship(
            article=article,
            user=_invitable(article, email.strip()),
            invited_by=by,
            position=last + 1,
            joined_at=None,
        )
        _keep(row, by=by)
        _note(noted, article, row)
        noted.facts["author"] = row.user_id
        noted.concerns.append(row.user_id)
    return row


def join(article_id: int, *, by: User, seen: int | None = None) -> Authorship:
    """Become the author one was invited to be."""
    noted = Noted()
    with taking(workflow.JOIN, article_id, by=by, seen=seen, noted=noted) as article:
        row = article.authorships.get(user=by)
        row.joined_at = timezone.now()
        _keep(row, by=by)
        _note(noted, article, row)
        noted.facts["author"] = row.user_id
    return row


def decline_to_write(article_id: int, *, by: User, seen: int | None = None) -> None:
    """Answer an invitation with no; nothing of it stays but the record."""
    noted = Noted()
    with taking(
        workflow.DECLINE_TO_WRITE, article_id, by=by, seen=seen, noted=noted
    ) as article:
        row = article.authorships.get(user=by)
        _note(noted, article)
        noted.facts["author"] = row.user_id
        _drop(row, by=by)


def uninvite_author(
    article_id: int, *, by: User, authorship_id: int, seen: int | None = None
) -> None:
    """Take an invitation back that nobody has accepted."""
    noted = Noted()
    with taking(
        workflow.UNINVITE_AUTHOR, article_id, by=by, seen=seen, noted=noted
    ) as article:
        row = article.authorships.filter(pk=authorship_id, joined_at=None).first()
        if row is None:
            message = "That invitation is gone, or accepted meanwhile."
            raise Refused(message)
        _note(noted, article)
        noted.facts["author"] = row.user_id
        noted.concerns.append(row.user_id)
        _drop(row, by=by)


def arrange_authors(
    article_id: int, *, by: User, places: Sequence[Place], seen: int | None = None
) -> list[Authorship]:
    """Put the authors in order and say what each of them did."""
    noted = Noted()
    with taking(
        workflow.ARRANGE_AUTHORS, article_id, by=by, seen=seen, noted=noted
    ) as article:
        _require_known(places)
        listed = {row.pk: row for row in article.authorships.all()}
        if sorted(listed) != sorted(place.authorship_id for place in places):
            raise Refused(CHANGED)
        rows = [listed[place.authorship_id] for place in places]
        for number, (row, place) in enumerate(zip(rows, places, strict=True), start=1):
            _place(row, number, place, by=by)
        _note(noted, article, *rows)
        noted.facts["authors"] = [_arranged(row) for row in rows]
    return rows


def _invitable(article: Article, email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_active=True, is_machine=False)
    found = found.exclude(email__in=people.BUILT_IN)
    person = found.filter(groups__name=roles.AUTHOR).first()
    if person is None:
        raise Refused(UNKNOWN.format(email=email))
    if listed := article.authorships.filter(user=person).first():
        state = "is an author" if listed.joined_at else "has been invited"
        message = f"{person} {state} already."
        raise Refused(message)
    if _has_another_part(person, article):
        raise Refused(UNKNOWN.format(email=email))
    if _asked_today(person, article) >= ASKED_A_DAY:
        message = (
            f"{person} was invited to this article {ASKED_A_DAY} times within a day; "
            "ask again tomorrow."
        )
        raise Refused(message)
    return person


def _asked_today(person: User, article: Article) -> int:
    yesterday = timezone.now() - dt.timedelta(days=1)
    asked: int = Authorship.history.filter(
        article=article, user=person, history_type="+", history_date__gt=yesterday
    ).count()
    return asked


def _has_another_part(person: User, article: Article) -> bool:
    """Whether they were asked to review it, signed it, or handle it as its editor."""
    asked = Assignment.objects.filter(version__article=article, reviewer=person)
    signed = Signature.objects.filter(version__article=article, signer=person)
    return article.editor_id == person.pk or asked.exists() or signed.exists()


def _require_known(places: Sequence[Place]) -> None:
    if any(set(place.contributions) - set(Contribution.values) for place in places):
        message = "Choose contributions from the list."
        raise Refused(message)


def _place(row: Authorship, number: int, place: Place, *, by: User) -> None:
    wanted = number, sorted(set(place.contributions))
    if (row.position, row.contributions) != wanted:
        row.position, row.contributions = wanted
        _keep(row, by=by)


def _arranged(row: Authorship) -> dict[str, Any]:
    return {"author": row.user_id, "contributions": row.contributions}


def _keep(row: Authorship, *, by: User) -> None:
    ledger.attribute(row, by=by)
    row.save()


def _drop(row: Authorship, *, by: User) -> None:
    ledger.attribute(row, by=by)
    row.delete()


def _note(noted: Noted, article: Article, *rows: Authorship) -> None:
    """Name the newest version, for the timeline and the notices, and the rows."""
    noted.version = article.versions.order_by("-number").first()
    noted.rows += rows
