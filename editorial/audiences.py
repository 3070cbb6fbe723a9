"""
Kinds of people who hear of an event: how they are found, and what they may know.

Each is asked twice: when the event is written, for whom a notice and a mail are owed,
and when a mail goes out, for whom it still is. Meanwhile somebody may have left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from articles.models import Authorship, Version
from articles.prepared import Prepared
from editorial import people, policies, roles, rows, rules
from editorial.models import Event, User
from reviews.models import Assignment
from reviews.states import OPEN, AssignmentState

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """
    Who hears of an event, and whether one of them may know of it `still`.

    `who` and `sentence` say so to people; what `waits` goes out with a digest.
    """

    notices: Callable[[Occasion], Iterable[Notice]]
    still: Callable[[User, Any], bool]
    who: str
    sentence: str
    waits: bool = False


def authors(sentence: str, *, waits: bool = False) -> Audience:
    """The authors of the article who joined read `sentence`."""

    def notices(occasion: Occasion) -> list[Notice]:
        listed = JOINED(occasion.version.article_id)
        return [_about(occasion.version, row.user_id, sentence) for row in listed]

    return Audience(notices, _is_author, "The authors", sentence, waits)


def _joined(article: int) -> QuerySet[Authorship]:
    listed = Authorship.objects.filter(article=article, joined_at__isnull=False)
    return listed.exclude(user__email__in=people.BUILT_IN).order_by("position")


JOINED = Prepared(_joined, count=1)


def the_invited(sentence: str) -> Audience:
    """Whom an author asked to write reads it, and answers on the authors' page."""

    def notices(occasion: Occasion) -> list[Notice]:
        page = reverse("desk-authors", args=[occasion.version.article_id])
        return _concerned(occasion, sentence, page)

    return Audience(notices, _is_listed, "Who is asked to write", sentence)


def the_uninvited(sentence: str) -> Audience:
    """Whom nobody asks any longer reads it, though they see nothing of it now."""

    def notices(occasion: Occasion) -> list[Notice]:
        return _concerned(occasion, sentence, reverse("desk"))

    return Audience(notices, _anybody, "Who is asked no longer", sentence)


def desk(sentence: str, *, waits: bool = False) -> Audience:
    """The editor in charge reads `sentence`, or the whole desk while none is here."""

    def notices(occasion: Occasion) -> list[Notice]:
        article = occasion.version.article
        here = article.editor_id if rows.editor_is_here(article) else None
        ids = [here] if here else _keys(DESK_OF(article.pk))
        return [_about(occasion.version, pk, sentence) for pk in ids]

    who = "The editor in charge, or the desk while there is none"
    return Audience(notices, policies.is_deciding_editor, who, sentence, waits)


def desk_of_review(sentence: str) -> Audience:
    """The same people read it, and act on the page of the review that it is about."""
    told = desk(sentence)

    def notices(occasion: Occasion) -> list[Notice]:
        page = reverse("desk-assignment", args=[occasion.event.assignment_id])
        return [replace(notice, path=page) for notice in told.notices(occasion)]

    return replace(told, notices=notices)


def the_new_editor(sentence: str) -> Audience:
    """Who was put in charge reads it, as long as they are."""
    return replace(desk(sentence), still=_is_in_charge, who="The editor in charge")


def the_former_editor(sentence: str, *, waits: bool = False) -> Audience:
    """Who was in charge reads it, unless they are again."""

    def notices(occasion: Occasion) -> list[Notice]:
        version = occasion.version
        return [_about(version, pk, sentence) for pk in occasion.concerns]

    who = "The editor who was in charge"
    return Audience(notices, _has_given_it_up, who, sentence, waits)


def _is_in_charge(user: User, version: Version) -> bool:
    is_here = version.article.editor_id == user.pk
    return is_here and policies.is_deciding_editor(user, version)


def _has_given_it_up(user: User, version: Version) -> bool:
    is_here = version.article.editor_id == user.pk
    return not is_here and policies.is_editor(user, version)


def _outside(groups: frozenset[str], article: int) -> QuerySet[User]:
    """The people in `groups` who neither wrote the article nor were asked to review it."""
    active = User.objects.filter(groups__name__in=groups, is_active=True)
    asked = Assignment.objects.filter(reviewer=OuterRef("pk"), version__article=article)
    outside = active.filter(~Exists(asked)).exclude(authorships__article=article)
    return outside.only("pk")


DESK_OF = Prepared(partial(_outside, roles.DESK), count=1)
CHIEFS_OF = Prepared(partial(_outside, frozenset({roles.CHIEF_EDITOR})), count=1)


def _keys(found: Iterable[User]) -> list[int]:
    """Of each person once, whatever their number of groups."""
    return sorted({person.pk for person in found})


def reviewers(sentence: str, *states: AssignmentState, waits: bool = False) -> Audience:
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

    open_only = set(states) <= set(OPEN)
    still = partial(_is_asked, states=states) if open_only else _was_asked
    return Audience(notices, still, "The reviewers concerned", sentence, waits)


def judges(sentence: str) -> Audience:
    """Who reported on the version reads it; they see no more of it than before."""

    def notices(occasion: Occasion) -> list[Notice]:
        reported = Assignment.objects.filter(
            version=occasion.version, state=AssignmentState.REPORTED
        ).order_by("pk")
        return [
            Notice(
                found.reviewer_id,
                _headed(sentence, occasion.version),
                found.get_absolute_url(),
            )
            for found in reported
        ]

    who = "The reviewers of that version"
    return Audience(notices, _was_asked, who, sentence)


def signers(sentence: str) -> Audience:
    """The desk, as far as it may sign, reads it on the page of the article's standing."""

    def notices(occasion: Occasion) -> list[Notice]:
        version = occasion.version
        text, page = _headed(sentence, version), _standing_page(version)
        return [Notice(pk, text, page) for pk in _keys(DESK_OF(version.article_id))]

    return Audience(notices, policies.is_deciding_editor, "The desk", sentence)


def the_proposer(sentence: str) -> Audience:
    """Who proposed the notice reads that it was not issued."""

    def notices(occasion: Occasion) -> list[Notice]:
        return _concerned(occasion, sentence, _standing_page(occasion.version))

    return Audience(notices, _anybody, "Who proposed the notice", sentence)


def _standing_page(version: Version) -> str:
    return reverse("desk-standing", args=[version.article_id])


def chiefs(sentence: str) -> Audience:
    """Chief editors who may decide read `sentence`."""

    def notices(occasion: Occasion) -> list[Notice]:
        version = occasion.version
        found = _keys(CHIEFS_OF(version.article_id))
        return [_about(version, pk, sentence) for pk in found]

    who = "The chief editors who may decide"
    return Audience(notices, policies.is_approver, who, sentence)


def deciders(sentence: str) -> Audience:
    """Chief editors who may decide read it, once the quorum is in."""
    told = chiefs(sentence)

    def notices(occasion: Occasion) -> Iterable[Notice]:
        is_in = rules.the_quorum_is_in(occasion.version) is None
        return told.notices(occasion) if is_in else ()

    who = f"{told.who}, once the quorum is in"
    return Audience(notices, policies.is_approver, who, sentence)


def overseers(text: str, account: User) -> list[Notice]:
    """Administrators and chief editors read what became of somebody's account."""
    pages = {
        True: reverse("admin:editorial_user_change", args=[account.pk]),
        False: reverse("desk"),
    }
    watching = people.overseers().order_by("pk").values_list("pk", "is_staff")
    return [Notice(pk, text, pages[is_staff]) for pk, is_staff in watching]


def _nobody_by_the_text(_occasion: Occasion) -> tuple[Notice, ...]:
    return ()


def _oversees(user: User, _about: Version | None) -> bool:
    return roles.oversees(user)


OVERSEERS = Audience(
    _nobody_by_the_text,
    _oversees,
    "Administrators and chief editors",
    "A role that decides was proposed or given",
)
"""An account's event is about no text: `overseers` finds who is told of it."""


def _is_author(user: User, version: Version) -> bool:
    return policies.joined(user, version, version.article_id)


def _is_listed(user: User, version: Version) -> bool:
    return policies.wrote(user, version, version.article_id)


def _is_asked(
    user: User, version: Version, *, states: tuple[AssignmentState, ...]
) -> bool:
    """Whether a reviewer has a task on it that still stands as they were told."""
    own = Assignment.objects.filter(version=version, reviewer=user, state__in=states)
    return roles.REVIEWER in user.roles and own.exists()


def _was_asked(user: User, version: Version) -> bool:
    return policies.was_asked(user, version, version.article_id)


def _anybody(_user: User, _version: Version) -> bool:
    return True


def _concerned(occasion: Occasion, sentence: str, page: str) -> list[Notice]:
    text = _headed(sentence, occasion.version)
    return [Notice(pk, text, page) for pk in occasion.concerns]


def _about(version: Version, user_id: int, sentence: str) -> Notice:
    return Notice(user_id, _headed(sentence, version), version.get_absolute_url())


def _headed(sentence: str, version: Version) -> str:
    return f"{sentence}: {version.question}"
