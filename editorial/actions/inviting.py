"""Whom the editors ask to review: invite, take back, end what is overdue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from editorial import ledger, queries, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews import panel, pseudonyms
from reviews.models import Assignment
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
    with taking(
        workflow.EXPIRE, assignment_id, by=by, reason=reason, seen=seen
    ) as assignment:
        assignment.expire(reason=reason)
    return assignment


def ask(version: Version, reviewers: list[int], *, by: User, noted: Noted) -> None:
    if not reviewers:
        message = "Choose at least one reviewer."
        raise Refused(message)
    asked = panel.asked(version)
    members = {member.user_id: member for member in queries.board(version, reviewers)}
    for pk in dict.fromkeys(reviewers):
        if (member := members.get(pk)) is None:
            message = "Only active members of the board can review."
            raise Refused(message)
        if objection := unfit(member, by=by, asked=asked):
            raise Refused(objection)
    chosen = [members[pk] for pk in dict.fromkeys(reviewers)]
    noted.rows += assign(version, chosen, by=by)
    noted.facts["reviewers"] = sorted(set(reviewers))


def unfit(member: BoardMember, *, by: User, asked: set[int]) -> str | None:
    today = timezone.localdate()
    facts = member.__dict__
    load = facts["load"]
    serves = member.since <= today and (member.until is None or member.until >= today)
    objections = {
        "Only active members of the board can review.": not member.user.is_active,
        f"{member} does not serve on the board today.": not serves,
        f"{member} wrote this article and cannot review it.": facts["wrote"],
        "An editor cannot review a version they handle.": member.user_id == by.pk
        or facts["handles"],
        f"{member} has been asked already.": member.user_id in asked,
        f"{member} has {load} open reviews, the most they take.": load
        >= member.load_cap,
    }
    return next((text for text, holds in objections.items() if holds), None)


def assign(
    version: Version, members: list[BoardMember], *, by: User
) -> list[Assignment]:
    now = timezone.now()
    letters = pseudonyms.draw(version.article_id, [m.user_id for m in members])
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
