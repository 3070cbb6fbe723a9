"""Whom the editors ask to review, who stands by, and who steps in for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.states import VersionState
from editorial import ledger, people, relations, workflow
from editorial.errors import Refused
from editorial.ledger import Deed, Noted, Subject, taking
from editorial.models import Event
from reviews import panel, pseudonyms
from reviews.models import Alternate, Assignment
from reviews.tiers import RESPOND_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Version
    from editorial.models import BoardMember, User


def invite(
    version_id: int, *, by: User, reviewers: Iterable[int], seen: int | None = None
) -> Version:
    """Ask further reviewers about a version under review."""
    noted = Noted()
    with taking(workflow.INVITE, version_id, by=by, seen=seen, noted=noted) as version:
        if panel.is_split(version):  # they see no vote; the record says what it was for
            noted.facts["split"] = True
        ask(version, list(reviewers), by=by, noted=noted)
    return version


def unassign(
    assignment_id: int, *, by: User, reason: str, seen: int | None = None
) -> Assignment:
    """Take an invitation or an unfinished review back."""
    with taking(
        workflow.UNASSIGN, assignment_id, by=by, reason=reason, seen=seen
    ) as assignment:
        assignment.withdraw(reason=reason)
    return assignment


def expire(
    assignment_id: int, *, by: User, reason: str, seen: int | None = None
) -> Assignment:
    """End a review that is overdue."""
    noted = Noted()
    with taking(
        workflow.EXPIRE, assignment_id, by=by, reason=reason, seen=seen, noted=noted
    ) as assignment:
        assignment.expire(reason=reason)
        step_in(assignment, noted=noted)
    return assignment


def name_alternates(
    version_id: int, *, by: User, alternates: Iterable[int], seen: int | None = None
) -> Version:
    """Say who steps in, in this order, when somebody declines or stays silent."""
    noted = Noted()
    with taking(
        workflow.NAME_ALTERNATES, version_id, by=by, seen=seen, noted=noted
    ) as version:
        stand_by(version, list(alternates), by=by, noted=noted)
    return version


def ask(version: Version, reviewers: list[int], *, by: User, noted: Noted) -> None:
    if not reviewers:
        message = "Choose at least one reviewer."
        raise Refused(message)
    chosen = _fit(version, reviewers, by=by)
    noted.rows += assign(version, chosen, by=by)
    noted.facts["reviewers"] = sorted(set(reviewers))


def stand_by(
    version: Version, alternates: list[int], *, by: User, noted: Noted
) -> None:
    """Put these people in the place of whoever stood by."""
    chosen = _fit(version, alternates, by=by)
    _strike(version.alternates.order_by("rank", "pk"), noted=noted)
    noted.rows += Alternate.objects.bulk_create(
        Alternate(version=version, reviewer=member.user, rank=rank, named_by=by)
        for rank, member in enumerate(chosen, start=1)
    )
    noted.facts["alternates"] = [member.user_id for member in chosen]


def _strike(alternates: Iterable[Alternate], *, noted: Noted) -> None:
    """They stand by no longer, and the event says which rows are gone."""
    for alternate in alternates:
        struck: list[str] = noted.facts.setdefault("struck", [])
        struck.append(ledger.row_name(alternate))
        alternate.delete()


def _fit(version: Version, people: list[int], *, by: User) -> list[BoardMember]:
    """The board members of these accounts, if all of them can be asked."""
    asked = panel.asked(version)
    members = {member.user_id: member for member in relations.board(version, people)}
    for pk in dict.fromkeys(people):
        if (member := members.get(pk)) is None:
            message = "Only active members of the board can review."
            raise Refused(message)
        if pk in asked:
            message = f"{member} has been asked already."
            raise Refused(message)
        if objection := relations.unfit(member, version, by=by):
            raise Refused(objection)
    return [members[pk] for pk in dict.fromkeys(people)]


def step_in(gone: Assignment, *, noted: Noted) -> Assignment | None:
    """
    Ask the next alternate in the place of somebody who is gone, as the system.

    Those who cannot review by now are passed over, and the event says why.
    """
    version = gone.version
    if version.state != VersionState.UNDER_REVIEW:
        return None
    waiting = list(version.alternates.select_related("named_by").order_by("rank", "pk"))
    if not waiting:
        return None
    known = {m.user_id: m for m in _board_of(version, waiting)}
    for alternate in waiting:
        _strike([alternate], noted=noted)
        member = known.get(alternate.reviewer_id)
        if member and not (why := _hindrance(member, version, alternate)):
            return _take_the_place(gone, member, alternate, noted=noted)
        why = why if member else "They are on the board no longer."
        passed: list[Any] = noted.facts.setdefault("passed_over", [])
        passed.append({"reviewer": alternate.reviewer_id, "why": why})
    return None


def _board_of(version: Version, waiting: list[Alternate]) -> Iterable[BoardMember]:
    return relations.board(version, [row.reviewer_id for row in waiting])


def _hindrance(
    member: BoardMember, version: Version, alternate: Alternate
) -> str | None:
    if member.user_id in panel.asked(version):
        return f"{member} has been asked already."
    return relations.unfit(member, version, by=alternate.named_by)


def _take_the_place(
    gone: Assignment, member: BoardMember, alternate: Alternate, *, noted: Noted
) -> Assignment:
    """Who named them asks them; that it happened now is the system's deed."""
    [asked] = assign(gone.version, [member], by=alternate.named_by)
    facts = {"reviewers": [member.user_id], "in_place_of": gone.reviewer_id}
    subject = Subject(gone.version.article, gone.version, asked)
    deed = Deed(
        Event.Kind.INVITED,
        people.system(),
        after=asked.state,
        noted=Noted(facts=facts),
    )
    noted.then.append((subject, deed))
    return asked


def assign(
    version: Version, members: list[BoardMember], *, by: User
) -> list[Assignment]:
    now = timezone.now()
    letters = pseudonyms.draw(version, [m.user_id for m in members])
    assignments = [
        Assignment(
            version=version,
            reviewer=member.user,
            invited_by=by,
            in_specialty=version.article.specialty in member.specialties,
            invited_at=now,
            pseudonym=letters[member.user_id],
            respond_by=now + dt.timedelta(days=RESPOND_DAYS),
        )
        for member in members
    ]
    for assignment in assignments:
        ledger.attribute(assignment, by=by)
    Assignment.objects.bulk_create(assignments)
    Assignment.history.bulk_history_create(assignments)
    return assignments
