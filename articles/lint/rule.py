"""A row of the table of rules."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from articles.lint.findings import Finding, Hit, Weight
from articles.lint.reading import Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A row of the table: what is looked for, and how heavily it weighs.

    What must be answered can be; what blocks can be answered only where the table says
    so, because a machine that reads wording may be wrong.
    """

    code: str
    weight: Weight
    title: str
    remedy: str
    check: Callable[[Reading], Iterable[Hit]]
    yields_to_a_reason: bool = False

    def finding(self, hit: Hit, occurrence: int) -> Finding:
        weight = hit.weight or self.weight
        place = hit.place
        parts = [self.code, place.part, place.reference, place.excerpt, hit.about]
        told = "\x1f".join([*parts, str(occurrence)] if occurrence else parts)
        return Finding(
            id=hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16],
            code=self.code,
            weight=weight,
            message=hit.message,
            remedy=hit.remedy or self.remedy,
            place=place,
            is_answerable=weight is Weight.ANSWER
            or (weight is Weight.BLOCKS and self.yields_to_a_reason),
        )
