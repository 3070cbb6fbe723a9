"""Rules about what must not be in a text: old law, patients' data, hidden signs."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from articles import characters, persons
from articles.lint.draft import RegulatoryFact
from articles.lint.findings import Hit, in_text, quoted
from articles.lint.reading import Passage, Reading, Spot
from articles.phrases import Place, Words

AROUND = 12

_OVER = re.compile(
    r"\b(?:no longer|ended|abolished|eliminated|removed|repealed|former|formerly|"
    r"previously|until|used to|once (?:needed|required)|was withdrawn|were withdrawn|"
    r"replaced|discontinued|expired|rescheduled|in the past|before (?:19|20)\d\d)\b"
)


def expired_fact(reading: Reading) -> Iterator[Hit]:
    """A sentence that tells, itself or in the next, that the rule is over is left alone."""
    today = reading.draft.today
    expired = [fact for fact in reading.draft.facts if fact.is_expired(today)]
    if not expired:
        return
    for passage in reading.texts:
        words = Words([spot.sentence.text for spot in passage.prose])
        for fact in expired:
            yield from _each_stated(passage, words, fact)


def _each_stated(passage: Passage, words: Words, fact: RegulatoryFact) -> Iterator[Hit]:
    for place in words.first_in_each(fact.phrases):
        spot, *following = passage.prose[place.sentence : place.sentence + 2]
        if not _is_told_as_history(spot, *following):
            yield _stated(spot, place, fact)


def _stated(spot: Spot, place: Place, fact: RegulatoryFact) -> Hit:
    passage, block, sentence = spot
    message = (
        f"{quoted(sentence.text[place.start : place.end])}: {fact.statement} "
        f"This was so in {fact.jurisdiction} until {fact.valid_to:%-d %B %Y} "
        f"({fact.source})."
    )
    start, end = sentence.start + place.start, sentence.start + place.end
    return in_text(passage.part, block, start, end, message)


def _is_told_as_history(spot: Spot, following: Spot | None = None) -> bool:
    text = spot.sentence.folded
    if following and following.block is spot.block:
        text += " " + following.sentence.folded
    return bool(_OVER.search(text))


def patient_data(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        for block in passage.blocks:
            for start, end, why in persons.patients(block.text):
                yield in_text(passage.part, block, start, end, why)


def invisible(reading: Reading) -> Iterator[Hit]:
    """One for each block."""
    for passage in reading.passages:
        for block in passage.blocks:
            removed: Counter[str] = Counter()
            shown = characters.visible(block.raw, removed)
            if not removed:
                continue
            pairs = enumerate(zip_longest(block.raw, shown))
            at = next(at for at, (one, other) in pairs if one != other)
            number = f"U+{ord(block.raw[at]):04X}"
            message = f"A character that nobody sees, {number}, stands here."
            yield in_text(passage.part, block, *_word_around(block.raw, at), message)


def _word_around(text: str, at: int) -> tuple[int, int]:
    """The word, or as much of it as is near."""
    before = text.rfind(" ", max(0, at - AROUND), at)
    after = text.find(" ", at, at + AROUND)
    start = before + 1 if before >= 0 else max(0, at - AROUND)
    return start, after if after >= 0 else at + AROUND
