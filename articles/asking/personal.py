"""Whether a question holds what could tell who somebody is."""

from __future__ import annotations

import re

from articles.lint.rules.integrity import NAMED_PATIENT, PATIENT_DATA

_OTHERS = re.compile(
    r"(?P<mail>[^\s@]+@[^\s@]+\.[^\s@.]{2,})"
    r"|(?P<phone>(?<![\d.,])\+?\d(?:[ ()/-]{0,2}\d){8,14}(?![\d.,]?\d))"
    r"|(?P<name>\b[Mm]y (?:full )?name is [A-Z]|\bI am called [A-Z])"
    r"|(?P<home>\b(?:I|we) live (?:at|in) \d+ )"
)


def is_told(question: str) -> bool:
    """A number or date of a person, a name, an address, a way to reach somebody."""
    looked_for = (
        PATIENT_DATA.search(question.lower()),
        NAMED_PATIENT.search(question),
        _OTHERS.search(question),
    )
    return any(looked_for)
