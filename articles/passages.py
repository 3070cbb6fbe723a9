"""Where a passage that was quoted from one text stands in another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    """A text read once, to find any number of passages in it."""

    def __init__(self, key_answer: str, bodies: Mapping[str, str], main: str) -> None:
        others = [name for name in sorted(bodies) if name != main]
        named = [
            (main, bodies.get(main, "")),
            *((name, bodies[name]) for name in others),
        ]
        self._parts = [
            (part, list(_blocks(html)))
            for part, html in [(KEY_ANSWER, key_answer), *named]
        ]

    def find(self, passage: str) -> Spot | None:
        """
        The first place where the passage stands word for word; None where it is gone.

        Runs of spaces count as one, and a passage may go on in the next block.
        """
        wanted = folded(passage)
        if not wanted:
            return None
        for number, (part, blocks) in enumerate(self._parts):
            if spot := _within(part, blocks, wanted):
                return replace(spot, place=(number, spot.place[1]))
        return None


def folded(text: str) -> str:
    return " ".join(text.split())


def _blocks(html: str) -> Iterator[str]:
    return (text for block in parse(html) if (text := folded(block.raw)))


def _within(part: str, blocks: Sequence[str], wanted: str) -> Spot | None:
    at = " ".join(blocks).find(wanted)
    if at < 0:
        return None
    end = -1
    for block in blocks:
        end += len(block) + 1
        if at < end:
            shown = block if len(block) <= SHOWN else f"{block[: SHOWN - 1]}…"
            return Spot(part, wanted, shown, (0, at))
    return None
