"""Which companies and products an article is about; interests are held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.states import VersionState
from editorial import impartiality, matching, workflow
from editorial.errors import Refused
from editorial.ledger import Noted, taking
from reviews import interests

if TYPE_CHECKING:
    from articles.models import Article
    from editorial.models import User

MOST_ENTITIES = 50


def name_entities(
    article_id: int,
    *,
    by: User,
    entities: str,
    reason: str = "",
    seen: int | None = None,
) -> Article:
    """
    Say which companies and products the article is about, one to a line.

    A name is taken out with a reason, never while reviewers judge the text, and never
    by somebody who declared an interest in it.
    """
    noted = Noted()
    with taking(
        workflow.NAME_ENTITIES,
        article_id,
        by=by,
        reason=reason,
        seen=seen,
        noted=noted,
    ) as article:
        noted.version = article.versions.order_by("-number").first()
        noted.facts |= put(article, entities, reason=reason)
    return article


def put(
    article: Article, entities: str | None, *, reason: str, drawn: str | None = None
) -> dict[str, list[str]]:
    """
    Put these names in the place of the others; the facts tell both, if they differ.

    With `drawn`, what was added to those names meanwhile stays beside them.
    """
    if entities is None:
        return {}
    named, before = matching.entities(entities), matching.entities(article.entities)
    seen = before if drawn is None else matching.entities(drawn)
    named += [name for name in before if name not in (*seen, *named)]
    if len(named) > MOST_ENTITIES or any(len(n) > interests.NAME_LENGTH for n in named):
        message = (
            f"Name at most {MOST_ENTITIES} companies and products, each within "
            f"{interests.NAME_LENGTH} characters."
        )
        raise Refused(message)
    gone = [name for name in before if name not in named]
    if gone and (objection := _cannot_go(article, gone, reason=reason)):
        raise Refused(objection)
    article.entities = "\n".join(named)
    return {} if named == before else {"entities": named, "entities_before": before}


def _cannot_go(article: Article, gone: list[str], *, reason: str) -> str | None:
    if undeclared := impartiality.who_acts_has_declared(article):
        return undeclared
    declared = interests.named(article.__dict__.get("asker_declared"))
    named = [matching.fold(name) for name in gone]
    if own := [d for d in declared if matching.touches(d, named=named, text="")]:
        return (
            f"You declared an interest in {' and '.join(own)}; another editor must take "
            "that out."
        )
    if article.versions.filter(state=VersionState.UNDER_REVIEW).exists():
        return (
            "A version is under review; names are added meanwhile, and taken out only "
            "after the decision."
        )
    if not reason.strip():
        return f"To take out {' and '.join(gone)} needs a reason."
    return None
