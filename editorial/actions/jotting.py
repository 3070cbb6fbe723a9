"""Keeping a review as far as it is typed; it leaves no event, and nobody else reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from editorial import ledger, policies, workflow
from editorial.errors import Refused, SavedElsewhere
from reviews.models import Assignment, ReviewDraft

if TYPE_CHECKING:
    from editorial.models import User

LARGEST = 1_000_000
ATTEMPT = "attempt"
"""The window that sent a save, so that one whose answer was lost can go on."""


@dataclass(frozen=True, slots=True)
class Window:
    """The words in a window, and `seen`, the number of the save they go on from."""

    content: dict[str, str]
    seen: int | None


def jot(
    assignment_id: int, *, by: User, content: dict[str, str], seen: int | None
) -> ReviewDraft:
    """
    Store what is typed so far; `seen` is the number of the save it goes on from.

    Raises SavedElsewhere when another window saved something else since, and MovedOn
    when the review is over.
    """
    if sum(len(name) + len(text) for name, text in content.items()) > LARGEST:
        message = "This is more than a review can hold; shorten it."
        raise Refused(message)
    with transaction.atomic(durable=True):
        assignment = _locked(assignment_id, by=by)
        draft = ReviewDraft.objects.filter(assignment=assignment).first()
        draft = draft or ReviewDraft(assignment=assignment)
        if draft.pk and draft.content == content:
            return draft
        if error := _overtaken(draft, Window(content, seen)):
            raise error
        draft.content, draft.saved_at = content, timezone.now()
        draft.saves += 1
        draft.save()
    return draft


def _locked(assignment_id: int, *, by: User) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",))
    assignment = rows.select_related("version__article").get(pk=assignment_id)
    if not by.is_active or not policies.is_the_reviewer(by, assignment):
        raise PermissionDenied
    if not workflow.REPORT.is_open(assignment):
        raise ledger.moved_on(workflow.REPORT, assignment, by=by)
    return assignment


def hold(assignment: Assignment, window: Window) -> None:
    """Let no other window save until the transaction ends; raise if one has since."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    require_newest(locked, window)


def require_newest(assignment: Assignment, window: Window) -> None:
    """Raise SavedElsewhere when another window saved other words since."""
    draft = ReviewDraft.objects.filter(assignment=assignment).first()
    if draft is None or _words(draft.content) == _words(window.content):
        return
    if error := _overtaken(draft, window):
        raise error


def _overtaken(draft: ReviewDraft, window: Window) -> SavedElsewhere | None:
    if window.seen == draft.saves or _same_window(draft.content, window.content):
        return None
    return SavedElsewhere("Saved", who="you", when=draft.saved_at)


def _words(content: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in content.items() if name != ATTEMPT}


def _same_window(stored: dict[str, str], sent: dict[str, str]) -> bool:
    return bool(sent.get(ATTEMPT)) and stored.get(ATTEMPT) == sent[ATTEMPT]
