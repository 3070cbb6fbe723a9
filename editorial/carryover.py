"""What the next draft takes over from the versions before it, to be answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from articles.canonical import sha256_hex
from editorial import ledger
from editorial.models import Event
from reviews import items
from reviews.models import Comment
from reviews.states import CommentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Article, Version
    from editorial.models import User

PLACE = (
    *("passage", "part", "prefix", "suffix", "start"),
    *("replacement", "criterion", "required", "number"),
)
"""What a copy keeps of where its passage stood, and of what it asked for."""


def carry(article: Article, draft: Version, *, by: User) -> None:
    """
    Make items of everything that is open, whichever version it was said of.

    A version that was withdrawn or rejected in between sheds nothing. The order in
    which reviewers reported is not kept, because their names are public one day.
    """
    carried = [_copy(comment) for comment in items.outstanding(article.pk)]
    for item in sorted([*carried, *_requests(article)], key=_numbered):
        item.version = draft
        ledger.attribute(item, by=by)
        item.save()


def _numbered(item: Comment) -> tuple[bool, int, str]:
    """In the order of the letter; what has no number, in none that tells anything."""
    return item.number is None, item.number or 0, sha256_hex(item.text.encode())


def _copy(comment: Comment) -> Comment:
    return Comment(
        author_id=comment.author_id,
        kind=comment.kind,
        text=comment.text,
        **{name: getattr(comment, name) for name in PLACE},
        created_at=comment.created_at,
        carried_from=comment,
    )


def _requests(article: Article) -> Iterator[Comment]:
    """What editors asked for when they returned a version, unless it is an item yet."""
    made = Comment.objects.filter(version__article=article, kind=CommentKind.REQUEST)
    known = set(made.values_list("created_at", flat=True))
    returned = Event.objects.filter(article=article, kind=Event.Kind.RETURNED)
    for event in returned.select_related("version").order_by("seq"):
        reason = event.version.decision_reason if event.version else ""
        if reason and event.at not in known and not _enumerated(event):
            yield Comment(
                author_id=event.actor_id,
                kind=CommentKind.REQUEST,
                text=reason,
                created_at=event.at,
            )


def _enumerated(event: Event) -> bool:
    """Whether the letter asked for things by number, which are comments already."""
    return bool(json.loads(event.payload)["facts"].get("requests"))
