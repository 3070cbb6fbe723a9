"""Rules about the shape of the text: its parts, sections, lists and tables."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from articles.lint.blocks import Block, Kind
from articles.lint.findings import Hit, in_block, on_part, quoted
from articles.lint.reading import ARTICLE, KEY_ANSWER, QUESTION, Passage, Reading

FIRST_LEVEL = 2
STEM = 4

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_FREQUENT = (
    "the and for are was were is with without that this these those what when where "
    "which who whom whose why how should does did can could will would may might must "
    "have has had not but from into onto over under after before between among about "
    "than then them they their there its his her our your you people person patient "
    "patients adult adults child children treat treatment treated therapy next step "
    "steps best use used using effective work works help need needs cause causes make "
    "one two all any some more most less least other another"
)
_COMMON = frozenset(_FREQUENT.split())


def no_key_answer(reading: Reading) -> Iterator[Hit]:
    if not reading.key_answer.blocks:
        yield on_part(KEY_ANSWER, "There is no key answer.")


def question_form(reading: Reading) -> Iterator[Hit]:
    question = reading.draft.question.strip()
    if not question:
        yield on_part(QUESTION, "There is no question.")
    elif not question.endswith("?"):
        yield on_part(QUESTION, f"{quoted(question)} does not end as a question does.")


def question_unanswered(reading: Reading) -> Iterator[Hit]:
    asked = _concepts(reading.question)
    answered = _concepts(reading.key_answer)
    if asked and answered and not asked & answered:
        message = "The key answer shares no concept with the question."
        yield on_part(KEY_ANSWER, message)


def _concepts(passage: Passage) -> set[str]:
    return {
        word[:STEM] for word in _WORD.findall(passage.folded) if word not in _COMMON
    }


def no_author(reading: Reading) -> Iterator[Hit]:
    if not any(name.strip() for name in reading.draft.authors):
        yield on_part(ARTICLE, "No author is named.")


def empty_section(reading: Reading) -> Iterator[Hit]:
    for passage in reading.bodies:
        for section in _empty_sections(passage.blocks):
            message = f"Nothing stands under {quoted(section.text)}."
            yield in_block(passage.part, section, message)


def _empty_sections(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block, following in zip_longest(blocks, blocks[1:]):
        is_child = following is not None and (
            following.kind is not Kind.HEADING or following.level > block.level
        )
        if block.kind is Kind.HEADING and not is_child:
            yield block


def heading_skip(reading: Reading) -> Iterator[Hit]:
    for passage in reading.bodies:
        level = FIRST_LEVEL - 1
        for block in passage.blocks:
            if block.kind is not Kind.HEADING:
                continue
            if block.level > level + 1:
                message = (
                    f"{quoted(block.text)} is a heading of level {block.level} below "
                    f"one of level {level}."
                )
                yield in_block(passage.part, block, message)
            level = block.level


def lead_without_list(reading: Reading) -> Iterator[Hit]:
    for passage in reading.bodies:
        for block, following in zip_longest(passage.blocks, passage.blocks[1:]):
            leads = block.kind is Kind.PARAGRAPH and block.text.rstrip().endswith(":")
            if leads and not _is_led(following):
                message = "This sentence leads to a list, and none follows."
                yield in_block(passage.part, block, message)


def _is_led(block: Block | None) -> bool:
    return block is not None and (block.kind in _LED or block.is_quoted)


_LED = {Kind.ITEM, Kind.CELL, Kind.HEADER, Kind.CAPTION}


def table_without_header(reading: Reading) -> Iterator[Hit]:
    for passage in reading.bodies:
        headed = {b.table for b in passage.blocks if b.kind is Kind.HEADER}
        seen: set[int] = set()
        for block in passage.blocks:
            if block.table and block.table not in headed | seen:
                seen.add(block.table)
                message = "No cell of this table is a header."
                yield in_block(passage.part, block, message)
