"""Who knows whom while an article is judged: settled before anybody is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.states import Standing
from articles.vocabulary import Blinding
from editorial import workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking

if TYPE_CHECKING:
    from articles.models import Article
    from editorial.models import User


def change_blinding(
    article_id: int, *, by: User, blinding: str, reason: str, seen: int | None = None
) -> Article:
    """Loosen or tighten it, while no reviewer has been asked."""
    if blinding not in Blinding.values:
        message = "Choose open, single blind or double blind."
        raise Refused(message)
    noted = Noted()
    with taking(
        workflow.CHANGE_BLINDING,
        article_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ) as article:
        _check(article, blinding)
        noted.facts |= {"from": str(article.blinding), "to": blinding}
        noted.version = article.versions.order_by("-number").first()
        article.blinding = blinding
    return article


def _check(article: Article, blinding: str) -> None:
    if blinding == article.blinding:
        message = "It is so already."
        raise Refused(message)
    if blinding == Blinding.DOUBLE and article.standing == Standing.PREVIEW:
        message = "A preview names the authors to everybody; end it first."
        raise Refused(message)
