"""Who is in charge, and what an editor does to keep a review going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial import impartiality, pace, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from editorial.models import User

if TYPE_CHECKING:
    from articles.models import Article
    from reviews.models import Assignment


def change_editor(
    article_id: int,
    *,
    by: User,
    editor: int,
    reason: str = "",
    seen: int | None = None,
) -> Article:
    """
    Put an editor in charge: oneself, or another, who hears of it as the former does.

    Raises Refused for whoever wrote the article or was ever asked to review it.
    """
    noted = Noted()
    with taking(
        workflow.CHANGE_EDITOR, article_id, by=by, reason=reason, seen=seen, noted=noted
    ) as article:
        chosen = User.objects.filter(pk=editor).first()
        if objection := impartiality.cannot_take_charge(article, chosen):
            raise Refused(objection)
        pace.keep(article, workflow.CHANGE_EDITOR.kind)
        noted.facts |= {"from": article.editor_id, "to": editor}
        noted.concerns += [article.editor_id] if article.editor_id else []
        noted.version = article.versions.order_by("-number").first()
        article.editor = chosen
    return article


def nudge(assignment_id: int, *, by: User, seen: int | None = None) -> Assignment:
    """
    Remind a reviewer by hand, beside what the clock does.

    Raises Refused when they were reminded too short a time ago.
    """
    noted = Noted()
    with taking(
        workflow.NUDGE, assignment_id, by=by, seen=seen, noted=noted
    ) as assignment:
        noted.facts["by_hand"] = True
    return assignment
