"""Bars as plain numbers for an SVG: where each begins, how long it is, what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editorial.figures import Share, Stage

WIDTH = 460
"""How far the longest bar goes, in the units of the drawing."""
SHORTEST = 1.0
"""The days that a full width means at least, so that minutes do not look like weeks."""
LEAST = 3
"""What is drawn of a stage however short it was, so that it is seen to be counted."""
NARROWEST = 10
"""An outline narrower than this would show its dashes and no shape; it is not drawn."""
LEFT = 4
ROW, BAR, TOP = 64, 20, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: the whole of what is drawn for it."""

    label: str
    said: str
    text_y: int
    y: int
    width: int
    further: int
    said_x: int


@dataclass(frozen=True, slots=True)
class Chart:
    bars: list[Bar]
    height: int
    sentence: str
    """What somebody hears who does not see the drawing."""


def stages(found: Iterable[Stage]) -> Chart:
    """The median as a full bar, a longer ninetieth percentile as an outline around it."""
    found = list(found)
    most = max((SHORTEST, *(s.ninetieth or 0 for s in found)))
    bars = [
        _bar(
            place,
            stage.label,
            _days(stage),
            _length(stage.median, most),
            _outline(_length(stage.ninetieth, most)),
        )
        for place, stage in enumerate(found)
    ]
    return _chart(bars)


def shares(found: Iterable[Share]) -> Chart:
    """Each share as a full bar in an outline that stands for all."""
    bars = [
        _bar(
            place,
            share.label,
            "nothing to count yet"
            if share.percent is None
            else f"{share.percent} % of {share.count:,}",
            round(WIDTH * (share.percent or 0) / 100),
            WIDTH,
        )
        for place, share in enumerate(found)
    ]
    return _chart(bars)


def _days(stage: Stage) -> str:
    if stage.median is None or stage.ninetieth is None:
        return "nothing to count yet"
    return f"median {stage.median:.1f}, 90th {stage.ninetieth:.1f} days"


def _length(days: float | None, most: float) -> int:
    return 0 if days is None else max(LEAST, round(WIDTH * days / most))


def _outline(width: int) -> int:
    return width if width >= NARROWEST else 0


def _bar(place: int, label: str, said: str, width: int, further: int) -> Bar:
    y = TOP + place * ROW
    return Bar(label, said, y + 14, y + 22, width, further, LEFT)


def _chart(bars: list[Bar]) -> Chart:
    sentence = ". ".join(f"{bar.label}: {bar.said}" for bar in bars)
    return Chart(bars, TOP + len(bars) * ROW, sentence)
