"""How far reviewers agree: pairs that say the same, and Krippendorff's alpha."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` of answers to the same question `alike` say the same."""

    alike: int
    pairs: int

    @property
    def percent(self) -> int:
        return round(100 * self.alike / self.pairs)


def of(reviewers: Sequence[Sequence[str]]) -> Agreement | None:
    """From each reviewer's answers to the same questions; of fewer than two, none."""
    if len(reviewers) < 2:  # noqa: PLR2004  a pair
        return None
    units = list(zip(*reviewers, strict=True))
    pairs = [pair for unit in units for pair in combinations(unit, 2)]
    if not pairs:
        return None
    return Agreement(sum(a == b for a, b in pairs), len(pairs))


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """
    Krippendorff's alpha for names: 1 - observed over expected disagreement.

    None where everybody always says the same, because then nothing is expected to
    differ. A unit that one person answered says nothing.
    """
    weighted: defaultdict[tuple[Hashable, ...], float] = defaultdict(float)
    for unit in (unit for unit in units if len(unit) > 1):
        for pair in permutations(unit, 2):
            weighted[pair] += 1 / (len(unit) - 1)
    return _alpha(weighted)


def _alpha(weighted: Mapping[tuple[Hashable, ...], float]) -> float | None:
    totals: defaultdict[Hashable, float] = defaultdict(float)
    for (value, _), weight in weighted.items():
        totals[value] += weight
    number = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2))
    if not expected:
        return None
    observed = sum(weight for (a, b), weight in weighted.items() if a != b)
    return 1 - (number - 1) * observed / expected
