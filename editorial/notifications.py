"""
Who hears of what: a table from the kind of an event to the people and what they read.

Each recipient gets a notice in the program and a mail that points to it, both written
with the event. Nothing confidential stands in a subject, and nobody hears of their
own deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from articles.models import Authorship, Version
from articles.prepared import Prepared
from editorial import people, roles, rules
from editorial.models import Event, Notification, Outbox, User
from reviews import panel
from reviews.models import Assignment
from reviews.states import AssignmentState

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

K = Event.Kind


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event as its audience is found: the version, and whom else it touched."""

    event: Event
    version: Version
    assignments: tuple[Assignment, ...]
    concerns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told, and the page that shows or asks it."""

    user_id: int
    text: str
    path: str


AUTHORS_PAGE = "/desk/articles/{article}/authors/"

Audience = Callable[[Occasion], Iterable[Notice]]


def authors(sentence: str) -> Audience:
    """The authors of the article who joined read `sentence`."""

    def notices(occasion: Occasion) -> list[Notice]:
        listed = JOINED(occasion.version.article_id)
        return [_about(occasion.version, row.user_id, sentence) for row in listed]

    return notices


def _joined(article: int) -> QuerySet[Authorship]:
    listed = Authorship.objects.filter(article=article, joined_at__isnull=False)
    return listed.exclude(user__email__in=people.BUILT_IN).order_by("position")


JOINED = Prepared(_joined, count=1)


def the_person(sentence: str, *, path: str) -> Audience:
    """Whom the event is about reads it; `path` may name the article."""

    def notices(occasion: Occasion) -> list[Notice]:
        version = occasion.version
        page = path.format(article=version.article_id)
        return [
            Notice(pk, _headed(sentence, version), page) for pk in occasion.concerns
        ]

    return notices


def desk(sentence: str) -> Audience:
    """The editor in charge reads `sentence`, or the whole desk while there is none."""

    def notices(occasion: Occasion) -> list[Notice]:
        in_charge = occasion.version.article.editor
        here = in_charge is not None and in_charge.is_active
        article = occasion.version.article_id
        ids = [in_charge.pk] if in_charge and here else _keys(DESK_OF(article))
        return [_about(occasion.version, pk, sentence) for pk in ids]

    return notices


def _outside(groups: frozenset[str], article: int) -> QuerySet[User]:
    """The people in `groups` who did not write the article."""
    active = User.objects.filter(groups__name__in=groups, is_active=True)
    return active.exclude(authorships__article=article).only("pk")


DESK_OF = Prepared(partial(_outside, roles.DESK), count=1)
CHIEFS_OF = Prepared(partial(_outside, frozenset({roles.CHIEF_EDITOR})), count=1)


def _keys(people: Iterable[User]) -> list[int]:
    """Of each person once, whatever their number of groups."""
    return sorted({person.pk for person in people})


def reviewers(sentence: str, *states: AssignmentState) -> Audience:
    """The reviewers whose assignment the step left in one of `states` read it."""

    def notices(occasion: Occasion) -> list[Notice]:
        return [
            Notice(
                found.reviewer_id,
                _headed(sentence, occasion.version),
                found.get_absolute_url(),
            )
            for found in occasion.assignments
            if found.state in states
        ]

    return notices


def deciders(sentence: str) -> Audience:
    """Chief editors who may decide read it, once the quorum is in."""

    def notices(occasion: Occasion) -> list[Notice]:
        version = occasion.version
        if rules.the_quorum_is_in(version) is not None:
            return []
        asked = {a.reviewer_id for a in panel.of(version)}
        chiefs = _keys(CHIEFS_OF(version.article_id))
        return [_about(version, pk, sentence) for pk in chiefs if pk not in asked]

    return notices


INVITATION = reviewers("You are invited to review", AssignmentState.INVITED)
LET_GO = reviewers("Your review is no longer needed", AssignmentState.WITHDRAWN)
TO_WRITE = the_person("You are invited to write", path=AUTHORS_PAGE)
NOT_TO_WRITE = the_person("An invitation to write was taken back", path="/desk/")

AUDIENCES: dict[str, tuple[Audience, ...]] = {
    K.CREATED: (),
    K.IMPORTED: (),
    K.AUTHOR_INVITED: (TO_WRITE,),
    K.AUTHOR_JOINED: (authors("Somebody joined as an author"),),
    K.AUTHOR_DECLINED: (authors("Somebody declined to write"),),
    K.AUTHOR_UNINVITED: (NOT_TO_WRITE,),
    K.AUTHORS_ARRANGED: (authors("The authors were arranged"),),
    K.SUBMITTED: (desk("A version was submitted"),),
    K.RECALLED: (desk("The author recalled a version"),),
    K.TIER_CHANGED: (desk("The risk tier was changed"),),
    K.SENT_TO_REVIEW: (INVITATION, authors("Your article is under review")),
    K.INVITED: (INVITATION,),
    K.ACCEPTED: (desk("A reviewer accepted"),),
    K.DECLINED: (desk("A reviewer declined"),),
    K.EXPIRED: (reviewers("Your review has expired", AssignmentState.EXPIRED),),
    K.RECUSED: (desk("A reviewer stepped back"),),
    K.UNASSIGNED: (LET_GO,),
    K.REPORTED: (deciders("Ready for a decision"), desk("A review was signed")),
    K.COMMENT_RESOLVED: (),
    K.RETURNED: (authors("Your article was returned for changes"), LET_GO),
    K.REJECTED: (authors("Your article was rejected"), LET_GO),
    K.REVISED: (desk("The author opened the next draft"),),
    K.APPROVED: (authors("Your article was approved"), LET_GO),
    K.PUBLISHED: (authors("Your article is public"), desk("An article is public")),
    K.PAGES_REBUILT: (),
    K.PREVIEW_SHOWN: (authors("A preview of your article is public"),),
    K.PREVIEW_ENDED: (),
    K.WITHDRAWN: (desk("The author withdrew a version"), LET_GO),
    K.REMINDED: (reviewers("Your review is due", AssignmentState.ACCEPTED),),
    K.OVERDUE: (desk("A review is ten days overdue"),),
    K.ACCOUNT_CHANGED: (),
    K.POLICY_ISSUED: (),
    K.FACT_RECORDED: (),
    K.LIBRARY_LOADED: (),
    K.EFFECT_SETTLED: (),
}


def announce(
    event: Event,
    version: Version,
    assignments: Iterable[Assignment],
    *,
    concerns: Iterable[int] = (),
    publish_at: dt.datetime | None = None,
) -> None:
    """
    Write the notice and owe the mail, once for each person, but not the actor.

    With `publish_at`, the publication of the version is owed as well.
    """
    occasion = Occasion(event, version, tuple(assignments), tuple(concerns))
    told: dict[int, Notice] = {}
    for audience in AUDIENCES[event.kind]:
        for notice in audience(occasion):
            told.setdefault(notice.user_id, notice)
    told.pop(event.actor_id, None)
    Notification.objects.bulk_create(
        Notification(recipient_id=pk, event=event, text=n.text, path=n.path)
        for pk, n in told.items()
    )
    owed = [_mail(event, pk) for pk in told]
    if publish_at:
        owed.append(_publication(event, publish_at))
    Outbox.objects.bulk_create(owed)


def _mail(event: Event, user_id: int) -> Outbox:
    return Outbox(
        dedupe_key=f"mail:{event.hash[:16]}:{event.pk}:{user_id}",
        topic=Outbox.Topic.MAIL,
        event=event,
        recipient_id=user_id,
    )


def _publication(event: Event, at: dt.datetime) -> Outbox:
    return Outbox(
        dedupe_key=publication_key(event.version_id),
        topic=Outbox.Topic.PUBLISH,
        event=event,
        available_at=at,
    )


def publication_key(version_id: int | None) -> str:
    return f"publish:{version_id}"


def _about(version: Version, user_id: int, sentence: str) -> Notice:
    return Notice(user_id, _headed(sentence, version), version.get_absolute_url())


def _headed(sentence: str, version: Version) -> str:
    return f"{sentence}: {version.question}"
