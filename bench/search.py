"""
`python -m bench search CORPUS`: the search page at 20,000 articles, on both databases.

CORPUS is a file of the import format. Each article gets the question of a line, and
the texts of as many lines from there on as make an article of usual length.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from tests import postgres

Figures = dict[str, tuple[float, float, int, int]]


def measure(corpus: str, database_url: str = "") -> Figures:
    """For each question: median and 95th percentile in ms, articles, statements."""
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
        given.pop("DATABASE_URL", None)
        if database_url:
            given["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.search_page", corpus]
        done = subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def main(corpus: str) -> int:
    sqlite = measure(corpus)
    with postgres.cluster(durable=True) as address:
        postgresql = measure(corpus, address)
    width = max(len(question) for question in sqlite)
    heads = f"{'median':>9}{'p95':>8}{'found':>7}{'asked':>6}"
    lines = [f"{'milliseconds':{width}}{heads}{heads}"]
    for question, figures in sqlite.items():
        both = "".join(map(_told, (figures, postgresql[question])))
        lines.append(f"{question:{width}}{both}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _told(figures: tuple[float, float, int, int]) -> str:
    median, late, found, asked = figures
    return f"{median:9.1f}{late:8.1f}{found:7}{asked:6}"
