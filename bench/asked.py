"""
What is asked of the corpus, and which of its articles answer it how well.

An article answers a question fully (2) when it is about the topic and of the kind, and
in part (1) when it is about the topic alone. Topics are the same that share a name or a
first concept; the kind is read from the article's own title.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.questions import HELD_OUT, REPHRASED, TRIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]

FULLY, PARTLY = 2, 1
LONGEST_TOPIC = 60
MANY = 300
KINDS = {
    "symptoms": "symptoms",
    "treatment": "treatments|what to do for|treated",
    "genes": "genetic changes",
    "inherited": "inherited",
    "frequency": "how many people|how common",
    "diagnosis": "diagnos",
    "outlook": "outlook",
    "risk": "at risk",
    "prevention": "prevent",
    "research": "research",
    "stages": "stages",
    "complications": "complications",
    "causes": "what causes",
    "info": "what is|information",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """`answers` says of places in the corpus how well the article there answers."""

    question: str
    answers: dict[int, int]


class Corpus:
    """The rows of a file of the import format, by what they are about."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.kinds = [kind_of(row["question"]) for row in rows]
        self.topics: dict[str, set[int]] = defaultdict(set)
        self.concepts: dict[str, set[int]] = defaultdict(set)
        for place, row in enumerate(rows):
            for topic in row.get("topics", ()):
                self.topics[topic.lower()].add(place)
            for concept in row.get("concepts", ())[:1]:
                self.concepts[concept].add(place)

    def about(self, topics: Iterable[str]) -> set[int]:
        found = {place for topic in topics for place in self.topics[topic.lower()]}
        named = {c for place in found for c in self.rows[place].get("concepts", ())[:1]}
        return found.union(*(self.concepts[concept] for concept in named))

    def asked(self, question: str, topics: Iterable[str], kind: str) -> Asked:
        about = self.about(topics)
        return Asked(
            question,
            {n: FULLY if self.kinds[n] == kind else PARTLY for n in about},
        )


def kind_of(title: str) -> str:
    said = title.lower()
    return next((kind for kind, words in KINDS.items() if re.search(words, said)), "")


def sets(corpus: Corpus) -> dict[str, list[Asked]]:
    """By name: by hand and rephrased, those tried before and those held out."""
    tried, held_out = list(_by_hand(corpus, TRIED)), list(_by_hand(corpus, HELD_OUT))
    seen = {place for asked in (*tried, *held_out) for place in asked.answers}
    rephrased = list(_rephrased(corpus, seen))
    return {
        "by hand, tried": tried,
        "by hand, held out": held_out,
        "rephrased, tried": rephrased[:MANY],
        "rephrased, held out": rephrased[MANY:],
    }


def _by_hand(corpus: Corpus, lines: str) -> Iterator[Asked]:
    for line in lines.strip().splitlines():
        question, patterns, kind = line.split(" | ")
        wanted = re.compile("|".join(patterns.split(" / ")))
        topics = [topic for topic in corpus.topics if wanted.search(topic)]
        if not topics:
            raise ValueError(f"No article is about {patterns!r}.")
        yield corpus.asked(question, topics, kind)


def _rephrased(corpus: Corpus, seen: set[int]) -> Iterator[Asked]:
    """One question for each of so many topics that nobody asked about by hand."""
    taken: set[int] = set()
    found = 0
    for place in sorted(range(len(corpus.rows)), key=lambda n: _drawn(corpus.rows[n])):
        kind, topics = corpus.kinds[place], corpus.rows[place].get("topics", ())
        forms = REPHRASED.get(kind, ())
        if not forms or not topics or len(topics[0]) > LONGEST_TOPIC:
            continue
        about = corpus.about(topics)
        if about & (seen | taken):
            continue
        taken |= about
        said = forms[found % len(forms)].format(topics[0])
        yield corpus.asked(said, topics, kind)
        found += 1
        if found == 2 * MANY:
            return


def _drawn(row: Row) -> str:
    """An order that is nobody's choice."""
    return hashlib.sha256(row["external_id"].encode()).hexdigest()
