"""What was said of an earlier version, at its place in a later one, or said to be gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from articles import freezing
from articles.bounded import Work
from articles.passages import KEY_ANSWER
from articles.states import VersionState
from articles.vocabulary import Audience
from editorial.views import seeing
from reviews import anchors
from reviews.models import Comment

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
    answered = _answers(user, earlier, later)
    told = [replace(one, **answered.get(one.pk, {})) for one in found]
    texts, work = _texts(later), Work(anchors.MOST_WORK)
    return [_placed(comment, texts, work) for comment in told]


def _answers(user: User, earlier: Version, later: Version) -> dict[int, dict[str, Any]]:
    """What the authors answered to each comment by its key, up to the later version."""
    seat = seeing.seat_of(user, later)
    if later.number < earlier.number or not _reads_answers(seat, later):
        return {}
    carried = Comment.objects.filter(
        version__article=later.article_id,
        version__number__range=(earlier.number + 1, later.number),
        carried_from__isnull=False,
    )
    first: dict[int | None, int] = {}
    found: dict[int, dict[str, Any]] = {}
    for copy in carried.select_related("answered_by").order_by("pk"):
        first[copy.pk] = first.get(copy.carried_from_id, copy.carried_from_id or 0)
        if copy.answer:
            found[first[copy.pk]] = seeing.answer(seat, copy)
    return found


def _reads_answers(seat: seeing.Seat, later: Version) -> bool:
    """Reviewers read them once they are handed in, as they read the letter."""
    return seat is not seeing.Seat.REVIEWER or later.state != VersionState.DRAFT


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
