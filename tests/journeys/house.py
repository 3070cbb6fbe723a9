"""The demonstration library with a few rows more, so that every page has something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial.actions import authoring, desk, publishing, reviewing
from editorial.demonstration import loader
from editorial.models import Outbox
from tests import make

if TYPE_CHECKING:
    from pathlib import Path

    from articles.models import Version

CANARY = "Would a canary sing of what is not yet approved?"
"""The question of a pending version whose article is public."""


def furnish(password: Path) -> None:
    """Load the library, and what it does not show: a next draft, refusals, held mail."""
    loader.load(password)
    author = loader.who("author2")
    public = make.published(by=author)
    pending = authoring.revise(public.pk, by=author)
    text = make.text(question=CANARY)
    authoring.edit(pending.pk, by=author, text=text, seen=None)
    _decided(make.under_review(by=author, reviewers=_two()))
    _resubmitted(by=author)
    shown = make.under_review(by=author, topics=("Never published",))
    reason = "Readers ask for it."
    publishing.show_preview(shown.article_id, by=loader.who("editor"), reason=reason)
    held = Outbox.objects.filter(topic=Outbox.Topic.MAIL).order_by("pk")[:2]
    for row, status in zip(held, ("unknown", "parked"), strict=True):
        Outbox.objects.filter(pk=row.pk).update(
            status=status, last_error="SMTPServerDisconnected: connection lost"
        )


def _two() -> list[make.User]:
    reviewer = loader.who("reviewer1")
    return [reviewer, make.reviewer()]


def _decided(version: Version) -> None:
    """One reviewer declined, the other stepped back after accepting."""
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    reviewing.decline(first.pk, by=first.reviewer, reason="No time this week.")
    make.accepted(second)
    reviewing.recuse(second.pk, by=make.fresh(second.reviewer), reason="I know them.")


def _resubmitted(*, by: make.User) -> None:
    """A second version under review, with a blocking comment from the first one."""
    editor = loader.who("editor")
    version = make.under_review(by=by, editor=editor, tier="C", reviewers=_two()[:1])
    make.reported(version.assignments.get(), comments=(make.blocking(),))
    desk.return_for_changes(version.pk, by=editor, reason="Mend the dose.")
    again = authoring.revise(version.pk, by=by)
    authoring.submit(again.pk, by=by)
    make.send(again, tier="C", editor=editor, reviewers=_two()[:1])
    make.accepted(again.assignments.get())
