"""The text of a version as it is read: its parts in order, and places in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from articles.lint.blocks import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY_ANSWER = "key_answer"
SHOWN = 160


@dataclass(frozen=True, slots=True)
class Spot:
    """
    `part` is `key_answer` or an audience; `block` begins the block it stands in.

    `place` orders the spots of one text as it is read.
    """

    part: str
    excerpt: str
    block: str
    place: tuple[int, int] = field(default=(0, 0), compare=False)


class Reader:
    """A text read once; `texts` are the plain words of each part, in their order."""

    def __init__(self, key_answer: str, bodies: Mapping[str, str], main: str) -> None:
        others = [name for name in sorted(bodies) if name != main]
        htmls = {KEY_ANSWER: key_answer, main: bodies.get(main, "")}
        htmls |= {name: bodies[name] for name in others}
        self._blocks = {part: list(_blocks(html)) for part, html in htmls.items()}
        self.texts = {part: " ".join(blocks) for part, blocks in self._blocks.items()}

    def spot(self, part: str, start: int, end: int) -> Spot:
        """The spot of a piece of a part's text, which may go on in the next block."""
        place = (list(self.texts).index(part), start)
        block = _begins(self._blocks[part], start)
        shown = block if len(block) <= SHOWN else f"{block[: SHOWN - 1]}…"
        return Spot(part, self.texts[part][start:end], shown, place)


def folded(text: str) -> str:
    return " ".join(text.split())


def _blocks(html: str) -> Iterator[str]:
    return (text for block in parse(html) if (text := folded(block.raw)))


def _begins(blocks: Sequence[str], start: int) -> str:
    """The block in which this place of all their words stands."""
    ends = accumulate(len(block) + 1 for block in blocks)
    return next(block for block, end in zip(blocks, ends, strict=True) if start < end)
