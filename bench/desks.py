"""
`python -m bench desks`: every page of the desk in a small house and in a large one.

Both stand filled before anything is measured, and are asked in turns, so that whatever
else the machine does falls on both alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL, LARGE = 1_000, 100_000
ROUNDS = 20
MOST_GROWTH = 0.5
MOST_QUERIES = 12


class Seen(NamedTuple):
    """A page as somebody opens it; `way` leads on to its second page."""

    who: str
    path: str
    way: str = "first"


PAGES = (
    Seen("editor", "/desk/"),
    Seen("editor", "/desk/", "second"),
    Seen("editor", "/desk/?mine=1"),
    *(
        Seen("editor", f"/desk/?bucket={code}")
        for code in (
            *("unassigned", "to_send", "revisions", "unanswered", "due"),
            *("overdue", "to_decide", "mail"),
        )
    ),
    Seen("editor", "/desk/?tier=A"),
    Seen("editor", "/desk/?specialty=cardiology"),
    Seen("editor", "/desk/?topic=topic-3"),
    Seen("editor", "/desk/?q=zinc"),
    Seen("editor", "/desk/?q=nowhere"),
    Seen("editor", "/desk/?author=author%201"),
    Seen("editor", "/desk/?state=approved"),
    Seen("editor", "/desk/?state=under_review&mine=1"),
    Seen("editor", "/desk/figures/"),
    Seen("editor", "/desk/figures/?period=all"),
    Seen("editor", "/desk/effects/"),
    Seen("editor", "/desk/notices/"),
    Seen("chief", "/desk/"),
    Seen("auditor", "/desk/"),
    Seen("reviewer", "/desk/"),
    Seen("author", "/desk/"),
)


@contextmanager
def house(count: int, database_url: str) -> Iterator[subprocess.Popen[str]]:
    """A process with a house of that size, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
        given.pop("DATABASE_URL", None)
        if database_url:
            given["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.desk_pages", str(count)]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, env=given, **pipes) as process:
            told(process)
            yield process
            process.communicate()


def told(process: subprocess.Popen[str]) -> dict[str, float]:
    line = process.stdout.readline() if process.stdout else ""
    found: dict[str, float] = json.loads(line)
    return found


def ask(process: subprocess.Popen[str], page: Seen) -> dict[str, float]:
    if process.stdin:
        process.stdin.write(" ".join(page) + "\n")
        process.stdin.flush()
    return told(process)


def late(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def compare(small: Any, large: Any, page: Seen) -> tuple[str, bool]:
    taken: tuple[list[float], list[float]] = ([], [])
    queries: list[float] = [0, 0]
    rows: list[float] = [0, 0]
    for turn in range(ROUNDS + 1):
        for place, process in enumerate((small, large)):
            found = ask(process, page)
            queries[place], rows[place] = found["queries"], found["rows"]
            if turn:  # the first fills caches
                taken[place].append(found["ms"])
    before, after = late(taken[0]), late(taken[1])
    middle = statistics.median(taken[1]) / statistics.median(taken[0]) - 1
    growth = after / before - 1
    is_good = growth < MOST_GROWTH and max(queries) <= MOST_QUERIES
    same = "" if queries[0] == queries[1] else f" ({queries[0]:.0f})"
    drawn = "" if rows[0] == rows[1] else f"  {rows[0]:.0f} rows, then {rows[1]:.0f}"
    line = (
        f"{page.who:9}{page.path + (' 2nd' if page.way == 'second' else ''):38}"
        f"{before:8.1f}{after:9.1f}{growth:+8.0%}{middle:+9.0%}"
        f"{queries[1]:8.0f}{same}{drawn}{'' if is_good else '  TOO MUCH'}"
    )
    return line, is_good


def measure(name: str, addresses: tuple[str, str]) -> bool:
    heads = f"{name:47}{SMALL:>8,}{LARGE:>9,}{'p95':>8}{'median':>9}{'queries':>8}"
    with ExitStack() as stack:
        large = stack.enter_context(house(LARGE, addresses[1]))
        small = stack.enter_context(house(SMALL, addresses[0]))
        sys.stdout.write(heads + "\n")
        verdicts = []
        for page in PAGES:
            line, is_good = compare(small, large, page)
            verdicts.append(is_good)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return all(verdicts)


def main() -> int:
    is_good = measure("SQLite, milliseconds at the 95th percentile", ("", ""))
    with (
        postgres.cluster(durable=True) as small,
        postgres.cluster(durable=True) as large,
    ):
        is_good &= measure("PostgreSQL", (small, large))
    return 0 if is_good else 1
