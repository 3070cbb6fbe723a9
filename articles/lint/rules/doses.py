"""Rules about doses: notations that have been misread, and doses that differ tenfold."""

import re
from collections.abc import Iterator
from decimal import Decimal

from articles.lint.brands import MEDICINES
from articles.lint.findings import Hit, in_text, quoted
from articles.lint.patterns import DOSE_UNIT, DRUG, NUMBER
from articles.lint.reading import Reading, Spot

_NOT_A_LEVEL = r"(?!\s?(?:/|per)\s?(?:d?l|ml|l|mmol|d?litre|litre|liter)\b)"
_AFTER = rf"\s?{DOSE_UNIT}(?:/kg)?\b{_NOT_A_LEVEL}"
_TRAILING_ZERO = re.compile(rf"(?<![\w.,])\d{{1,6}}\.0{{1,4}}{_AFTER}")
_ZEROS = re.compile(r"\.0+")
_NAKED = re.compile(rf"(?<![\w.,])\.\d{{1,6}}{_AFTER}")
_OFTEN = (
    r"(?:once|twice|daily|weekly|every|three times|four times|two times|in the morning|"
    r"at night|at bedtime|per day|a day|per kg|/kg)"
)
_TO = rf"(?:\s?(?:-|\u2013|to|or)\s?{NUMBER})?"
_NO_UNIT = re.compile(
    rf"\b(?:dos(?:e|es|age) (?:of|is|was|to) (?:about |up to )?"
    rf"(?P<given>{NUMBER}{_TO})(?= {_OFTEN}\b|[,;.]? ?$|[,;] )"
    rf"|{DRUG} (?P<after>{NUMBER}{_TO})(?= {_OFTEN}\b))"
)
_GIVEN = re.compile(
    rf"\b(?P<drug>{DRUG}) (?:at |of |to )?(?P<number>\d{{1,6}}(?:\.\d{{1,4}})?)\s?"
    r"(?P<unit>mcg|µg|μg|micrograms?|mg|milligrams?|g|grams?|units)(?P<weight>/kg)?\b"
    + _NOT_A_LEVEL
)
_NAME = re.compile(r"[^\W\d_]+")
_TEN = 10
_IN_MICROGRAMS = {"mcg": 1, "µg": 1, "μg": 1, "mg": 1_000, "g": 1_000_000, "units": 1}
_UNIT_NAMES = {"microgram": "mcg", "milligram": "mg", "gram": "g"}

_ABBREVIATIONS = {
    "U": "“U” has been read as a zero; write “units”",
    "IU": "“IU” has been read as “IV” or 10; write “units”",
    "µg": "“µg” has been read as “mg”; write “mcg” or “micrograms”",
    "cc": "“cc” has been read as “U”; write “mL”",
    "QD": "“QD” has been read as “QID”; write “daily”",
    "QOD": "“QOD” has been read as “QD”; write “every other day”",
    "MS": "this has been read as another drug; write “morphine” or “magnesium” out",
}
_DANGEROUS = re.compile(
    r"(?<=[\d.])\s?(?P<unit>U|IU|iu|µg|μg|cc)(?![\w/-])"
    r"|\b(?P<often>Q\.?O\.?D|QD|q\.?o\.?d|qd|Q\.D|q\.d)\b(?!@)"
    r"|\b(?P<salt>MSO4|MgSO4)\b|\b(?P<short>MS)(?= \d{1,4}(?:\.\d+)? ?mg\b)"
)


def no_unit(reading: Reading) -> Iterator[Hit]:
    for spot, found in _in_sentences(reading, _NO_UNIT):
        number = found["given"] or found["after"]
        start = found.start("given" if found["given"] else "after")
        message = f"The dose {quoted(number)} has no unit."
        yield _hit(spot, start, found.end(), message)


def trailing_zero(reading: Reading) -> Iterator[Hit]:
    for spot, found in _in_sentences(reading, _TRAILING_ZERO):
        message = f"{quoted(found[0])} can be read as ten times as much."
        better = _ZEROS.sub("", found[0])
        yield _hit(spot, *found.span(), message, remedy=_instead(better, found[0]))


def naked_decimal(reading: Reading) -> Iterator[Hit]:
    for spot, found in _in_sentences(reading, _NAKED):
        message = f"Without a zero before its point, {quoted(found[0])} is misread."
        remedy = _instead(f"0{found[0]}", found[0])
        yield _hit(spot, *found.span(), message, remedy=remedy)


def _instead(better: str, written: str) -> str:
    return f"Write {quoted(better)}, not {quoted(written)}."


def tenfold(reading: Reading) -> Iterator[Hit]:
    """Two doses of one medicine, in the same kind of unit, one ten times the other."""
    known: dict[tuple[str, str], dict[Decimal, str]] = {}
    for spot, found in _in_sentences(reading, _GIVEN):
        unit = found["unit"]
        unit = _UNIT_NAMES.get(unit.removesuffix("s"), unit)
        scale = "units" if unit == "units" else "mass"
        amount = Decimal(found["number"]) * _IN_MICROGRAMS[unit]
        doses = known.setdefault((found["drug"], scale + (found["weight"] or "")), {})
        other = doses.get(amount * _TEN) or doses.get(amount / _TEN)
        if other and amount not in doses:
            message = f"{quoted(found[0])} and {quoted(other)} differ tenfold."
            yield _hit(spot, *found.span(), message)
        doses.setdefault(amount, found[0])


def dangerous_abbreviation(reading: Reading) -> Iterator[Hit]:
    for passage in reading.texts:
        for block in passage.blocks:
            for found in _DANGEROUS.finditer(block.text):
                name = found[found.lastgroup or 0]
                start, end = found.span(found.lastgroup or 0)
                message = f"{_why(name)}."
                yield in_text(
                    passage.part, block, start, end, message[0].upper() + message[1:]
                )


def _why(name: str) -> str:
    plain = name.replace(".", "")
    if plain in {"MSO4", "MgSO4"}:
        plain = "MS"
    if plain == "μg":
        plain = "µg"
    return _ABBREVIATIONS.get(plain) or _ABBREVIATIONS[plain.upper()]


def _in_sentences(
    reading: Reading, pattern: re.Pattern[str]
) -> Iterator[tuple[Spot, re.Match[str]]]:
    """Every match in a sentence that has a digit."""
    for spot in reading.figures:
        for found in pattern.finditer(spot.sentence.folded):
            yield spot, found


def _hit(spot: Spot, start: int, end: int, message: str, *, remedy: str = "") -> Hit:
    passage, block, sentence = spot
    at, to = sentence.start + start, sentence.start + end
    return in_text(passage.part, block, at, to, message, remedy=remedy)


def brand_only(reading: Reading) -> Iterator[Hit]:
    """Each brand once in a text, unless the medicine is named by the end of its sentence."""
    for passage in reading.texts:
        named: set[str] = set()
        for _, block, sentence in passage.spots:
            words = [(w[0], w.span()) for w in _NAME.finditer(sentence.folded)]
            named |= {word for word, _ in words}
            for brand, (start, end) in words:
                if named.isdisjoint(MEDICINES.get(brand, (brand,))):
                    named |= set(MEDICINES[brand])
                    at, to = sentence.start + start, sentence.start + end
                    names = " or ".join(MEDICINES[brand])
                    message = f"{quoted(block.text[at:to])} is a brand of {names}."
                    yield in_text(passage.part, block, at, to, message)
