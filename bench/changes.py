"""How long two versions of a text take to be compared, by their length."""

from __future__ import annotations

import statistics
import sys
import time

from articles import changes
from articles.freezing import Making
from articles.reading.text import Text
from bench.lint import draft

LENGTHS = (1_000, 5_000)
ROUNDS = 9


def version(words: int, *, is_edited: bool = False) -> Text:
    """A text of so many words; edited, every paragraph of it says something else."""
    body = draft(words).bodies["clinician"]
    if is_edited:
        body = body.replace("adults", "people").replace("2 mg", "3 mg")
        body = body.replace("Offer naloxone", "Do not withhold naloxone")
    return Text(
        slug="it",
        number=1,
        sha256="",
        question="What comes after naltrexone?",
        headline="",
        key_answer="",
        audience="clinician",
        bodies={"clinician": body},
        references=(),
        byline=(),
        origin=Making("human"),
        evidence_searched_on=None,
        change_summary="",
        topics=(),
        submitted_at=None,
        review_started_at=None,
    )


def took(words: int) -> float:
    """Milliseconds, the median of the rounds."""
    before, after = version(words), version(words, is_edited=True)
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        changes.parts(before, after)
        rounds.append((time.perf_counter() - start) * 1_000)
    return statistics.median(rounds)


def measure() -> dict[str, str]:
    return {
        f"what changed in {words:,} words, ms": f"{took(words):.0f}"
        for words in LENGTHS
    }


if __name__ == "__main__":
    for name, value in measure().items():
        sys.stdout.write(f"{name}  {value}\n")
