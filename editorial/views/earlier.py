"""What was said of an earlier version, at its place in a later one, or said to be gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles import freezing
from articles.bounded import Work
from articles.passages import KEY_ANSWER
from articles.vocabulary import Audience
from editorial.views import seeing
from reviews import anchors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Version
    from editorial.models import User
    from editorial.views.seeing import CommentSeen

AROUND = 60
"""Characters shown on either side of a passage."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and the words in the later text that stand where its passage stood."""

    comment: CommentSeen
    part: str = ""
    before: str = ""
    words: str = ""
    after: str = ""
    is_reworded: bool = False

    @property
    def is_gone(self) -> bool:
        return bool(self.comment.passage) and not self.words


def said(user: User, earlier: Version, later: Version) -> list[Said]:
    """Every comment on the earlier version that this person may read, lost or placed."""
    seat = seeing.seat_of(user, earlier)
    found = seeing.comments(seat, user, earlier)
    if not found:
        return []
    texts, work = _texts(later), Work(anchors.MOST_WORK)
    return [_placed(comment, texts, work) for comment in found]


def _texts(version: Version) -> dict[str, str]:
    freezing.read(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    return anchors.parts(version.key_answer, bodies, str(version.audience))


def _placed(comment: CommentSeen, texts: Mapping[str, str], work: Work) -> Said:
    anchor = anchors.find_again(comment.selector, texts, comment.part, work)
    if anchor is None:
        return Said(comment)
    text, span = texts[anchor.part], anchor.span
    return Said(
        comment,
        part=_label(anchor.part),
        before=_tail(text[: span.start]),
        words=text[span.start : span.end],
        after=_head(text[span.end :]),
        is_reworded=span.reworded,
    )


def _label(part: str) -> str:
    return "key answer" if part == KEY_ANSWER else str(Audience(part).label).lower()


def _tail(text: str) -> str:
    return text if len(text) <= AROUND else f"…{text[-AROUND:]}"


def _head(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND]}…"
