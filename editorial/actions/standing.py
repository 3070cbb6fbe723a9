"""
What the public is told of a published article: notices, by two people or at once.

A notice that two must sign is proposed by the first and issued by the second; the
standing, the pages and the notice move together, in the deed that issues it.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from articles import characters
from articles.models import Article, Notice
from articles.states import Standing
from articles.vocabulary import Issuer, Reason, Stance
from editorial import (
    ledger,
    noticing,
    people,
    proof,
    roles,
    rules,
    shopfront,
    workflow,
)
from editorial.actions import publishing
from editorial.errors import MovedOn, Refused
from editorial.ledger import Noted, taking
from editorial.models import Event
from reviews import notices, signing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import NoticeSignature, Version
    from editorial.models import User
    from editorial.workflow import Step

logger = logging.getLogger(__name__)

K, N = Event.Kind, Notice.Kind

WORDS_LENGTH = 5_000
LIFETIME = dt.timedelta(days=14)
"""How long a proposal waits for its second signature."""

PROPOSED = "I propose that this notice is issued."
CONFIRMED = "I have read this notice and issue it."
AT_ONCE = "I issue this notice at once."
BY_ONE = (N.HOLD, N.ARCHIVING)
"""The kinds of notice that one person issues."""
NEVER_OVERTAKEN = (N.RETRACTION, N.REMOVAL)
"""Proposals that mean the same whatever becomes of the article meanwhile."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a notice says; `reasons` are codes of `vocabulary.Reason`."""

    words: str
    reasons: tuple[str, ...]
    stance: str
    issuer: str = Issuer.EDITORS


@dataclass(frozen=True, slots=True)
class Move:
    """What comes of a step: the notice's kind, the standing, the event."""

    kind: str
    after: Standing
    event: str


MOVES: dict[str, Move] = {
    "express_concern": Move(N.CONCERN, Standing.CONCERN, K.CONCERN_EXPRESSED),
    "lift_concern": Move(N.LIFTING, Standing.PUBLISHED, K.CONCERN_LIFTED),
    "hold": Move(N.HOLD, Standing.HELD, K.HELD),
    "release": Move(N.RELEASE, Standing.PUBLISHED, K.RELEASED),
    "release_to_concern": Move(N.CONCERN, Standing.CONCERN, K.CONCERN_EXPRESSED),
    "retract": Move(N.RETRACTION, Standing.RETRACTED, K.RETRACTED),
    "reinstate": Move(N.REINSTATEMENT, Standing.PUBLISHED, K.REINSTATED),
    "remove": Move(N.REMOVAL, Standing.REMOVED, K.REMOVED),
    "archive": Move(N.ARCHIVING, Standing.ARCHIVED, K.ARCHIVED),
}
"""By the name of the step."""


def express_concern(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to tell readers of doubts; like every proposal, public once confirmed."""
    step = workflow.EXPRESS_CONCERN
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def lift_concern(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to say that the doubts are over."""
    step = workflow.LIFT_CONCERN
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def release(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to show again what was put on hold."""
    step = workflow.RELEASE
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def release_to_concern(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to show it again, under an expression of concern."""
    step = workflow.RELEASE_TO_CONCERN
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def retract(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to take back what an article says."""
    step = workflow.RETRACT
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def reinstate(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to undo a retraction, with a version that was approved since."""
    step = workflow.REINSTATE
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def remove(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Propose to take a text out of sight; its title and notices stay."""
    step = workflow.REMOVE
    return _propose(step, article_id, said, proven, by=by, seen=seen)


def confirm(
    article_id: int,
    *,
    by: User,
    sha256: str,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """
    Sign the notice that was proposed, whose hash the signer was shown, and issue it.

    A corrected version that waits is published with it when it ends what stood against
    the article. Refused when the notice is about a text that readers no longer see.
    """
    proof.require(proven, by)
    noted = Noted()
    with taking(workflow.CONFIRM, article_id, by=by, seen=seen, noted=noted) as article:
        notice = noticing.proposal(article)
        step = _step_to(article, notice)
        if notice is None or step is None:
            raise ledger.moved_on(workflow.CONFIRM, article, by=by)
        _require_same(notice, sha256)
        _require_still(step, article)
        signature = _sign(notice, by=by, statement=CONFIRMED)
        version = _issue(step, article, notice, noted=noted)
        _note(noted, notice, signature)
        _show(article, version, noted=noted)
    return notice


def hold(article_id: int, *, by: User, reason: str, seen: int | None = None) -> Notice:
    """Stop an article at once, on one person's word: its text folds behind a warning."""
    noted = Noted()
    board = people.is_on_the_board(by) and not roles.on_the_desk(by)
    issuer = Issuer.BOARD if board else Issuer.EDITORS
    said = Said(reason, (Reason.UNSAFE,), Stance.NOT_ASKED, issuer)
    _require_sense(N.HOLD, said)
    return _at_once(workflow.HOLD, article_id, said, by=by, seen=seen, noted=noted)


def archive(
    article_id: int,
    *,
    by: User,
    said: Said,
    proven: proof.Proof,
    seen: int | None = None,
) -> Notice:
    """Say that nobody keeps an article up to date any more."""
    proof.require(proven, by)
    _require_sense(N.ARCHIVING, said)
    return _at_once(workflow.ARCHIVE, article_id, said, by=by, seen=seen, noted=Noted())


def take_back(
    article_id: int, *, by: User, reason: str, seen: int | None = None
) -> Notice:
    """End a proposal, as who made it or as who will not confirm it."""
    return _end(workflow.TAKE_BACK, article_id, by=by, reason=reason, seen=seen)


def expire_due() -> int:
    """End the proposals that nobody confirmed in time; returns how many."""
    late = Notice.objects.filter(
        issued_at=None, ended_at=None, proposed_at__lte=timezone.now() - LIFETIME
    )
    done = 0
    for pk in late.order_by("proposed_at", "pk").values_list("article", flat=True):
        try:
            let_expire(pk)
            done += 1
        except (MovedOn, Refused):
            logger.info("The proposal on article %s was settled before its day", pk)
    return done


def let_expire(article_id: int) -> Notice:
    return _end(workflow.LET_EXPIRE, article_id, by=people.system())


def _propose(
    step: Step[Article],
    article_id: int,
    said: Said,
    proven: proof.Proof,
    *,
    by: User,
    seen: int | None,
) -> Notice:
    """
    Write and sign a notice, one of `workflow.PROPOSE`, that a second person may issue.

    Nothing of it is public before that.
    """
    proof.require(proven, by)
    noted = Noted()
    _require_sense(MOVES[step.name].kind, said)
    with taking(
        step, article_id, by=by, reason=said.words, seen=seen, noted=noted
    ) as article:
        notice = _written(article, step, said, by=by)
        notice.save(force_insert=True)
        _note(noted, notice, _sign(notice, by=by, statement=PROPOSED))
    return notice


def _end(
    step: Step[Article],
    article_id: int,
    *,
    by: User,
    reason: str = "",
    seen: int | None = None,
) -> Notice:
    noted = Noted()
    with taking(
        step, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        notice = noticing.proposal(article)
        if notice is None:
            raise ledger.moved_on(step, article, by=by)
        is_late = timezone.now() >= notice.proposed_at + LIFETIME
        if step is workflow.LET_EXPIRE and not is_late:
            message = "There is still time to confirm it."
            raise Refused(message)
        by_clock = step is workflow.LET_EXPIRE
        _close(notice, Notice.End.EXPIRED if by_clock else Notice.End.TAKEN_BACK)
        noted.concerns.append(notice.proposed_by_id)
        _note(noted, notice)
    return notice


def _at_once(
    step: Step[Article],
    article_id: int,
    said: Said,
    *,
    by: User,
    seen: int | None,
    noted: Noted,
) -> Notice:
    with taking(
        step, article_id, by=by, reason=said.words, seen=seen, noted=noted
    ) as article:
        notice = _written(article, step, said, by=by)
        _overtake(article, noted=noted)
        version = _issue(step, article, notice, noted=noted)
        _note(noted, notice, _sign(notice, by=by, statement=AT_ONCE))
        _show(article, version, noted=noted)
    return notice


def _written(article: Article, step: Step[Article], said: Said, *, by: User) -> Notice:
    """The notice, not saved, on the text that readers see."""
    version = publishing.shown(article)
    notice = Notice(
        article=article,
        version=version,
        kind=MOVES[step.name].kind,
        before=article.standing,
        after=MOVES[step.name].after,
        reasons=sorted(set(said.reasons)),
        words=characters.visible(said.words).strip(),
        stance=said.stance,
        issuer=said.issuer,
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    notice.sha256 = notices.sha256_of(notice)
    return notice


def _require_sense(kind: str, said: Said) -> None:
    for objection in _objections(kind, said):
        raise Refused(objection)


def _objections(kind: str, said: Said) -> Iterator[str]:
    known = noticing.REASONS[kind]
    if not said.reasons or not set(said.reasons) <= set(known):
        yield "Choose at least one of the reasons there are for this notice."
    if not characters.visible(said.words).strip():
        yield "Say in words what readers must know."
    if len(said.words) > WORDS_LENGTH:
        yield f"Keep the notice within {WORDS_LENGTH:,} characters."
    if said.stance not in Stance.values or said.issuer not in Issuer.values:
        yield "Say what the authors say of it, and in whose name it stands."


def _step_to(article: Article, notice: Notice | None) -> Step[Article] | None:
    """The step that a proposal belongs to, if it still leads on from here."""
    found = (
        step
        for step in workflow.PROPOSE
        if notice is not None
        and MOVES[step.name].after == notice.after
        and article.standing in step.starts_from
    )
    return next(found, None)


def _require_same(notice: Notice, shown: str) -> None:
    if shown != notice.sha256 or notices.sha256_of(notice) != notice.sha256:
        message = "The notice is not the one you were shown; look at it again."
        raise Refused(message)


def _require_still(step: Step[Article], article: Article) -> None:
    """What had to be true when it was proposed is true now."""
    for rule in step.rules:
        is_of_a_proposal = rule is rules.no_notice_is_proposed
        if not is_of_a_proposal and (objection := rule(article)):
            raise Refused(objection)


def _sign(notice: Notice, *, by: User, statement: str) -> NoticeSignature:
    desk = (roles.CHIEF_EDITOR, roles.EDITOR)
    role = next((role for role in desk if role in by.roles), "board member")
    signer = signing.Signer(by.pk, by.printed_name, role)
    return notices.sign(notice, signer=signer, statement=statement)


def _issue(
    step: Step[Article], article: Article, notice: Notice, *, noted: Noted
) -> Version:
    """Let the notice hold from now on; the version that readers see of the article."""
    version = publishing.shown(article)
    if notice.version_id != version.pk:
        message = "Readers see another version by now; take this proposal back."
        raise Refused(message)
    if noticing.in_force(article) is not None:
        notice.answers = noticing.ended(article)
        noted.rows.append(notice.answers)
    last = article.notices.aggregate(last=Max("number"))["last"] or 0
    notice.number, notice.issued_at = last + 1, timezone.now()
    notice.before = article.standing
    notice.save()
    if step.transition is not None:
        step.transition(article)
    noted.kind = MOVES[step.name].event
    return version


def _show(article: Article, version: Version, *, noted: Noted) -> None:
    """Build every page anew; what waited for this moment is published with it."""
    if article.standing == Standing.PUBLISHED:
        version = _brought_out(article, noted=noted) or version
    version.article = article
    shopfront.show(version, noted=noted)


def _brought_out(article: Article, *, noted: Noted) -> Version | None:
    """The version that was approved while the article was stopped, public from now."""
    version = rules.newly_approved(article)
    if version is not None:
        version.article = article
        publishing.bring_out(version, noted=noted)
    return version


def _overtake(article: Article, *, noted: Noted) -> None:
    """End a proposal that no longer means what its first signer meant."""
    waiting = noticing.proposal(article)
    if waiting is not None and waiting.kind not in NEVER_OVERTAKEN:
        _close(waiting, Notice.End.OVERTAKEN)
        noted.rows.append(waiting)


def _close(notice: Notice, end: str) -> None:
    notice.ended_at, notice.end = timezone.now(), end
    notice.save()


def _note(
    noted: Noted, notice: Notice, signature: NoticeSignature | None = None
) -> None:
    noted.version = notice.version
    noted.rows.append(notice)
    noted.facts["notice"] = notice.pk
    if signature is not None:
        noted.rows.append(signature)
        noted.facts["notice_signature"] = signature.value
