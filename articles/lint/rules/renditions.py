"""Rules that compare the texts for different audiences."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from articles.lint import amounts
from articles.lint.amounts import Amount
from articles.lint.blocks import Block, Kind
from articles.lint.findings import Hit, in_text, on_part, quoted
from articles.lint.reading import Passage, Reading

NEIGHBOURS = 20

Known = dict[str, list[Amount]]

_CELLS = {Kind.CELL, Kind.HEADER}
_SIZE = attrgetter("size")


def safety_missing(reading: Reading) -> Iterator[Hit]:
    """Whoever reads which text, every warning is in it."""
    warnings = {body.part: _warnings(body) for body in reading.bodies}
    fullest = max(warnings, key=lambda part: len(warnings[part]), default="")
    for part, given in warnings.items():
        if len(given) < len(warnings[fullest]):
            named = ", ".join(quoted(text, 40) for text in warnings[fullest])
            message = (
                f"The text for {fullest}s warns of more than this one: {named}. "
                f"Safety call-outs there: {len(warnings[fullest])}, here: {len(given)}."
            )
            yield on_part(part, message)


def _warnings(body: Passage) -> list[str]:
    """The first words of each call-out."""
    first: dict[int, str] = {}
    for block in body.blocks:
        if block.safety:
            first.setdefault(block.safety, block.text)
    return list(first.values())


def other_number(reading: Reading) -> Iterator[Hit]:
    if not reading.renditions:
        return
    source = [block for passage in _sources(reading) for block in passage.blocks]
    known = _by_kind(a for block in source for a in amounts.amounts(block.folded))
    in_tables = {
        number
        for block in source
        if block.kind in _CELLS
        for number in amounts.unitless_numbers(block.folded)
    }
    for passage in reading.renditions:
        for block in passage.blocks:
            yield from _strangers(passage, block, known, in_tables)


def _sources(reading: Reading) -> tuple[Passage, ...]:
    return (reading.question, reading.headline, *reading.main)


def _strangers(
    passage: Passage, block: Block, known: Known, in_tables: set[float]
) -> Iterator[Hit]:
    for amount in amounts.amounts(block.folded):
        words = block.text[amount.start : amount.end]
        if not _is_known(amount, known) and not _is_in_table(words, in_tables):
            message = f"{quoted(words)} is not in the main text."
            yield in_text(passage.part, block, amount.start, amount.end, message)


def _by_kind(found: Iterable[Amount]) -> Known:
    """Every amount once, the smaller before the larger."""
    known: Known = {}
    once = {amount[:3]: amount for amount in found}
    for amount in sorted(once.values(), key=_SIZE):
        known.setdefault(amount.kind, []).append(amount)
    return known


def _is_known(amount: Amount, known: Known) -> bool:
    same = known.get(amount.kind, [])
    at = bisect_left(same, amount.size, key=_SIZE)
    near = same[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
    return any(amount.agrees_with(other) for other in near)


def _is_in_table(words: str, in_tables: set[float]) -> bool:
    """A cell says the number alone, and its header the unit."""
    return bool(amounts.bare_numbers(words) & in_tables)
