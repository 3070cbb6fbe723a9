"""
Who knows whose name: one answer for pages, mails, notices, exports and refusals.

The desk knows all. Authors and reviewers know what the article's blinding allows; who
must not know a name is told a pseudonym, which is one person's in the whole article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from articles.models import Article, Version
from articles.vocabulary import Blinding
from editorial import noticing, policies, queries, roles
from editorial.models import Event
from reviews import pseudonyms
from reviews.models import Assignment
from reviews.states import OPEN, AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from editorial.models import User

AN_AUTHOR = "An author"

K = Event.Kind
AUTHOR_SEES = frozenset(
    {
        *(K.CREATED, K.IMPORTED, K.SUBMITTED, K.RECALLED, K.WITHDRAWN, K.REVISED),
        *(K.AUTHOR_INVITED, K.AUTHOR_JOINED, K.AUTHOR_DECLINED, K.AUTHOR_UNINVITED),
        *(K.AUTHORS_ARRANGED, K.AUTHORS_REMINDED),
        *(
            K.BLINDING_CHANGED,
            K.TIER_CHANGED,
            K.SENT_TO_REVIEW,
            K.RETURNED,
            K.REJECTED,
            K.APPROVED,
        ),
        *(K.PUBLISHED, K.PREVIEW_SHOWN, K.PREVIEW_ENDED),
        *noticing.ISSUED,
    }
)
REVIEWER_SEES = frozenset(
    {
        *(K.SUBMITTED, K.SENT_TO_REVIEW, K.RETURNED, K.REJECTED, K.APPROVED),
        *(K.PUBLISHED, *noticing.ISSUED),
    }
)


class Seat(Enum):
    """From where somebody looks at a version; the most blinded seat wins."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    DESK = "desk"
    AUDITOR = "auditor"

    @property
    def sees_all(self) -> bool:
        return self in (Seat.DESK, Seat.AUDITOR)


def seat_of(user: User, version: Version) -> Seat:
    if policies.is_author(user, version):
        return Seat.AUTHOR
    is_listed = policies.wrote(user, version, version.article_id)
    if is_listed or policies.was_asked(user, version, version.article_id):
        return Seat.REVIEWER
    if not queries.sees_everything(user):
        return Seat.REVIEWER
    return Seat.DESK if roles.on_the_desk(user) else Seat.AUDITOR


def shows(seat: Seat, user: User, event: Event) -> bool:
    """Whether a timeline shows it: all to the desk, to reviewers what is their own."""
    if seat is Seat.AUTHOR:
        return event.kind in AUTHOR_SEES
    if seat is Seat.REVIEWER:
        own = event.assignment and event.assignment.reviewer_id == user.pk
        return bool(own) or event.kind in REVIEWER_SEES
    return True


@dataclass(frozen=True, slots=True)
class Panel:
    """The reviewers of an article: by which letter, and whose version is decided."""

    letters: Mapping[int, str] = field(default_factory=dict)
    decided: frozenset[int] = frozenset()
    states: frozenset[tuple[int, int, str]] = frozenset()

    def has_submitted(self, reviewer: int, version: int) -> bool:
        """Whether their review of it is in, and none of theirs is open."""
        own = {
            state for one, on, state in self.states if (one, on) == (reviewer, version)
        }
        return AssignmentState.REPORTED in own and own.isdisjoint(OPEN)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may know of the others around a version."""

    user_id: int
    seat: Seat
    blinding: str
    knows_authors: bool
    authors: frozenset[int] = frozenset()
    panel: Panel = Panel()

    def name(self, person: User) -> str:
        """The name under which this person may know another; their own is theirs."""
        if self.seat.sees_all or person.pk == self.user_id or person.is_machine:
            return person.printed_name
        if person.pk in self.panel.letters and not self._knows_reviewer(person.pk):
            return pseudonyms.spelled(self.panel.letters[person.pk])
        if person.pk in self.authors and not self.knows_authors:
            return AN_AUTHOR
        return person.printed_name

    def _knows_reviewer(self, pk: int) -> bool:
        if self.blinding != Blinding.OPEN:
            return False
        return self.seat is Seat.REVIEWER or pk in self.panel.decided


def sight(user: User, version: Version) -> Sight:
    """Asked once for a version and a person, however many names are told."""
    known = version.__dict__.setdefault("sights", {})
    if user.pk not in known:
        known[user.pk] = _sight(user, version)
    found: Sight = known[user.pk]
    return found


def _sight(user: User, version: Version) -> Sight:
    seat, article = seat_of(user, version), version.article
    if seat.sees_all:
        return Sight(user.pk, seat, article.blinding, knows_authors=True)
    listed: frozenset[int] = frozenset()
    if article.blinding == Blinding.DOUBLE:
        listed = frozenset(article.authorships.values_list("user", flat=True))
    knows = _knows_authors(user, article, listed)
    return Sight(user.pk, seat, article.blinding, knows, listed, _panel(article))


def _knows_authors(user: User, article: Article, listed: frozenset[int]) -> bool:
    return article.blinding != Blinding.DOUBLE or user.pk in listed


def _panel(article: Article) -> Panel:
    asked = Assignment.objects.filter(version__article=article)
    columns = ("reviewer", "version", "state", "pseudonym", "version__decided_at")
    rows = list(asked.values_list(*columns))
    letters: dict[int, str] = {}
    for pk, _, _, letter, _ in rows:
        letters[pk] = letters.get(pk) or letter
    return Panel(
        letters,
        frozenset(pk for pk, _, _, _, at in rows if at),
        frozenset((pk, on, state) for pk, on, state, _, _ in rows),
    )


def has_submitted(user: User, version: Version) -> bool:
    """Whether their review is in, and none of theirs is open, so that they may look."""
    return sight(user, version).panel.has_submitted(user.pk, version.pk)


def hides_authors(user: User, article: Article) -> bool:
    """Whether somebody was asked to judge, double blind, who wrote it."""
    return bool(hidden_bylines(user, [article]))


def hidden_bylines(user: User, articles: Iterable[Article]) -> set[int]:
    """The articles among these whose authors this person must not know."""
    double = {a.pk for a in articles if a.blinding == Blinding.DOUBLE}
    if not double:
        return set()
    asked = Assignment.objects.filter(version__article__in=double, reviewer=user)
    return set(asked.values_list("version__article", flat=True))


def veil(user: User, versions: Iterable[Version]) -> None:
    """Take the bylines off the versions in a list whose authors must not be known."""
    rows = list(versions)
    hidden = hidden_bylines(user, (row.article for row in rows))
    for row in rows:
        if row.article_id in hidden:
            row.byline = []
