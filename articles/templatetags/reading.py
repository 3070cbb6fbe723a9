"""Filters of the public pages: dates and numbers in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from articles.reading import card, words
from articles.reading.elsewhere import standing

if TYPE_CHECKING:
    from articles.reading.printed import Entry

register = template.Library()

register.filter("day", words.day)
register.filter("instant", words.instant)
register.filter("said", card.said_of)
register.filter("prefix", standing.prefix)


@register.filter
def cited(entry: Entry) -> SafeString:
    """How often a work is cited, with links back to each place."""
    count = len(entry.anchors)
    if not count:
        return SafeString("Not cited in this text.")
    back = " ".join(
        f'<a href="#{escape(anchor)}" aria-label="Back to place {place} of {count}'
        f' that cites work {entry.number}">↑{place}</a>'
        for place, anchor in enumerate(entry.anchors, start=1)
    )
    return SafeString(f"Cited {words.times(count)} {back}")
