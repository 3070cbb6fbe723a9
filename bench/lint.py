"""How long the lint of a text takes: milliseconds for each thousand words."""

from __future__ import annotations

import statistics
import sys
import time

from articles.content import word_count
from articles.lint import FACTS, Draft, Reference, lint

WORDS = 5_000
ROUNDS = 9
PARAGRAPH = (
    "<h2>Part {n}</h2><p>In a trial of {n} adults, {n}% relapsed with naltrexone and "
    '15% with buprenorphine (hazard ratio 1.{n}).<cite data-ref="trial"></cite> Start '
    "with a low dose, 2 mg to 4 mg on day {n}, because tolerance is likely to be reduced "
    'after an antagonist.<cite data-ref="trial"></cite> The United States and other '
    "countries have rules of their own, which this article does not cover.</p><ul><li>"
    'Offer naloxone.<cite data-ref="trial"></cite></li><li>Plan the next visit within '
    "{n} weeks, and ask about sleep, work and family.</li></ul>"
)


def draft(words: int) -> Draft:
    """Ordinary clinical prose of so many words, most of it in order."""
    parts = words // word_count(PARAGRAPH)
    body = "".join(PARAGRAPH.format(n=10 + number) for number in range(parts))
    trial = {"type": "article-journal", "title": "A trial", "DOI": "10.5555/1"}
    return Draft(
        question="What comes after naltrexone in opioid use disorder?",
        key_answer='Buprenorphine or methadone.<cite data-ref="trial"></cite>',
        bodies={"clinician": body},
        references=(Reference("trial", "rct", trial),),
        authors=("Josiah Carberry",),
        facts=FACTS,
    )


def measure() -> dict[str, str]:
    subject = draft(WORDS)
    words = word_count(subject.bodies["clinician"])
    lint(subject)  # the dictionary of syllables is read once
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        lint(subject)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds) * 1000
    return {
        f"lint of {words:,} words: median": f"{median:.0f} ms",
        "lint, each 1,000 words": f"{median / words * 1000:.1f} ms",
    }


def main() -> int:
    for name, value in measure().items():
        sys.stdout.write(f"{name}: {value}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
