"""Whether a question holds what could tell who somebody is, or how one person is."""

from __future__ import annotations

import re

from articles import persons

_KIN = (
    r"(?:mother|father|mum|mom|dad|wife|husband|partner|brother|sister|son|daughter|"
    r"child|baby|toddler|grandmother|grandfather|grandma|grandpa|aunt|uncle|friend|"
    r"patient|boyfriend|girlfriend|twin|twins|kid|kids|children|parents)"
)
_LATELY = (
    r"(?:also |now |still |just |always |often |already |currently |recently |only )?"
)
_HAS = (
    r"(?:take|takes|took|have|has|had|use|uses|suffer|suffers|got|stopped|started|"
    r"weigh|weighs|smoke|smokes|drink|drinks|tested|feel|feels|felt|lost|gained)"
)
_IS = r"(?:am|is|are|was|were|be|been|'m|'s|'re|'ve been|'s been|have been|has been)"
_MADE = (
    r"(?:on|taking|using|diagnosed|pregnant|breastfeeding|diabetic|allergic|"
    r"prescribed|told|given|put on|having|suffering|treated|operated|recovering)"
)
_ASKS = r"(?<!\bcan )(?<!\bmay )(?<!\bif )(?<!\bdo )(?<!\bdid )(?<!\bmust )(?<!\bwhen )"
_ASKS += r"(?<!\bcould )(?<!\bshould )(?<!\bwould )(?<!\bdoes )(?<!\bwill )"
_MEASURED = (
    r"(?:blood pressure|pressure|blood sugar|sugar|cholesterol|hba1c|a1c|inr|egfr|"
    r"creatinine|potassium|weight|bmi|test|tests|result|results|scan|mri|biopsy|"
    r"diagnosis|prescription|psa|tsh|ldl|heart rate|pulse|temperature|dose)"
)
_OF_ONE = re.compile(
    rf"\b(?:i|we|my {_KIN}|he|she)(?: {_IS}|'m|'s|'re) (?:a )?\d{{1,3}}\b(?!\s*(?:%|mg))"
    rf"|{_ASKS}\b(?:i|we|my {_KIN}|he|she) {_LATELY}{_HAS}\b(?! to (?:know|ask|learn))"
    rf"|\b(?:i|we|my {_KIN}|he|she)(?: {_IS}|'m|'s|'re|'ve been) {_LATELY}{_MADE}\b"
    rf"|{_ASKS}\b(?:i|he|she|my {_KIN})(?:'ve| have| has|'s) (?:been|had|got|taken)\b"
    rf"|\b(?:my|his|her|our) {_MEASURED} (?:{_IS}|shows?|came|says?|went|reads?)\b"
    rf"|\bmy (?:last |latest |own )?{_MEASURED}:? (?:of )?\d"
    rf"|\bmy {_KIN}(?:,| who)? (?:aged? )?\d{{1,3}}\b"
    r"|\bmy (?:\d{1,3}|[a-z]+teen|[a-z]+ty)[ -](?:year|month|week|day)s?[ -]old\b"
)


def is_told(question: str) -> bool:
    """A number or date of a person, a name, an address, a way to reach somebody."""
    return bool(persons.told(question))


def is_of_one(question: str) -> bool:
    """
    Whether it says how one person is, as in “I am 54 and I take lithium”.

    Whoever asks what they can take, or what to do if they have something, says nothing
    of how they are.
    """
    plain = " ".join(question.lower().replace("’", "'").split())  # noqa: RUF001  as typed
    return bool(_OF_ONE.search(plain))
