"""How the desk puts moments, states and hashes into words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.states import VersionState
from editorial import rounds
from editorial.reports import put_instead
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from django.forms import BoundField

    from articles.reading.text import Text
    from editorial.letters import Point
    from editorial.views.seeing import CommentSeen
    from reviews.models import Assignment, Comment

register = template.Library()

HASH_SHOWN = 12
DAYS_COUNTED = 60
DAYS_A_MONTH = 30
MONTHS_COUNTED = 24

_DAYS = {"long": "{:%-d %B %Y}", "short": "{:%-d %b %Y}"}

_SHAPES: dict[str, str] = {
    VersionState.SUBMITTED: "",
    VersionState.UNDER_REVIEW: "half",
    VersionState.APPROVED: "full ok",
    VersionState.SUPERSEDED: "full",
    VersionState.RETURNED: "stop warn",
    VersionState.REJECTED: "stop bad",
    VersionState.WITHDRAWN: "stop",
    AssignmentState.ACCEPTED: "half",
    AssignmentState.REPORTED: "full ok",
    AssignmentState.DECLINED: "stop",
    AssignmentState.EXPIRED: "stop bad",
    AssignmentState.RECUSED: "stop",
}


@register.filter
def says_more(comment: Comment | CommentSeen | Point) -> bool:
    """Whether its words are more than the passage and its replacement show already."""
    shown = bool(comment.passage and comment.replacement)
    return not (shown and comment.text == put_instead(comment.replacement))


@register.filter
def further_round(assignment: Assignment) -> str:
    """What its reviewer read before, and what became of it; nothing in a first round."""
    return rounds.told(assignment)


def relative(at: dt.datetime, now: dt.datetime) -> str:
    """How far `at` is from `now`, in whole days: `yesterday`, `in 3 days`."""
    days = (at.astimezone(dt.UTC).date() - now.astimezone(dt.UTC).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    span = _span(abs(days))
    return f"in {span}" if days > 0 else f"{span} ago"


def _span(days: int) -> str:
    if days <= DAYS_COUNTED:
        return f"{days} days"
    months = days // DAYS_A_MONTH
    if months <= MONTHS_COUNTED:
        return f"{months} months"
    return f"{days // 365} years"


@register.filter
def on(at: dt.datetime | None, length: str = "long") -> SafeString:
    """The day, and beside it how long ago or how soon."""
    return _moment(at, _DAYS[length], "soft")


@register.filter
def at(at: dt.datetime | None) -> SafeString:
    """The day and minute in UTC, and beside it how long ago or how soon."""
    return _moment(at, "{:%-d %B %Y, %H:%M} UTC", "soft")


@register.filter
def due(at: dt.datetime | None, length: str = "long") -> SafeString:
    """A promised day; one that has passed says so in words and in weight."""
    late = at is not None and at < timezone.now()
    return _moment(at, _DAYS[length], "late" if late else "soft")


@register.filter
def badge(state: str, label: str) -> SafeString:
    """A state with its word and its shape."""
    return format_html(
        '<span class="badge {}">{}</span>', _SHAPES.get(state, ""), label
    )


@register.filter
def short(digest: str) -> str:
    """The beginning of a hash, for the eye."""
    return digest[:HASH_SHOWN]


@register.filter
def number_of(text: Text, key: str) -> str:
    """The number under which readers find a work that the text cites by this key."""
    keys = [reference.key for reference in text.references]
    return str(keys.index(key) + 1) if key in keys else key


@register.filter(is_safe=True)
@stringfilter
def sentence(words: str) -> str:
    """A heading of a library that Capitalises Each Word, as we write headings."""
    return " ".join(words.split()).capitalize()


@register.filter
def is_of(field: BoundField, kind: str) -> bool:
    """Whether a field is drawn with this kind of widget."""
    return field.widget_type == kind


def _moment(at: dt.datetime | None, form: str, tone: str) -> SafeString:
    if at is None:
        return SafeString()
    utc = at.astimezone(dt.UTC)
    return format_html(
        '<time datetime="{}">{}</time> <span class="{} nowrap">{}</span>',
        utc.isoformat(timespec="seconds"),
        form.format(utc),
        tone,
        relative(at, timezone.now()),
    )
