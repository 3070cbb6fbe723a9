"""How it is decided: editors recommend; the chief editor approves, with a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles import characters, freezing
from articles.states import VersionState
from editorial import (
    impartiality,
    ledger,
    policy_texts,
    proof,
    roles,
    shopfront,
    workflow,
)
from editorial.actions import reviewing
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews import panel, signing
from reviews.models import Recommendation
from reviews.states import Advice, Meaning
from reviews.tiers import QUORUM, add_months

if TYPE_CHECKING:
    import datetime as dt

    from articles.models import Version
    from editorial.models import User

STATEMENT = "I approve the text with this hash for publication."
LETTER_LENGTH = 20_000


def recommend(
    version_id: int,
    *,
    by: User,
    advice: str,
    reason: str,
    letter: str = "",
    seen: int | None = None,
) -> Recommendation:
    """
    Advise the chief editors what to decide, with a letter they can send.

    To approve is advised only where nothing stands in the way of it.
    """
    letter = _bounded(letter)
    if advice not in Advice.values:
        message = "Choose what you recommend."
        raise Refused(message)
    noted = Noted()
    with taking(
        workflow.RECOMMEND, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        if advice == Advice.APPROVE:
            _require_approvable(version)
        advised = Recommendation.objects.create(
            version=version, editor=by, advice=advice, reason=reason, letter=letter
        )
        noted.rows.append(advised)
        noted.facts["advice"] = advised.advice
    return advised


def _bounded(letter: str) -> str:
    letter = characters.visible(letter).strip()
    if len(letter) > LETTER_LENGTH:
        message = f"Keep the letter within {LETTER_LENGTH:,} characters."
        raise Refused(message)
    return letter


def _require_approvable(version: Version) -> None:
    step = workflow.APPROVE
    if not step.is_open(version):
        message = "Nobody has reviewed it; send it to review first."
        raise Refused(message)
    if objection := step.objection(version):
        raise Refused(objection)


def approve(
    version_id: int,
    *,
    by: User,
    sha256: str,
    proven: proof.Proof,
    publish_at: dt.datetime | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Version:
    """
    Approve and sign the version whose hash the signer was shown.

    It is published at once, or at `publish_at`; the version approved before it is
    superseded. Raises Refused when the rows no longer hash to what was shown.
    """
    proof.require(proven, by)
    noted = Noted()
    with taking(
        workflow.APPROVE, version_id, by=by, reason=reason, seen=seen, noted=noted
    ) as version:
        _require_bytes(version, sha256)
        noted.facts |= _quorum(version)
        when = max(publish_at or timezone.now(), timezone.now())
        _supersede(version, by=by, noted=noted)
        signature = signing.sign(
            version,
            signer=signing.Signer(by.pk, by.printed_name, roles.CHIEF_EDITOR),
            meaning=Meaning.APPROVAL,
            statement=STATEMENT,
            policy=policy_texts.editorial_in_force(),
        )
        months = QUORUM[version.article.tier].currency_months
        due = add_months(signature.signed_at.date(), months)
        version.approve(publish_at=when, review_due_on=due)
        reviewing.let_go(version, by=by, noted=noted)
        noted.publish_at = when
        noted.facts |= {
            "signature": signature.value,
            "policy": signature.policy,
            "publish_at": signing.moment(when),
            "review_due_on": due.isoformat(),
        }
        if when > timezone.now():
            shopfront.end_with(version, by=by, noted=noted)
        shopfront.refresh(version, noted=noted)
    return version


def _quorum(version: Version) -> dict[str, Any]:
    """The tier, whose reviews in favour count, and who of them is of the specialty."""
    article, for_it = version.article, impartiality.in_favour(version)
    fitting = [a for a in for_it if panel.is_from(a, article.specialty)]
    return {
        "tier": article.tier,
        "specialty": article.specialty,
        "counted": sorted(a.reviewer_id for a in for_it),
        "from_specialty": sorted(a.reviewer_id for a in fitting),
    }


def _require_bytes(version: Version, shown: str) -> None:
    if shown != version.sha256:
        message = "The hash you were shown is not this version's; look at it again."
        raise Refused(message)
    if freezing.sha256_of(version) != version.sha256:
        message = "The stored text no longer has the hash it was submitted under."
        raise Refused(message)


def _supersede(version: Version, *, by: User, noted: Noted) -> None:
    approved = version.article.versions.filter(state=VersionState.APPROVED)
    earlier = approved.first() if version.number > 1 else None
    if earlier is None:
        return
    earlier.supersede()
    ledger.attribute(earlier, by=by, reason=f"Version {version.number} was approved")
    earlier.save()
    noted.facts["supersedes"] = earlier.number
    noted.rows.append(earlier)
