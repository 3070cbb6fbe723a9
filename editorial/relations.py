"""
What ties a board member to a text: its authors, its sources, what it is about.

One query brings what the database knows of each member; the rest is held against
what the version itself says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import freezing
from articles.models import Article, Authorship
from editorial import matching, people, queries, rows
from editorial.models import BoardMember, Event
from reviews import declarations
from reviews.interests import LOOK_BACK_MONTHS
from reviews.models import Absence, Assignment
from reviews.states import OPEN, STANDING
from reviews.tiers import QUORUM, RESPOND_DAYS, add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from articles.models import Version
    from editorial.models import User

LONGEST_REVIEW = max(quorum.review_days for quorum in QUORUM.values())
MOST_INITIALS = 3


def board(version: Version, members: Iterable[int]) -> QuerySet[BoardMember]:
    """
    The board members among `members`, with what decides whether they may review.

    `load` is the number of reviews they have open, `wrote` whether they are authors,
    `handles` whether they are in charge or acted on the version at the desk,
    `wrote_with` whether they wrote with its authors lately, `away_until` the end of
    their days away, `declared` what they declared last.
    """
    return _weighed(version).filter(user__in=list(members))


def serving(version: Version) -> QuerySet[BoardMember]:
    """Everybody who serves on the board today and is not asked already."""
    today = timezone.localdate()
    asked = Assignment.objects.filter(
        version=version, reviewer=OuterRef("user"), state__in=STANDING
    )
    return (
        _weighed(version)
        .filter(~Exists(asked), user__is_active=True, since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .order_by("user__name", "pk")
    )


def _weighed(version: Version) -> QuerySet[BoardMember]:
    open_now = Assignment.objects.filter(
        reviewer=OuterRef("user"), state__in=OPEN
    ).order_by()
    load = open_now.values("reviewer").annotate(n=Count("pk")).values("n")
    latest = declarations.of(OuterRef("user"))
    return BoardMember.objects.select_related("user").annotate(
        wrote=_wrote(version),
        handles=_handles(version),
        wrote_with=_wrote_with(version),
        away_until=Subquery(_away(version).values("last_day")[:1]),
        declared=Subquery(latest.values("answers")[:1]),
        load=Coalesce(Subquery(load), 0),
    )


def _wrote(version: Version) -> Exists:
    authors = Authorship.objects.filter(article=version.article_id)
    return Exists(authors.filter(user=OuterRef("user")))


def _handles(version: Version) -> Q:
    """Who is or ever was in charge of the article, or acted on this version."""
    did = Event.objects.filter(version=version, actor=OuterRef("user"))
    on_own_review = Q(assignment__reviewer=OuterRef("user"))
    acted = did.filter(~on_own_review, kind__in=queries.HANDLING)
    in_charge = Article.history.filter(id=version.article_id, editor=OuterRef("user"))
    is_now = Q(user=version.article.editor_id)
    return Q(Exists(acted)) | Q(Exists(in_charge)) | is_now


def _wrote_with(version: Version) -> Exists:
    """Whether a text they wrote together was worked on in the last three years."""
    since = add_months(timezone.localdate(), -LOOK_BACK_MONTHS)
    authors = Authorship.objects.filter(article=version.article_id)
    authors = authors.exclude(user__email__in=people.BUILT_IN)
    together = Authorship.objects.filter(
        article=OuterRef("article"),
        joined_at__isnull=False,
        user__in=authors.values("user"),
    ).exclude(user=OuterRef("user"))
    shared = Authorship.objects.filter(
        user=OuterRef("user"),
        joined_at__isnull=False,
        article__versions__created_at__date__gte=since,
    ).exclude(article=version.article_id)
    return Exists(shared.filter(Exists(together)))


def _away(version: Version) -> QuerySet[Absence]:
    """Days away in the time that a review of the version would take."""
    today = timezone.localdate()
    quorum = QUORUM.get(version.article.tier)
    days = RESPOND_DAYS + (quorum.review_days if quorum else LONGEST_REVIEW)
    return Absence.objects.filter(
        person=OuterRef("user"),
        first_day__lte=today + dt.timedelta(days=days),
        last_day__gte=today,
    ).order_by("-last_day")


def unfit(member: BoardMember, version: Version, *, by: User | None) -> str | None:
    """Why a member of `board` or `serving` cannot review the version, or None."""
    return next(_objections(member, version, by), None)


def _objections(
    member: BoardMember, version: Version, by: User | None
) -> Iterator[str]:
    today, facts = timezone.localdate(), member.__dict__
    if not member.user.is_active:
        yield "Only active members of the board can review."
    if member.since > today or (member.until is not None and member.until < today):
        yield f"{member} does not serve on the board today."
    if facts["wrote"]:
        yield f"{member} wrote this article and cannot review it."
    if facts["handles"] or (by is not None and member.user_id == by.pk):
        yield "An editor cannot review a version they handle."
    yield from _ties(member, version)
    if until := facts["away_until"]:
        yield f"{member} is away in the time of this review, until {until:%-d %B %Y}."
    if facts["load"] >= member.load_cap:
        yield f"{member} has {facts['load']} open reviews, the most they take."


def _ties(member: BoardMember, version: Version) -> Iterator[str]:
    facts = member.__dict__
    if found := matching.found(version, facts["declared"]):
        yield f"{member} declared an interest in {' and '.join(found)}."
    if author := _colleague(member, version):
        yield f"{member} has the same employer as {author}, an author."
    if facts["wrote_with"]:
        yield f"{member} wrote with an author of this article in the last three years."
    if any(is_same(member.user.name, name) for name in _cited(version)):
        yield f"{member} wrote a work that is cited."


def _colleague(member: BoardMember, version: Version) -> User | None:
    employer = matching.fold(member.user.affiliation)
    if not employer:
        return None
    authors = (row.user for row in rows.authors(version.article))
    others = (user for user in authors if user.pk != member.user_id)
    return next((u for u in others if matching.fold(u.affiliation) == employer), None)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an author of a cited work, in folded words."""

    family: tuple[str, ...]
    given: str
    is_initial: bool


def _cited(version: Version) -> set[Name]:
    """Who wrote the works that the version cites; read once for a version."""
    known = version.__dict__
    if "cited_people" not in known:
        freezing.read_citations(version)
        items = (c.csl or c.work.csl for c in version.citations.all())
        known["cited_people"] = {n for item in items for n in _people_of(item)}
    found: set[Name] = known["cited_people"]
    return found


def _people_of(item: dict[str, Any]) -> Iterator[Name]:
    for person in item.get("author", ()):
        given = str(person.get("given", "")).split()
        particle = person.get("non-dropping-particle", "")
        family = tuple(matching.words(f"{particle} {person.get('family', '')}"))
        first = matching.words(given[0]) if given else []
        if family and first:
            yield Name(family, first[0], _is_initials(given[0]))


def _is_initials(given: str) -> bool:
    bare = given.replace(".", "")
    return len(bare) == 1 or (bare.isupper() and len(bare) <= MOST_INITIALS)


def is_same(name: str, cited: Name) -> bool:
    """Whether a person of that name may be the author: by surname and first name."""
    found = matching.words(name)
    if len(found) <= len(cited.family):
        return False
    if tuple(found[-len(cited.family) :]) != cited.family:
        return False
    first = found[0]
    if cited.is_initial or len(first) == 1:
        return first[0] == cited.given[0]
    return first == cited.given
