"""
The trust card: who stands behind a text, and its dates.

The words that claim something are here, beside the fact each one needs, and in no
template.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.reading import words
from articles.states import Standing
from articles.vocabulary import MACHINE_MADE, Contribution, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import SearchEntry
    from articles.reading.facts import Approval, PublicVersion, Trust
    from articles.reading.text import Text


ORIGIN = "Origin"
_TERMS = dict(Contribution.choices)
_MADE: dict[str, str] = {
    Origin.MACHINE_ASSISTED: "Drafted with a machine",
    Origin.MACHINE_GENERATED: "Drafted by a machine",
    Origin.IMPORTED: "Imported",
}


class Row(NamedTuple):
    """`is_trust` marks what a signature or the record says of the text."""

    label: str
    value: SafeString | str
    is_trust: bool = True


class Card(NamedTuple):
    who: list[Row]
    dates: list[Row]

    @property
    def origin(self) -> SafeString | str:
        """How the text came about, as the card says it; may be empty."""
        return next((row.value for row in self.who if row.label == ORIGIN), "")


def of(text: Text, trust: Trust) -> Card:
    reviews = f"{trust.reviews_in} of {trust.reviews_needed} in"
    approval = trust.approval
    said = _said(text, approval) if approval else [Row("Reviews", reviews)]
    made = origin(text, _by(approval) if approval else "")
    return Card([*_written(text, made), *said], _dates(text, trust))


def of_removed(trust: Trust) -> list[Row]:
    """The dates of a text that nobody can read any more."""
    notice = trust.notice
    return _known(
        _day("First published", trust.first_published_at),
        _day("Removed", notice.issued_at if notice else None),
    )


def of_kept(text: Text, kept: PublicVersion) -> Card:
    """The card of a text that a newer one replaced."""
    approved = format_html("{}, {}", kept.approver, words.day(kept.approved_at))
    return Card(
        [
            *_written(text, origin(text, kept.approver)),
            Row("Approved by", approved),
            _bytes(text),
        ],
        _known(
            Row("Published", words.day(kept.published_at)),
            Row("Replaced", words.day(kept.ended_at)),
            _searched(text),
        ),
    )


def said_of(entry: SearchEntry) -> SafeString:
    """What stands under a text in a list that was searched for."""
    standing = Standing(entry.standing)
    if entry.reviewed_on is None:
        return format_html("Not approved: {}", standing.label.lower())
    reviewed = format_html("Last reviewed {}", words.day(entry.reviewed_on))
    if standing is Standing.PUBLISHED:
        return reviewed
    return format_html("{}; {}", reviewed, standing.label.lower())


def policy_name(policy: str) -> str:
    """`editorial/3` as readers know it."""
    kind, _, number = policy.partition("/")
    return f"{kind.capitalize()} policy, number {number}"


def made(text: Text) -> SafeString:
    """How the text came about, unless people simply wrote it."""
    kind, tool, on = text.origin
    if kind == Origin.HUMAN:
        return SafeString()
    day = words.day(dt.date.fromisoformat(on)) if on else ""
    details = format_html_join(", ", "{}", ((part,) for part in (tool, day) if part))
    named = format_html(" ({})", details) if details else ""
    return format_html("{}{}", _MADE[kind], named)


def origin(text: Text, approved_by: str = "") -> SafeString:
    """
    How the text came about, as the public reads it.

    Where a machine took part every page says so, and whether people stand behind it.
    """
    said = made(text)
    if text.origin.kind not in MACHINE_MADE:
        return said
    if approved_by:
        return format_html("{}; reviewed and approved by {}", said, approved_by)
    return format_html("{}; not yet reviewed and approved by people", said)


def _by(approval: Approval) -> str:
    return approval.approver.printed


def _written(text: Text, made: SafeString | str) -> list[Row]:
    authors = words.listed([words.author(entry) for entry in text.byline])
    return _known(
        Row("Written by", authors, is_trust=False),
        Row("Contributions", _contributions(text), is_trust=False),
        Row(ORIGIN, made, is_trust=False),
    )


def _contributions(text: Text) -> str:
    """Who did what, of those who said so."""
    entries = ((entry["name"], entry.get("contributions", ())) for entry in text.byline)
    return words.listed([f"{name}: {_did(codes)}" for name, codes in entries if codes])


def _did(codes: Iterable[str]) -> str:
    return ", ".join(str(_TERMS.get(code, code)) for code in codes)


def _said(text: Text, approval: Approval) -> list[Row]:
    approver = approval.approver
    signed = (approver.printed, approval.role, words.day(approval.approved_at))
    reviewers = words.reviewers(approval.reviewers, unnamed=approval.unnamed_reviewers)
    return _known(
        Row("Approved by", format_html("{}, {}, {}", *signed)),
        Row("Reviewed by", reviewers),
        Row("Not counted", words.further_reviews(approval.not_counted)),
        Row("Not in favour", words.further_reviews(approval.against)),
        Row("Conflicts", words.listed(approval.conflicts) or "None declared"),
        Row("Policy in force", _policy(approval.policy)),
        _check(text),
    )


def _policy(policy: str) -> SafeString:
    if not policy:
        return SafeString()
    address = reverse("editorial-policy")
    return format_html('<a href="{}">{}</a>', address, policy_name(policy))


def _check(text: Text) -> Row:
    return _proof(text, f"/articles/{text.slug}/record/", "Record and signatures")


def _bytes(text: Text) -> Row:
    path = f"/articles/{text.slug}/versions/{text.number}/canonical.json"
    return _proof(text, path, "Its exact bytes")


def _proof(text: Text, path: str, words_: str) -> Row:
    link = '<a href="{}">{}</a> · <code>{}</code>'
    proof = format_html(link, path, words_, words.short(text.sha256))
    return Row("Check it", proof)


def _dates(text: Text, trust: Trust) -> list[Row]:
    approval = trust.approval
    due = approval.next_review_due if approval else None
    is_kept_up = trust.standing in (Standing.PREVIEW, Standing.PUBLISHED)
    return _known(
        _day("First published", trust.first_published_at),
        _day("Content last changed", trust.content_changed_at),
        _day("Last reviewed", approval.approved_at if approval else None),
        _day("Next review due", due if is_kept_up else None),
        _searched(text),
    )


def _searched(text: Text) -> Row:
    return _day("Evidence searched to", text.evidence_searched_on)


def _day(label: str, moment: dt.date | None) -> Row:
    return Row(label, words.day(moment))


def _known(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value]
