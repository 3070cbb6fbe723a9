"""Who somebody is: what would tell it in a text, in a question, in what a reader reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_DATA = re.compile(
    r"(?P<ssn>(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-]))"
    r"|(?P<record>\b(?:mrn|medical record (?:number|no\.?)|hospital (?:number|no\.?)|"
    r"patient id|nhs (?:number|no\.?))\s?[:#]?\s?(?:is )?[a-z]{0,3}\d[\d -]{4,14})"
    r"|(?P<birth>\b(?:dob|d\.o\.b\.?|date of birth|born on)\s?:?\s?(?:the )?"
    r"(?:\d{1,2}[ /.-]|\d{4}-|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z][a-z]{1,20},? (?:aged? |an? )?\d{1,3}\b"
    r"|\b(?:[Pp]atient|[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl) (?:named|called) "
    r"[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}\b"
)
_WAYS = re.compile(
    r"(?P<mail>[^\s@]+@[^\s@]+\.[^\s@.]{2,})"
    r"|(?P<phone>(?<![\d.,])\+?\d(?:[ ()/-]{0,2}\d){8,14}(?![\d.,]?\d))"
    r"|(?P<name>\b[Mm]y (?:full )?name is [A-Z]|\bI am called [A-Z])"
    r"|(?P<home>\b(?:I|we) live (?:at|in) \d+ )"
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")

PHONE = "phone"
WHY = {
    "mail": "This looks like an e-mail address.",
    PHONE: "This looks like a telephone number.",
    "name": "This looks like somebody's name.",
    "home": "This looks like where somebody lives.",
}
A_NUMBER = "This looks like a number or date of one patient."
A_NAME = "“{}” looks like the name of a patient."


class Found(NamedTuple):
    """Where in the words it stands, and why it could tell who somebody is."""

    start: int
    end: int
    why: str


def patients(words: str) -> Iterator[Found]:
    """What a patient could be recognised by: numbers and dates, then names."""
    for found in _DATA.finditer(words):
        yield Found(*found.span(), A_NUMBER)
    for found in _NAMED.finditer(words):
        yield Found(*found.span(), A_NAME.format(found[0]))


def told(words: str, *, but: Collection[str] = ()) -> list[str]:
    """Why words could tell who somebody is, each in a sentence; `but` for some ways."""
    plain = " ".join(words.translate(_HYPHENS).split())
    ways = [found.lastgroup or "" for found in _WAYS.finditer(plain)]
    return [
        *(found.why for found in patients(plain)),
        *(WHY[way] for way in ways if way not in but),
    ]
