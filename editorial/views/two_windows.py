"""
Two windows of one review: what each says where they differ, and what is chosen of it.

A comment is chosen whole, with the place that it stands at, or both are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render

from editorial import workflow
from editorial.errors import Refused
from editorial.forms.reports import MOST_ROWS, ReportForm
from editorial.views import posted
from editorial.views.staff import StaffRequest, moved_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpResponse

    from editorial.errors import MovedOn
    from reviews.models import Assignment

    Content = Mapping[str, str]

FULL = (
    f"A review holds {MOST_ROWS} comments, and both windows together have more."
    " Choose among them; nothing was saved yet."
)
TAKE = "take-comment-"
MINE, OTHER, BOTH = "mine", "other", "both"
_ROW = re.compile(r"comment-([1-9][0-9]{0,2})-([a-z]+)")
SAID = ("-passage", "-replacement", "-text")
"""Without any of these a row is no comment."""


class Choice(NamedTuple):
    value: str
    whose: str
    shown: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Contested:
    """What two windows say differently, under the name by which the choice is sent."""

    name: str
    label: str
    choices: list[Choice]


def is_choice(post: Content) -> bool:
    """Whether what was sent is the page on which one chooses."""
    return any(name.startswith(TAKE) for name in post)


def shown(
    request: StaffRequest,
    assignment: Assignment,
    error: MovedOn | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Both texts where they differ, with a refusal of the choice; or what came too late."""
    draft = getattr(assignment, "draft", None)
    stored = draft.content if draft else {}
    form = ReportForm(request.POST, assignment=assignment, beside=stored)
    sent = form.content()
    if error and (draft is None or not workflow.REPORT.is_open(assignment)):
        written = posted.reported(form, sent)
        back = assignment.get_absolute_url()
        return moved_on(request, error, back=back, written=written)
    fields = list(contested(form, sent, stored))
    chosen = {field.name for field in fields}
    context = {
        "assignment": assignment,
        "draft": draft,
        "refusal": refusal,
        "same": [(name, text) for name, text in sent.items() if name not in chosen],
        "fields": fields,
    }
    return render(request, "desk/review_conflict.html", context, status=409)


def contested(form: ReportForm, mine: Content, stored: Content) -> Iterator[Contested]:
    """Fields by themselves, then comments as a whole."""
    names = [name for name in {**stored, **mine} if mine.get(name) != stored.get(name)]
    alone = [name for name in names if not _number(name)]
    sent = form.said({name: mine.get(name, "") for name in alone})
    kept = form.said({name: stored.get(name, "") for name in alone})
    for (name, label, here), (_, _, there) in zip(sent, kept, strict=True):
        choices = _two(mine.get(name, ""), here, stored.get(name, ""), there)
        yield Contested(name, label, choices)
    for row in sorted(_numbers(dict.fromkeys(names, ""))):
        here, there = (_in_words(form, _row(of, row)) for of in (mine, stored))
        if here or there:
            yield Contested(_take(row), f"Comment {row}", _whole(here, there))


def taken(post: Content, mine: Content, stored: Content) -> dict[str, str]:
    """
    What was sent of a review, with the other window's comments as they were chosen.

    Refused when there is no room for both.
    """
    content = dict(mine)
    rows = _numbers(mine) | _numbers(stored)
    free = max(rows, default=0) + 1
    for row in sorted(rows):
        choice, other = post.get(_take(row)), _row(stored, row)
        if choice == OTHER:
            content = {name: content[name] for name in content.keys() - _row(mine, row)}
            content |= other
        elif choice == BOTH:
            if free > MOST_ROWS:
                raise Refused(FULL)
            content |= {_moved(name, free): text for name, text in other.items()}
            free += 1
    return content


def _two(mine: str, here: str, stored: str, there: str) -> list[Choice]:
    ours = Choice(mine, "From this window", here, is_chosen=True)
    return [ours, Choice(stored, "From the other window", there)]


def _whole(here: str, there: str) -> list[Choice]:
    """By default nothing that either window says is given up."""
    both = bool(here and there)
    choices = [
        Choice(MINE, "From this window", here, is_chosen=not there),
        Choice(OTHER, "From the other window", there, is_chosen=not here),
    ]
    keep = Choice(BOTH, "Both", "as two comments", is_chosen=True)
    return [*choices, keep] if both else choices


def _in_words(form: ReportForm, row: Content) -> str:
    """A line for each field of a comment; empty where it says nothing."""
    if not any(row.get(name) for name in row if name.endswith(SAID)):
        return ""
    said = ((label.partition(": ")[2], text) for _, label, text in form.said(row))
    return "\n".join(f"{label}: {text}" for label, text in said)


def _row(content: Content, row: int) -> dict[str, str]:
    return {name: content[name] for name in content if _number(name) == row}


def _numbers(content: Content) -> set[int]:
    return {row for name in content if (row := _number(name))}


def _number(name: str) -> int:
    """The number of the comment that a field is of; 0 for another field."""
    found = _ROW.fullmatch(name)
    return int(found[1]) if found else 0


def _moved(name: str, row: int) -> str:
    return _ROW.sub(rf"comment-{row}-\2", name)


def _take(row: int) -> str:
    return f"{TAKE}{row}"
