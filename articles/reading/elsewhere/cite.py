"""How to cite an article: one record, of exactly the version that is public."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.reading.elsewhere import addresses, house, moments, people, standing
from articles.works.ama import ama
from articles.works.vancouver import vancouver

if TYPE_CHECKING:
    from articles.reading.facts import Trust
    from articles.reading.text import Text


def key(text: Text) -> str:
    return f"{text.slug}-v{text.number}"


def item(text: Text, trust: Trust) -> dict[str, Any]:
    """The article as an item of CSL-JSON; no identifier is made up."""
    published = standing.last_published(trust)
    found = {
        "type": "webpage",
        "title": standing.titled(text.question, trust.standing),
        "author": [people.cited(entry["name"]) for entry in text.byline],
        "container-title": house.NAME,
        "issued": {"date-parts": [_parts(published)]} if published else None,
        "version": str(text.number),
        "URL": addresses.version(text.slug, text.number),
        "language": house.LANGUAGE,
        "note": _note(text, trust),
    }
    return {name: value for name, value in found.items() if value}


class Styled(NamedTuple):
    """The record as people print it."""

    style: str
    html: SafeString


def printed(text: Text, trust: Trust) -> list[Styled]:
    """With the version, how far it may be relied on, and when it was last reviewed."""
    found = item(text, trust)
    styles = {"AMA": ama(found), "Vancouver": vancouver(found)}
    return [
        Styled(style, format_html("{} {}", SafeString(html), found["note"]))
        for style, html in styles.items()
    ]


def _note(text: Text, trust: Trust) -> str:
    approval = standing.vouched(trust)
    reviewed = moments.day(approval.approved_at) if approval else None
    last = f", last reviewed {reviewed}" if reviewed else ""
    said = f"Version {text.number}, {standing.said(trust).lower()}{last}."
    if trust.notice is None:
        return said
    return f"{said} Notice: {addresses.notice(text.slug, trust.notice.number)}"


def _parts(moment: dt.datetime) -> list[int]:
    day = moment.astimezone(dt.UTC).date()
    return [day.year, day.month, day.day]
