"""
Who hears of what: a table from the kind of an event to the people and what they read.

Each recipient gets a notice in the program, written with the event; a mail that points
to it is owed with it, or what can wait goes out with a digest. Nothing confidential stands in a
subject, and nobody hears of their own deed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from editorial import noticing
from editorial.audiences import (
    OVERSEERS,
    Audience,
    Notice,
    Occasion,
    authors,
    chiefs,
    deciders,
    desk,
    desk_of_review,
    judges,
    reviewers,
    signers,
    the_former_editor,
    the_invited,
    the_new_editor,
    the_proposer,
    the_uninvited,
)
from editorial.models import Event, Notification, Outbox
from reviews.states import AssignmentState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.models import Version
    from editorial.models import User
    from reviews.models import Assignment

K = Event.Kind

INVITATION = reviewers("You are invited to review", AssignmentState.INVITED)
LET_GO = reviewers("Your review is no longer needed", AssignmentState.WITHDRAWN)
TO_WRITE = the_invited("You are invited to write")
NOT_TO_WRITE = the_uninvited("An invitation to write was taken back")


def told_to_all(sentence: str) -> tuple[Audience, ...]:
    """Whoever has to do with a text that a notice is about reads the same."""
    return (authors(sentence), judges(sentence), desk(sentence), chiefs(sentence))


AUDIENCES: dict[str, tuple[Audience, ...]] = {
    K.CREATED: (authors("An editor asks you to write", waits=True),),
    K.IMPORTED: (),
    K.AUTHOR_INVITED: (TO_WRITE,),
    K.AUTHOR_JOINED: (authors("Somebody joined as an author", waits=True),),
    K.AUTHOR_DECLINED: (authors("Somebody declined to write", waits=True),),
    K.AUTHOR_UNINVITED: (NOT_TO_WRITE,),
    K.AUTHORS_ARRANGED: (authors("The authors were arranged", waits=True),),
    K.SUBMITTED: (desk("A version was submitted"),),
    K.RECALLED: (desk("The author recalled a version", waits=True),),
    K.TIER_CHANGED: (desk("The risk tier was changed", waits=True),),
    K.SENT_TO_REVIEW: (INVITATION, authors("Your article is under review")),
    K.INVITED: (INVITATION,),
    K.ACCEPTED: (desk("A reviewer accepted", waits=True),),
    K.DECLINED: (desk("A reviewer declined"),),
    K.EXPIRED: (
        reviewers("Your review has expired", AssignmentState.EXPIRED),
        desk("A reviewer did not answer or report in time"),
    ),
    K.RECUSED: (desk("A reviewer stepped back"),),
    K.UNASSIGNED: (LET_GO,),
    K.REPORTED: (
        deciders("Ready for a decision"),
        desk("A review was signed", waits=True),
    ),
    K.REPORTED_LATE: (desk("A review came late", waits=True),),
    K.REOPENED: (
        reviewers(
            "You are asked to take your review up again", AssignmentState.ACCEPTED
        ),
    ),
    K.ALTERNATES_NAMED: (),
    K.MORE_TIME_ASKED: (desk_of_review("A reviewer asks for more time"),),
    K.EXTENDED: (
        reviewers("The date of your review was moved", AssignmentState.ACCEPTED),
    ),
    K.DECLARED: (desk("A reviewer declared a conflict of interest"),),
    K.AWAY_NOTED: (),
    K.AWAY_STRUCK: (),
    K.NAMING_CHOSEN: (),
    K.ENTITIES_NAMED: (),
    K.BLINDING_CHANGED: (),
    K.EDITOR_CHANGED: (
        the_new_editor("You are now the editor in charge"),
        the_former_editor("Another editor is now in charge", waits=True),
    ),
    K.REPLIED: (
        reviewers("Your comment was answered", AssignmentState.REPORTED, waits=True),
        desk("A comment on a text was answered", waits=True),
    ),
    K.RECOMMENDED: (chiefs("An editor recommends a decision"),),
    K.COMMENT_RESOLVED: (),
    K.RETURNED: (authors("Your article was returned for changes"), LET_GO),
    K.REJECTED: (authors("Your article was rejected"), LET_GO),
    K.REVISED: (desk("The author opened the next draft", waits=True),),
    K.APPROVED: (authors("Your article was approved"), LET_GO),
    K.PUBLISHED: (
        authors("Your article is public"),
        desk("An article is public", waits=True),
    ),
    K.PAGES_REBUILT: (),
    K.PAGE_WITHHELD: (desk("Something public is damaged"),),
    K.PREVIEW_SHOWN: (authors("A preview of your article is public", waits=True),),
    K.PREVIEW_ENDED: (),
    K.NOTICE_PROPOSED: (signers("A notice waits for a second signature"),),
    K.PROPOSAL_ENDED: (the_proposer("Your proposed notice was not issued"),),
    K.CONCERN_EXPRESSED: told_to_all("The editors express a concern"),
    K.CONCERN_LIFTED: told_to_all("A concern was lifted"),
    K.HELD: told_to_all("An article was put on hold"),
    K.RELEASED: told_to_all("An article was released from hold"),
    K.RETRACTED: told_to_all("An article was retracted"),
    K.REINSTATED: told_to_all("An article was reinstated"),
    K.REMOVED: told_to_all("An article was removed"),
    K.ARCHIVED: told_to_all("An article is no longer maintained"),
    K.WITHDRAWN: (desk("The author withdrew a version"), LET_GO),
    K.REMINDED: (
        reviewers("Your review is due", AssignmentState.ACCEPTED),
        reviewers("Your invitation waits for an answer", AssignmentState.INVITED),
    ),
    K.OVERDUE: (desk("A review is ten days overdue"),),
    K.AUTHORS_REMINDED: (authors("Your article waits for its next version"),),
    K.ACCOUNT_CHANGED: (OVERSEERS,),
    K.POLICY_ISSUED: (),
    K.FACT_RECORDED: (),
    K.TERM_PROPOSED: (),
    K.TERM_APPROVED: (),
    K.TERM_ENDED: (),
    K.LIBRARY_LOADED: (),
    K.READER_REPORT_CLOSED: (),
    K.READER_REPORT_EMPTIED: (),
    K.QUESTION_ASKED: (),
    K.QUESTION_SETTLED: (),
    K.QUESTION_CAME_BACK: (),
    K.QUESTION_SEPARATED: (),
    K.QUESTION_EMPTIED: (),
    K.EFFECT_SETTLED: (),
}

DECIDED = (K.RETURNED, K.REJECTED, K.APPROVED, K.WITHDRAWN)
OVER = (K.REPORTED, K.DECLINED, K.RECUSED, K.UNASSIGNED, K.EXPIRED, *DECIDED)

SUPERSEDED_BY: dict[str, tuple[str, ...]] = {
    K.SUBMITTED: (K.RECALLED, K.SENT_TO_REVIEW, *DECIDED),
    K.RECALLED: (K.SUBMITTED, *DECIDED),
    K.TIER_CHANGED: (K.TIER_CHANGED, *DECIDED),
    K.SENT_TO_REVIEW: DECIDED,
    K.INVITED: (K.ACCEPTED, *OVER),
    K.ACCEPTED: OVER,
    K.DECLINED: DECIDED,
    K.RECUSED: DECIDED,
    K.REPORTED: DECIDED,
    K.MORE_TIME_ASKED: (K.MORE_TIME_ASKED, K.EXTENDED, *OVER),
    K.EXTENDED: (K.EXTENDED, *OVER),
    K.REMINDED: (K.REMINDED, K.OVERDUE, K.EXTENDED, K.ACCEPTED, *OVER),
    K.OVERDUE: (K.EXTENDED, *OVER),
    K.AUTHORS_REMINDED: (K.AUTHORS_REMINDED, *DECIDED),
    K.REPLIED: DECIDED,
    K.RECOMMENDED: (K.RECOMMENDED, *DECIDED),
    K.APPROVED: (K.PUBLISHED,),
    K.PREVIEW_SHOWN: (K.PREVIEW_ENDED, *DECIDED),
    K.NOTICE_PROPOSED: (K.PROPOSAL_ENDED, *noticing.ISSUED),
}
"""
The deeds after which what was told of a version, or of a review, is old.

Advice is not old with the report by which it falls: somebody still has to decide.
"""


def announce(
    event: Event,
    version: Version,
    assignments: Iterable[Assignment],
    *,
    concerns: Iterable[int] = (),
    publish_at: dt.datetime | None = None,
) -> None:
    """
    Write the notice, and owe the mail if it cannot wait, once for each but the actor.

    With `publish_at`, the publication of the version is owed as well.
    """
    occasion = Occasion(event, version, tuple(assignments), tuple(concerns))
    told: dict[int, Notice] = {}
    for audience in AUDIENCES[event.kind]:
        for notice in audience.notices(occasion):
            told.setdefault(notice.user_id, replace(notice, waits=audience.waits))
    owed = [_publication(event, publish_at)] if publish_at else []
    tell(event, told.values(), owed)


def tell(event: Event, notices: Iterable[Notice], owed: Iterable[Outbox] = ()) -> None:
    """
    Write each notice but the actor's, and owe what is `owed`.

    A mail is owed for each notice that cannot wait; the others go out with a digest.
    """
    told = [notice for notice in notices if notice.user_id != event.actor_id]
    Notification.objects.bulk_create(
        Notification(
            recipient_id=n.user_id,
            event=event,
            text=n.text,
            path=n.path,
            waits=n.waits,
        )
        for n in told
    )
    mails = [_mail(event, notice.user_id) for notice in told if not notice.waits]
    Outbox.objects.bulk_create([*mails, *owed])


def still_concerns(event: Event, user: User, *, waits: bool = False) -> bool:
    """
    Whether somebody who was told may still be told, with the roles of today.

    Asked of those alone who hear of it at once, or of those for whom it `waits`.
    """
    about = event.version
    heard = (told for told in AUDIENCES[event.kind] if told.waits == waits)
    return any(told.still(user, about) for told in heard)


def superseded(*events: Event) -> set[int]:
    """The keys of those since which something happened that makes a mail pointless."""
    told = [event for event in events if event.kind in SUPERSEDED_BY]
    if not told:
        return set()
    found = Event.objects.filter(
        version__in={event.version_id for event in told},
        kind__in={kind for event in told for kind in SUPERSEDED_BY[event.kind]},
        pk__gt=min(event.pk for event in told),
    )
    later: dict[int | None, list[Event]] = defaultdict(list)
    for event in found.only("version", "assignment", "kind"):
        later[event.version_id].append(event)
    return {e.pk for e in told if any(_makes_old(e, x) for x in later[e.version_id])}


def _makes_old(event: Event, later: Event) -> bool:
    """Whether it came later, is one that counts, and is not about another review."""
    return (
        later.pk > event.pk
        and later.kind in SUPERSEDED_BY[event.kind]
        and later.assignment_id in (None, event.assignment_id)
    )


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
