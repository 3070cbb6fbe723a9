"""Where a comment stands in the text of its version: the one answer for every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.bounded import Work
from reviews import anchors
from reviews.anchors import Selector

if TYPE_CHECKING:
    from articles.passages import Reader, Spot
    from reviews.anchors import Anchor
    from reviews.models import Comment


class Places:
    """Puts any number of comments into one text, with bounded work for all of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._work = reader, Work(anchors.MOST_WORK)

    def anchor(self, comment: Comment) -> Anchor | None:
        """By its quote; what was carried here from another text, as in another text."""
        selector, texts = of(comment), self._reader.texts
        if comment.carried_from_id is None:
            return anchors.find(selector, texts, comment.part)
        return anchors.find_again(selector, texts, comment.part, self._work)

    def spot(self, anchor: Anchor | None) -> Spot | None:
        """The block it begins in, and how far down it is read."""
        if anchor is None:
            return None
        return self._reader.spot(anchor.part, anchor.span.start, anchor.span.end)


def of(comment: Comment) -> Selector:
    return Selector(comment.passage, comment.prefix, comment.suffix, comment.start)
