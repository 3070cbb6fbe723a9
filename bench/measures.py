"""How large the houses are in which the desk is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """
    How many versions a house has, and how dense each thing stands among them.

    One version in `open_every` is with the desk, and half of those wait for one
    editor; of one in `held_every` of those the mail is held. A small house is denser,
    so that each of its pages is as full as the same page of a large one.
    """

    count: int
    open_every: int
    held_every: int
    topics: int
    specialties: int


SMALL = Measure(1_000, open_every=2, held_every=4, topics=8, specialties=5)
LARGE = Measure(100_000, open_every=10, held_every=50, topics=40, specialties=25)
MEASURES = {"small": SMALL, "large": LARGE}
