"""What a rule finds, and where: exact enough for a page to find it and select it."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from articles.lint.blocks import Block, Sentence

CONTEXT = 32
MAX_EXCERPT = 300


class Weight(StrEnum):
    BLOCKS = "blocks"
    ANSWER = "must be answered"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Place:
    """
    The exact words, with a little of the same block before and after them.

    Every run of spaces is written as one, so compare with a text treated alike. Without
    an excerpt the part as a whole is meant; `reference` is a key of the reference list.
    """

    part: str
    excerpt: str = ""
    prefix: str = ""
    suffix: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding before its rule is named; `about` is what an answer answers."""

    message: str
    place: Place
    order: tuple[int, int] = (0, 0)
    about: str = ""
    weight: Weight | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`id` stays the same as long as the sentence it is about does."""

    id: str
    code: str
    weight: Weight
    message: str
    remedy: str
    place: Place
    is_answerable: bool


def in_text(
    part: str,
    block: Block,
    start: int,
    end: int,
    message: str,
    *,
    about: str = "",
    remedy: str = "",
) -> Hit:
    """A hit on these characters of the block."""
    end = min(end, start + MAX_EXCERPT)
    place = Place(
        part,
        excerpt=one_spaced(block.raw[start:end]).strip(),
        prefix=one_spaced(block.raw[max(0, start - CONTEXT) : start]).lstrip(),
        suffix=one_spaced(block.raw[end : end + CONTEXT]).rstrip(),
    )
    about = about or _sentence_at(block, start)
    order = (block.number, start)
    return Hit(message, place, order=order, about=about, remedy=remedy)


def in_sentence(part: str, block: Block, sentence: Sentence, message: str) -> Hit:
    return in_text(part, block, sentence.start, sentence.end, message)


def in_block(part: str, block: Block, message: str) -> Hit:
    text = block.text
    start = len(text) - len(text.lstrip())
    return in_text(part, block, start, len(text.rstrip()), message, about=text)


def on_part(part: str, message: str) -> Hit:
    return Hit(message, Place(part))


def on_reference(key: str, message: str, *, about: str = "") -> Hit:
    return Hit(message, Place("references", reference=key), about=about)


def one_spaced(text: str) -> str:
    """Every run of white space as one space."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"


def quoted(text: str, limit: int = 60) -> str:
    """The beginning of a text, as a message names it."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= limit else f"“{words[: limit - 1]}…”"


def _sentence_at(block: Block, start: int) -> str:
    at = bisect_right(block.sentences, start, key=attrgetter("start")) - 1
    return block.sentences[at].text if at >= 0 else block.text
