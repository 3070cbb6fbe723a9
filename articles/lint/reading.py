"""A draft that has been read once, for every rule to look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from articles.lint import blocks, patterns
from articles.lint.blocks import Block, Kind, Sentence
from articles.lint.draft import Draft, Reference
from articles.lint.readability import Readability, readability
from articles.vocabulary import PROFESSIONAL, Audience

QUESTION, HEADLINE, KEY_ANSWER = "question", "headline", "key_answer"
REFERENCES, ARTICLE = "references", "article"


class Spot(NamedTuple):
    """A sentence with everything around it."""

    passage: "Passage"
    block: Block
    sentence: Sentence


@dataclass(frozen=True)
class Passage:
    """One part of the draft, and whom it is written for."""

    part: str
    audience: str
    blocks: tuple[Block, ...]

    @property
    def is_for_professionals(self) -> bool:
        return self.audience in PROFESSIONAL

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(
            Spot(self, block, sentence)
            for block in self.blocks
            for sentence in block.sentences
        )

    @cached_property
    def prose(self) -> tuple[Spot, ...]:
        """The sentences outside headings."""
        return tuple(spot for spot in self.spots if spot.block.kind is not Kind.HEADING)

    @cached_property
    def folded(self) -> str:
        return "\n".join(block.folded for block in self.blocks)

    @cached_property
    def sections(self) -> tuple[tuple[Block, ...], ...]:
        """Runs of blocks from one heading to the next, the heading among them."""
        found: list[list[Block]] = [[]]
        for block in self.blocks:
            if block.kind is Kind.HEADING:
                found.append([])
            found[-1].append(block)
        return tuple(tuple(section) for section in found if section)

    @cached_property
    def readability(self) -> Readability:
        return readability(self.blocks)


class Reading:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text, the main one before its renditions."""
        return (self.question, self.headline, self.key_answer, *self.bodies)

    @cached_property
    def question(self) -> Passage:
        return self._line(QUESTION, self.draft.question)

    @cached_property
    def headline(self) -> Passage:
        return self._line(HEADLINE, self.draft.headline)

    @cached_property
    def key_answer(self) -> Passage:
        parsed = blocks.parse(self.draft.key_answer)
        return Passage(KEY_ANSWER, self.draft.audience, parsed)

    def _line(self, part: str, text: str) -> Passage:
        return Passage(part, self.draft.audience, blocks.parse_line(text))

    @cached_property
    def bodies(self) -> tuple[Passage, ...]:
        main = self.draft.audience
        order = sorted(Audience.values, key=lambda audience: audience != main)
        return tuple(
            Passage(audience, audience, blocks.parse(self.draft.bodies[audience]))
            for audience in order
            if audience in self.draft.bodies
        )

    @property
    def main(self) -> tuple[Passage, ...]:
        """The key answer and the main text: what is written first."""
        main = (body for body in self.bodies if body.part == self.draft.audience)
        return (self.key_answer, *main)

    @property
    def renditions(self) -> tuple[Passage, ...]:
        return tuple(b for b in self.bodies if b.part != self.draft.audience)

    @property
    def texts(self) -> tuple[Passage, ...]:
        """What is read as prose: the key answer and every body."""
        return (self.key_answer, *self.bodies)

    def sentences(self) -> Iterator[Spot]:
        for passage in self.texts:
            yield from passage.prose

    @cached_property
    def figures(self) -> tuple[Spot, ...]:
        """Sentences with a digit in them."""
        return tuple(
            spot
            for spot in self.sentences()
            if any(map(str.isdigit, spot.sentence.text))
        )

    @cached_property
    def claims(self) -> tuple[Spot, ...]:
        """Sentences that state a dose, an effect, a harm or a recommendation."""
        return tuple(
            spot
            for spot in self.sentences()
            if patterns.is_claim(
                spot.sentence.folded,
                professional=spot.passage.is_for_professionals,
                settles=spot.passage.part == KEY_ANSWER,
            )
        )

    @cached_property
    def citations(self) -> tuple[tuple[str, ...], ...]:
        """The keys of every marker in the key answer and the bodies."""
        return tuple(
            citation.keys
            for passage in self.texts
            for block in passage.blocks
            for citation in block.citations
        )

    @cached_property
    def uses(self) -> Counter[str]:
        return Counter(key for keys in self.citations for key in keys)

    @cached_property
    def cited(self) -> tuple[Reference, ...]:
        return tuple(ref for ref in self.draft.references if ref.key in self.uses)
