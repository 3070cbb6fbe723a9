"""How long two versions of a text take to be compared, by their length."""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# Django is made ready above, before anything of it is read.
from articles import changes
from articles.freezing import Making
from articles.reading.text import Text
from bench.lint import draft

LENGTHS = (1_000, 5_000)
ROUNDS = 9
SIGNS = 5_000


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


def took(before: Text, after: Text) -> float:
    """Milliseconds of the processor, the median of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        changes.parts(before, after)
        rounds.append((time.process_time() - start) * 1_000)
    return statistics.median(rounds)


def of(body: str) -> Text:
    return replace(version(1), bodies={"clinician": f"<p>{body}</p>"})


def measure() -> dict[str, str]:
    prose = {
        f"what changed in {words:,} words": (
            version(words),
            version(words, is_edited=True),
        )
        for words in LENGTHS
    }
    signs = {
        f"the same of {SIGNS:,} signs {name}": (of(one), of(two))
        for name, one, two in (
            ("that look alike", "a b " * (SIGNS // 2), "b a " * (SIGNS // 2)),
            ("that stand close", "?!" * (SIGNS // 2), "!?" * (SIGNS // 2) + "?"),
        )
    }
    both = prose | signs
    return {f"{name}, ms": f"{took(*texts):.0f}" for name, texts in both.items()}


if __name__ == "__main__":
    for name, value in measure().items():
        sys.stdout.write(f"{name}  {value}\n")
