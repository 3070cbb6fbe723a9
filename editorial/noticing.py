"""The notices of an article, as policies, rules and pages ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Notice
from articles.states import READABLE, Standing
from articles.vocabulary import Reason
from editorial.models import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Article
    from editorial.models import User

K = Notice.Kind
R = Reason

WRONG = (
    *(R.DATA, R.ANALYSIS, R.SOURCE, R.MACHINE, R.PLAGIARISM),
    *(R.INTERESTS, R.REVIEW, R.LEGAL, R.UNSAFE, R.OTHER),
)
REASONS: Mapping[str, tuple[Reason, ...]] = {
    K.CONCERN: WRONG,
    K.RETRACTION: WRONG,
    K.HOLD: (R.UNSAFE,),
    K.REMOVAL: (R.PRIVACY, R.LEGAL, R.DEFAMATION, R.HARM),
    K.LIFTING: (R.CLEARED, R.CORRECTED, R.MISTAKEN),
    K.RELEASE: (R.CLEARED, R.CORRECTED, R.MISTAKEN),
    K.REINSTATEMENT: (R.MISTAKEN,),
    K.ARCHIVING: (R.RETIRED, R.REPLACED),
}
"""The reasons there are for each kind of notice."""

E = Event.Kind
ISSUED = frozenset(
    {
        *(E.CONCERN_EXPRESSED, E.CONCERN_LIFTED, E.HELD, E.RELEASED),
        *(E.RETRACTED, E.REINSTATED, E.REMOVED, E.ARCHIVED),
    }
)
"""The events with which a notice was issued."""

NOT_YET_OUT = (Standing.UNPUBLISHED, Standing.PREVIEW)
"""The standings of an article of which no notice can have been issued."""


def proposal(article: Article) -> Notice | None:
    """The notice that waits for its second signature; read once for an article."""
    known = article.__dict__
    if "proposal" not in known:
        waiting = article.notices.filter(issued_at=None, ended_at=None)
        rows = waiting.select_related("version", "proposed_by")
        can_be = article.standing in READABLE
        known["proposal"] = rows.first() if can_be else None
    found: Notice | None = known["proposal"]
    return found


def took_back(user: User, article: Article) -> bool:
    """Whether this person ended the last proposal there was."""
    ends = Event.objects.filter(article=article, kind=E.PROPOSAL_ENDED)
    last = ends.order_by("-seq").values_list("actor", flat=True).first()
    return last == user.pk and proposal(article) is None


def in_force(article: Article) -> Notice | None:
    """The notice by which the article stands where it does; read once for an article."""
    known = article.__dict__
    if "in_force" not in known:
        rows = article.notices.filter(issued_at__isnull=False, ended_at=None)
        is_new = article.standing in NOT_YET_OUT
        known["in_force"] = None if is_new else rows.select_related("version").first()
    found: Notice | None = known["in_force"]
    return found


def ended(article: Article) -> Notice:
    """The notice in force, which holds from now on no longer."""
    notice = article.notices.get(issued_at__isnull=False, ended_at=None)
    notice.ended_at = timezone.now()
    notice.save(update_fields=["ended_at"])
    return notice
