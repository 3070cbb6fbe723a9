"""
Reads that span the apps: who sees what, and what needs whom now.

Every list is read in pages, by as many queries for a large library as for a small
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Authorship, Version
from articles.states import READABLE, Standing, VersionState
from editorial import desk_lists, people, roles, rows
from editorial.models import Event, Notification, Outbox
from reviews.models import Assignment
from reviews.states import OPEN as ASSIGNMENT_OPEN
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from editorial.models import User

HANDLING = (
    Event.Kind.TIER_CHANGED,
    Event.Kind.SENT_TO_REVIEW,
    Event.Kind.INVITED,
    Event.Kind.UNASSIGNED,
    Event.Kind.EXPIRED,
    Event.Kind.REOPENED,
    Event.Kind.ALTERNATES_NAMED,
    Event.Kind.EXTENDED,
    Event.Kind.ENTITIES_NAMED,
    Event.Kind.RECOMMENDED,
    Event.Kind.EDITOR_CHANGED,
    Event.Kind.REMINDED,
    Event.Kind.COMMENT_RESOLVED,
    Event.Kind.REPLIED,
)
"""The deeds by which an editor handles a version; some a reviewer does on their own."""

HELD = (Outbox.Status.UNKNOWN, Outbox.Status.PARKED)
READERS_OF_ALL = roles.DESK | {roles.AUDITOR}

TEXT_OPEN_TO = (
    AssignmentState.ACCEPTED,
    AssignmentState.REPORTED,
    AssignmentState.REOPENED,
)
"""A reviewer reads the text once they have declared their conflicts of interest."""


def sees_everything(user: User) -> bool:
    return bool(user.roles & READERS_OF_ALL)


def visible_versions(user: User) -> QuerySet[Version]:
    """
    The versions whose text `user` may read on the desk.

    Who was asked to review an article reads it as a reviewer, whatever else they are.
    """
    found = rows.asked_about(Version.objects.select_related("article__editor"), user)
    return found.filter(reads(user))


def reads(user: User) -> Q:
    """Of versions: whether `user` may read them."""
    asked = Assignment.objects.filter(reviewer=user)
    reviews = asked.filter(version=OuterRef("pk"), state__in=TEXT_OPEN_TO)
    found = _reads_as_author(user) | Q(Exists(reviews))
    if sees_everything(user):
        on_it = asked.filter(version__article=OuterRef("article"))
        found |= Q(~Exists(on_it))
    return found


def _reads_as_author(user: User) -> Q:
    """Who joined reads every version; who is only invited, the draft."""
    listed = Authorship.objects.filter(article=OuterRef("article"), user=user)
    joined = Exists(listed.filter(joined_at__isnull=False))
    if roles.AUTHOR not in user.roles:
        return Q(joined)
    return Q(joined) | Q(Exists(listed), state=VersionState.DRAFT)


def visible_articles(user: User) -> QuerySet[Article]:
    """The articles on which `user` may see the desk's side."""
    found = rows.asked_about(Article.objects.select_related("editor"), user)
    if sees_everything(user):
        return found
    return found.filter(
        Exists(Authorship.objects.filter(article=OuterRef("pk"), user=user))
    )


def articles_to_stop(user: User) -> QuerySet[Article]:
    """
    The articles whose standing `user` may see: that readers can see, and others wrote.

    They are open to the desk, to auditors, and to every member of the board, asked to
    review or not: whoever sees a danger must not have to look for somebody who may act.
    """
    found = rows.asked_about(Article.objects.select_related("editor"), user)
    if not sees_everything(user) and not people.is_on_the_board(user):
        return found.none()
    wrote = Authorship.objects.filter(article=OuterRef("pk"), user=user)
    return found.filter(~Exists(wrote), standing__in=(*READABLE, Standing.REMOVED))


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """The assignments `user` may see: their own, and all of them for the desk."""
    found = rows.asked_about(
        Assignment.objects.select_related("version__article", "reviewer"), user
    )
    if sees_everything(user):
        own_text = Authorship.objects.filter(
            article=OuterRef("version__article"), user=user
        )
        asked = Assignment.objects.filter(
            version__article=OuterRef("version__article"), reviewer=user
        )
        return found.filter(~Exists(own_text)).filter(Q(reviewer=user) | ~Exists(asked))
    return found.filter(reviewer=user)


def round_of_assignment() -> Coalesce:
    """Which version of its article that went to reviewers an assignment is about."""
    reviewed = Exists(Assignment.objects.filter(version=OuterRef("pk")))
    sent = Version.objects.filter(
        reviewed,
        article=OuterRef("version__article"),
        number__lte=OuterRef("version__number"),
    )
    counted = sent.order_by().values("article").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 1)


def author_desk(user: User) -> QuerySet[Version]:
    """The author's versions that are not over, newest first."""
    own = Authorship.objects.filter(user=user).values("article")
    return (
        Version.objects.filter(_reads_as_author(user), article__in=own)
        .exclude(state=VersionState.SUPERSEDED)
        .select_related("article")
        .order_by("-id")
    )


def reviewer_desk(user: User) -> QuerySet[Assignment]:
    """What waits for a reviewer: invitations and reviews, the earliest due first."""
    return (
        Assignment.objects.filter(reviewer=user, state__in=ASSIGNMENT_OPEN)
        .select_related("version__article")
        .order_by("respond_by", "id")
    )


def reviewer_past(user: User) -> QuerySet[Assignment]:
    """What a reviewer has behind them, newest first."""
    return (
        Assignment.objects.filter(reviewer=user)
        .exclude(state__in=ASSIGNMENT_OPEN)
        .select_related("version__article")
        .order_by("-id")
    )


def held_effects(user: User) -> QuerySet[Outbox]:
    """Mail and publications that need a hand: nobody knows, or given up."""
    return effects(user).filter(status__in=HELD).order_by("id")


def effects(user: User) -> QuerySet[Outbox]:
    """
    Mail and publications, held or not, that `user` may decide about.

    Those about a text that they wrote or review would tell them who reviews it; those
    about somebody's account are for whoever watches over the roles.
    """
    found = Outbox.objects.filter(desk_lists.Others.than(user).of(Outbox))
    return found.select_related("recipient", "event__version__article")


def timeline(version: Version) -> QuerySet[Event]:
    """What happened to a version, oldest first."""
    about = Q(version=version) | Q(article=version.article_id, version=None)
    return (
        Event.objects.filter(about, article=version.article_id)
        .select_related("actor", "assignment__reviewer")
        .order_by("seq")
    )


def inbox(user: User) -> QuerySet[Notification]:
    """A person's notices, newest first."""
    return Notification.objects.filter(recipient=user).order_by("-id")


def authors(article: Article) -> QuerySet[Authorship]:
    """Everybody listed as an author, in order, whether they have joined or not."""
    listed = Authorship.objects.filter(article=article)
    return listed.select_related("article", "user", "invited_by").order_by(
        "position", "pk"
    )
