"""What the editors do: send to review, invite, change the tier, return, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.vocabulary import Specialty, Tier
from editorial import (
    impartiality,
    ledger,
    letters,
    policies,
    rows,
    shopfront,
    workflow,
)
from editorial.actions import entities as about
from editorial.actions import inviting, reviewing
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from reviews import panel
from reviews.models import Comment
from reviews.tiers import QUORUM, is_lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Article, Version
    from editorial.letters import Request
    from editorial.models import User


def send_to_review(
    version_id: int,
    *,
    by: User,
    tier: str,
    specialty: str,
    reviewers: Iterable[int],
    reason: str = "",
    alternates: Iterable[int] = (),
    entities: str | None = None,
    entities_drawn: str | None = None,
    seen: int | None = None,
) -> Version:
    """
    Triage a version and ask its reviewers; the sender takes it if nobody here has it.

    `entities` are the companies and products it is about, as far as they are said, in
    place of those that were drawn.
    """
    noted = Noted()
    with taking(
        workflow.SEND_TO_REVIEW,
        version_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ) as version:
        article = version.article
        noted.facts |= about.put(
            rows.lend_up(version), entities, drawn=entities_drawn, reason=reason
        )
        noted.facts |= _take_charge(article, by=by)
        _triage(article, by=by, tier=tier, specialty=specialty, reason=reason)
        if objection := impartiality.who_acts_has_no_interest(version):
            raise Refused(objection)
        version.send_to_review()
        panel.begin(version)
        noted.facts |= {"tier": tier, "specialty": specialty}
        inviting.ask(version, list(reviewers), by=by, noted=noted)
        if standing_by := [pk for pk in alternates if pk not in set(reviewers)]:
            inviting.stand_by(version, standing_by, by=by, noted=noted)
        shopfront.refresh(version, noted=noted)
    return version


def change_tier(
    article_id: int,
    *,
    by: User,
    tier: str,
    reason: str,
    specialty: str = "",
    seen: int | None = None,
) -> Article:
    """
    Raise the risk tier, or, as a chief editor, lower it.

    Approval in tiers A and B needs a specialty, which can be set here as well.
    """
    noted = Noted()
    with taking(
        workflow.CHANGE_TIER, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        noted.facts |= {"from": article.tier, "to": tier}
        noted.version = article.versions.order_by("-number").first()
        _set_tier(article, tier, by=by)
        article.specialty = _known(specialty) or article.specialty
        shopfront.require_allowed(article)
    return article


def return_for_changes(
    version_id: int,
    *,
    by: User,
    reason: str,
    requests: Sequence[Request] = (),
    seen: int | None = None,
) -> Version:
    """
    Send a version back to its authors with a letter, and what it asks for by number.

    A letter without requests is one request itself. Each is an item that the next draft
    must answer, unless it is optional.
    """
    wanted, noted = letters.cleaned(requests), Noted()
    with taking(
        workflow.RETURN, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        letters.number(version, wanted, by=by, noted=noted)
        version.return_for_changes(reason=reason)
        reviewing.let_go(version, by=by, noted=noted)
        shopfront.end_with(version, by=by, noted=noted)
    return version


def reject(
    version_id: int, *, by: User, reason: str, seen: int | None = None
) -> Version:
    """End a version for good."""
    noted = Noted()
    with taking(
        workflow.REJECT, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        version.reject(reason=reason)
        reviewing.let_go(version, by=by, noted=noted)
        shopfront.end_with(version, by=by, noted=noted)
    return version


def resolve(
    version_id: int, *, by: User, comment_id: int, reason: str, seen: int | None = None
) -> Comment:
    """Close a comment, saying why it no longer stands."""
    noted = Noted()
    with taking(
        workflow.RESOLVE, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        comment = _open_comment(version, comment_id)
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.resolution = reason
        ledger.attribute(comment, by=by, reason=reason)
        comment.save()
        noted.facts["comment"] = comment.pk
        noted.rows.append(comment)
    return comment


def _open_comment(version: Version, comment_id: int) -> Comment:
    found = Comment.objects.filter(version=version, pk=comment_id)
    comment = found.select_related("resolved_by").first()
    if comment is None:
        message = "That comment belongs to another version."
        raise Refused(message)
    if comment.resolved_at:
        who = str(comment.resolved_by)
        raise MovedOn("Comment resolved", who=who, when=comment.resolved_at)
    return comment


def _take_charge(article: Article, *, by: User) -> dict[str, int]:
    """Whoever sends what nobody here has is in charge; else it stays where it is."""
    if rows.editor_is_here(article):
        return {}
    article.editor = by
    return {"editor": by.pk}


def _triage(
    article: Article, *, by: User, tier: str, specialty: str, reason: str
) -> None:
    if specialty not in Specialty.values and (specialty or tier in (Tier.A, Tier.B)):
        message = "Choose the specialty that one of the reviewers must come from."
        raise Refused(message)
    _require_known(tier)
    if is_lower(tier, than=article.tier) and not reason.strip():
        message = "Lowering the risk tier needs a reason."
        raise Refused(message)
    _set_tier(article, tier, by=by)
    shopfront.require_allowed(article)
    article.specialty = specialty
    ledger.attribute(article, by=by)
    article.save()


def _known(specialty: str) -> str:
    if specialty and specialty not in Specialty.values:
        message = "Choose a specialty from the list."
        raise Refused(message)
    return specialty


def _require_known(tier: str) -> None:
    if tier not in QUORUM:
        message = "Choose risk tier A, B or C."
        raise Refused(message)


def _set_tier(article: Article, tier: str, *, by: User) -> None:
    _require_known(tier)
    if is_lower(tier, than=article.tier) and not policies.is_article_chief(by, article):
        raise PermissionDenied
    article.tier = tier
