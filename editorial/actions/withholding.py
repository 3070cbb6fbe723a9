"""What is stored and not what was built or signed: no reader gets it, the desk hears."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from articles.canonical import canonical_json
from articles.models import Version
from editorial import people, shopfront, workflow
from editorial.errors import MovedOn
from editorial.ledger import Noted, taking
from editorial.models import Event

if TYPE_CHECKING:
    from articles.models import Article, Page, Printout, SearchEntry
    from editorial.models import User

logger = logging.getLogger(__name__)


class Damage(NamedTuple):
    """The version it is of, and for the record what: a page's path or a text's number."""

    version: int
    facts: dict[str, str | int]


def report(page: Page) -> None:
    """Have it recorded and the desk told, once for each time the page was built."""
    _report_stored(page, {"withheld": page.path})


def report_printout(printout: Printout) -> None:
    """The same of a PDF, once for each that was made: no event tells of its making."""
    made_at = printout.built_at.isoformat()
    _report_stored(printout.page, {"withheld": printout.path, "made_at": made_at})


def _report_stored(page: Page, facts: dict[str, str | int]) -> None:
    _report(
        page.article_id,
        Damage(page.version_id, facts),
        f"The stored page {facts['withheld']} is not the page that was built.",
    )


def report_text(version: Version) -> None:
    """The same of a text that has no longer the hash it was signed under."""
    damage = Damage(version.pk, {"damaged_text": version.number})
    _report(
        version.article_id,
        damage,
        f"The text of version {version.pk} is not the text that was signed.",
    )


def report_quote(entry: SearchEntry) -> None:
    """The same of what is kept to be quoted, where it is not what the text says."""
    damage = Damage(entry.version_id, {"damaged_quote": entry.path})
    _report(
        entry.article_id,
        damage,
        f"What is quoted of {entry.path} is not what its text says.",
    )


def withhold(article_id: int, *, by: User, damage: Damage) -> Article:
    """Record that something is not what it was; MovedOn when that is known."""
    noted = Noted(facts=dict(damage.facts))
    with taking(workflow.WITHHOLD, article_id, by=by, noted=noted) as article:
        if _is_known(article_id, damage):
            raise MovedOn("Reported already", who=str(by), when=None, mine=True)
        version = Version.objects.get(pk=damage.version, article=article)
        version.article = article
        noted.version = version
    return article


def _report(article_id: int, damage: Damage, why: str) -> None:
    if _is_known(article_id, damage):
        return
    logger.error("%s", why)
    with suppress(MovedOn):
        withhold(article_id, by=people.system(), damage=damage)


def _is_known(article_id: int, damage: Damage) -> bool:
    built = shopfront.last_built(article_id)
    said = canonical_json(damage.facts).decode()
    told = Event.objects.filter(
        article=article_id,
        kind=Event.Kind.PAGE_WITHHELD,
        seq__gt=built.seq if built else 0,
        payload__contains=f'"facts":{said}',
    )
    return told.exists()
