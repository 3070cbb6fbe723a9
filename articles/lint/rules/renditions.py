"""Rules that compare the texts for different audiences."""

from collections.abc import Iterator

from articles.lint import amounts
from articles.lint.amounts import Amount
from articles.lint.blocks import Block, Kind
from articles.lint.findings import Hit, in_text, on_part, quoted
from articles.lint.reading import Passage, Reading

_CELLS = {Kind.CELL, Kind.HEADER}


def safety_missing(reading: Reading) -> Iterator[Hit]:
    """Whoever reads which text, every warning is in it."""
    warnings = {body.part: _warnings(body) for body in reading.bodies}
    fullest = max(warnings, key=lambda part: len(warnings[part]), default="")
    for part, given in warnings.items():
        lacking = len(warnings[fullest]) - len(given)
        if lacking > 0:
            named = ", ".join(quoted(text, 40) for text in warnings[fullest])
            message = (
                f"The text for {fullest}s has {len(warnings[fullest])} safety call-outs "
                f"({named}), this one has {len(given)}."
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
    known = [a for block in source for a in amounts.amounts(block.folded)]
    in_tables = {
        number
        for block in source
        if block.kind in _CELLS
        for number in amounts.bare_numbers(block.folded)
    }
    for passage in reading.renditions:
        for block in passage.blocks:
            yield from _strangers(passage, block, known, in_tables)


def _sources(reading: Reading) -> tuple[Passage, ...]:
    return (reading.question, reading.headline, *reading.main)


def _strangers(
    passage: Passage, block: Block, known: list[Amount], in_tables: set[float]
) -> Iterator[Hit]:
    for amount in amounts.amounts(block.folded):
        words = block.text[amount.start : amount.end]
        if any(amount.agrees_with(other) for other in known):
            continue
        if not amounts.bare_numbers(words) & in_tables:
            message = f"{quoted(words)} is not in the main text."
            yield in_text(passage.part, block, amount.start, amount.end, message)
