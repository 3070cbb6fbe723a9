"""A stored page that is not what was built: readers do not get it, the desk hears."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from articles.models import Version
from editorial import people, shopfront, workflow
from editorial.errors import MovedOn
from editorial.ledger import Noted, taking
from editorial.models import Event

if TYPE_CHECKING:
    from articles.models import Article, Page
    from editorial.models import User

logger = logging.getLogger(__name__)


def report(page: Page) -> None:
    """Have it recorded and the desk told, once for each time the page was built."""
    if _is_known(page.article_id, page.path):
        return
    logger.error("The stored page %s is not the page that was built.", page.path)
    with suppress(MovedOn):
        withhold(page.article_id, by=people.system(), path=page.path)


def withhold(article_id: int, *, by: User, path: str) -> Article:
    """Record that a page is not what was built; MovedOn when that is known."""
    noted = Noted(facts={"withheld": path})
    with taking(workflow.WITHHOLD, article_id, by=by, noted=noted) as article:
        if _is_known(article_id, path):
            raise MovedOn("Reported already", who=str(by), when=None, mine=True)
        version = Version.objects.get(pages__path=path, article=article)
        version.article = article
        noted.version = version
    return article


def _is_known(article_id: int, path: str) -> bool:
    built = shopfront.last_built(article_id)
    told = Event.objects.filter(
        article=article_id,
        kind=Event.Kind.PAGE_WITHHELD,
        seq__gt=built.seq if built else 0,
        payload__contains=f'"withheld":"{path}"',
    )
    return told.exists()
