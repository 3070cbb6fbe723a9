"""
`python -m bench ask CORPUS`: how well and how fast questions are answered, on both databases.

CORPUS is a file of the import format. Its articles are made findable and quotable as
published ones are, by a road that only measurements have. Quality is nDCG@10 over whole
articles: by the plain words of a question as the database ranks them, by our own full
text alone, by meaning alone, and by both, which is served. Gains are of both over each
of the first two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVED, ALONE = "both", ("plain words", "full text")


def measure(corpus: str, database_url: str = "") -> dict[str, Any]:
    """What `bench.asking_page` reports, from a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
        given.pop("DATABASE_URL", None)
        if database_url:
            given["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.asking_page", corpus]
        done = subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(corpus: str) -> int:
    sys.stdout.write("\n".join(_report("SQLite", measure(corpus))) + "\n\n")
    with postgres.cluster(durable=True) as address:
        found = measure(corpus, address)
    sys.stdout.write("\n".join(_report("PostgreSQL", found)) + "\n")
    return 0


def _report(database: str, found: dict[str, Any]) -> Iterator[str]:
    ways = next(iter(found["quality"].values()))
    heads = "".join(f"{way:>12}" for way in ways)
    yield f"{f'nDCG@10, {database}':32}{'asked':>6}{heads}{'gains':>16}"
    for name, values in found["quality"].items():
        yield _quality(name, found["asked"][name], values)
    yield f"{'milliseconds':32}{'median':>9}{'p95':>9}"
    for name, (median, late) in found["time"].items():
        yield f"{name:32}{median:9.1f}{late:9.1f}"
    yield f"{'answered':32}{'known':>9}{'unknown':>9}"
    for name, (known, unknown) in found["answered"].items():
        yield f"{name:32}{known:9.0%}{unknown:9.0%}"
    yield _served(found["quality"])


def _quality(name: str, asked: int, values: dict[str, float]) -> str:
    each = "".join(f"{value:12.3f}" for value in values.values())
    gains = "".join(f"{values[SERVED] / values[way] - 1:8.0%}" for way in ALONE)
    return f"{name:32}{asked:6}{each}{gains}"


def _served(quality: dict[str, dict[str, float]]) -> str:
    best = [max(values, key=lambda way: values[way]) for values in quality.values()]
    return (
        f"Served: {SERVED}. It is the best of them for {best.count(SERVED)} "
        f"of {len(best)} sets of questions."
    )
